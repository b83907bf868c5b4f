package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.BlockMover;
import dev.lanewise.internal.kernel.GateCell;
import dev.lanewise.internal.kernel.GateKernel;
import dev.lanewise.internal.kernel.GateStep;
import dev.lanewise.internal.kernel.KeyFilter;
import dev.lanewise.internal.kernel.ScoreKernel;
import dev.lanewise.internal.kernel.StepCall;
import dev.lanewise.internal.kernel.StepRule;
import dev.lanewise.internal.kernel.WindowLoops;
import dev.lanewise.op.StepRules;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Warms the kernels of cells, optimizers, pools, blocks and keys, and prints of each the bytes that a call allocates then. */
final class LoopWarmProgram {
    private static final long STEP = Warmer.Task.MEMORY / 16;

    private LoopWarmProgram() {}

    public static void main(String[] args) {
        MemorySegment memory = Arena.ofAuto().allocate(Warmer.Task.MEMORY, 64);
        memory.fill((byte) 0x3F);
        for (GateCell cell : GateCell.values()) {
            GateKernel gates = ReduceWarmProgram.warm(() -> new GateSlot(cell, DType.FLOAT32));
            GateStep step = GateSlot.step(memory, 2, 32);
            ReduceWarmProgram.print(cell + " cell", () -> gates.forward(step));
            ReduceWarmProgram.print(cell + " cell backward", () -> gates.backward(step));
        }
        ScoreKernel scores = ReduceWarmProgram.warm(() -> new ScoreSlot(DType.FLOAT32));
        MemorySegment pad = Arena.ofAuto().allocate(ScoreKernel.PAD, 64);
        ReduceWarmProgram.print("attention", () -> scores.weigh(2, 64, 0.5, memory, 0, memory, 8 * STEP, pad));
        ReduceWarmProgram.print(
                "attention backward",
                () -> scores.soften(2, 64, 0.5, memory, 0, memory, 4 * STEP, memory, 8 * STEP, pad));
        for (StepRule rule : List.of(StepRules.SGD, StepRules.ADAM)) {
            step(rule, memory);
        }
        if (new MoveSpec(2, Simd.laneBits()).isWorthwhile()) {
            BlockMover mover = ReduceWarmProgram.warm(() -> new AutoMover.Slot(new MoveSpec(2, Simd.laneBits())));
            ReduceWarmProgram.print(
                    "transposed blocks", () -> mover.transpose(memory, 0, 80, memory, 1 << 15, 80, 20, 20));
            ReduceWarmProgram.print("rows of blocks", () -> mover.rows(memory, 0, 80, memory, 1 << 15, 68, 20, 17));
            ReduceWarmProgram.print("spread elements", () -> mover.spread(memory, 0, 80, memory, 1 << 15, 20, 17));
        }
        windows();
        keys();
    }

    private static void step(StepRule rule, MemorySegment memory) {
        LaneSpec lanes = new LaneSpec(DType.FLOAT32, Simd.lanes(DType.FLOAT32));
        LaneStep kernel = ReduceWarmProgram.warm(() -> new AutoStep.Slot(rule, lanes, 0));
        MemorySegment[] segments = new MemorySegment[StepCall.OPERANDS];
        Arrays.fill(segments, memory);
        long[] offsets = {0, STEP, 2 * STEP, 3 * STEP, 4 * STEP};
        double[] numbers = new double[LaneStep.NUMBERS];
        Arrays.fill(numbers, 0.5);
        MemorySegment scratch = memory.asSlice(8 * STEP);
        LaneStep bound = kernel.bind(0, 256, new StepCall(segments, offsets, numbers), scratch);
        ReduceWarmProgram.print(rule.getClass().getSimpleName() + " step", bound::run);
    }

    private static void windows() {
        WindowLoops loops = ReduceWarmProgram.warm(WindowLanes.Slot::new);
        float[] in = new float[600];
        float[] out = new float[600];
        int[] places = new int[300];
        int[] offsets = {0, 1, 16, 17};
        ReduceWarmProgram.print("pairs", () -> loops.split(250, in, out, 0, 288));
        ReduceWarmProgram.print("largest of windows", () -> loops.max(250, in, 1, offsets, 4, out, 0));
        ReduceWarmProgram.print(
                "places of windows",
                () -> loops.maxAt(250, in, 1, offsets, offsets, 4, places, places, 1, out, places, 0));
        ReduceWarmProgram.print("sums of windows", () -> loops.sum(250, in, 1, offsets, 4, out, 0));
    }

    private static void keys() {
        KeyFilter filter = ReduceWarmProgram.warm(KeyFilters.Slot::new);
        int[] keys = new int[1024];
        int[] found = new int[1024];
        Arrays.setAll(keys, i -> i * 37 % 1024);
        ReduceWarmProgram.print("bound of keys", () -> filter.bound(keys, 1024, 8));
        ReduceWarmProgram.print("smallest keys", () -> filter.below(keys, 1024, 9, found));
    }
}
