package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.StepCall;
import dev.lanewise.internal.kernel.StepKernel;
import dev.lanewise.internal.kernel.StepRule;
import dev.lanewise.internal.kernel.Thresholds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/** A step that runs scalar while it is cold and with vectors when they are warm. */
final class AutoStep implements StepKernel {
    private static final int GRADIENT = 1;
    private static final ThreadLocal<MemorySegment> NUMBERS = ThreadLocal.withInitial(
            () -> Arena.ofAuto().allocate((long) LaneStep.NUMBERS * Scratch.SLOT, Scratch.SLOT));

    private final StepKernel scalar;
    private final Slot slot;
    private final int lanes;
    private final int shift;
    private int seen;

    AutoStep(StepRule rule, DType type, int flags, StepKernel scalar) {
        this.scalar = scalar;
        lanes = Simd.lanes(type);
        shift = type.shift();
        slot = new Slot(rule, new LaneSpec(type, lanes), flags);
    }

    @Override
    public void run(long from, int n, StepCall call) {
        LaneStep vectors = isUsedMuch(n) ? slot.get() : null;
        if (vectors == null || !call.isNative()) {
            scalar.run(from, n, call);
            return;
        }
        int whole = n & -lanes;
        if (whole > 0) {
            vectors.bind(from, whole, call, NUMBERS.get()).run();
        }
        if (whole < n) {
            rest(vectors, from + whole, n - whole, call);
        }
    }

    boolean isWarm() {
        return slot.get() != null;
    }

    /** Uses the vector form from now on, compiled or not. */
    void warmNow() {
        seen = Thresholds.WARM_AFTER + 1;
        slot.useAtOnce();
    }

    private boolean isUsedMuch(int n) {
        if (seen > Thresholds.WARM_AFTER) {
            return true;
        }
        seen += Thresholds.CALL + Math.min(n, Thresholds.WARM_AFTER);
        return Simd.warmup() == Simd.Warmup.EAGER || seen > Thresholds.WARM_AFTER;
    }

    /** Steps less than a vector by way of the thread's scratch. */
    private void rest(LaneStep vectors, long from, int n, StepCall call) {
        MemorySegment scratch = Scratch.local().segment();
        int operands = call.operands();
        MemorySegment[] segments = new MemorySegment[operands];
        long[] offsets = new long[operands];
        long bytes = (long) n << shift;
        for (int k = 0; k < operands; k++) {
            segments[k] = scratch;
            offsets[k] = (long) k * Scratch.SLOT;
            MemorySegment.copy(call.segments()[k], place(call, k, from), scratch, offsets[k], bytes);
        }
        StepCall last = new StepCall(segments, offsets, call.numbers());
        vectors.bind(0, lanes, last, NUMBERS.get()).run();
        for (int k = 0; k < operands; k++) {
            if (k != GRADIENT) {
                MemorySegment.copy(scratch, offsets[k], call.segments()[k], place(call, k, from), bytes);
            }
        }
    }

    private long place(StepCall call, int operand, long element) {
        return call.offsets()[operand] + (element << shift);
    }

    /** The vector form, once it is warm. */
    static final class Slot extends WarmSlot<LaneStep> {
        private static final int[] SIZES = {16, 256, 64, 512, 1024};
        private static final long REGION = Warmer.Task.MEMORY / (StepCall.OPERANDS + 1) & -Scratch.SLOT;

        private final StepRule rule;
        private final LaneSpec lanes;
        private final int flags;
        private final LaneStep[] bound = new LaneStep[SIZES.length];

        Slot(StepRule rule, LaneSpec lanes, int flags) {
            super(rule.getClass().getSimpleName() + " step " + lanes.type().shortName());
            this.rule = rule;
            this.lanes = lanes;
            this.flags = flags;
        }

        @Override
        LaneStep copy() {
            StepRule own = Templates.define(rule.lookup(), rule.getClass(), null, StepRule.class);
            StepSpec spec = new StepSpec(own, lanes, flags);
            return Templates.define(MethodHandles.lookup(), StepLoop.class, spec, LaneStep.class);
        }

        @Override
        public void prepare() {
            super.prepare();
            Arrays.fill(bound, null);
        }

        @Override
        public void call(MemorySegment memory, int round) {
            if (bound[0] == null) {
                bind(memory);
            }
            // short: one vector, at times more
            int size = (round & 7) == 7 ? 2 : 0;
            bound[round < SHORT ? size : 1 + (round & 3)].run();
        }

        private void bind(MemorySegment memory) {
            MemorySegment[] segments = new MemorySegment[StepCall.OPERANDS];
            Arrays.fill(segments, memory);
            long[] offsets = new long[StepCall.OPERANDS];
            for (int k = 0; k < offsets.length; k++) {
                offsets[k] = k * REGION;
            }
            double[] numbers = new double[LaneStep.NUMBERS];
            Arrays.fill(numbers, 0.5);
            StepCall call = new StepCall(segments, offsets, numbers);
            MemorySegment scratch = memory.asSlice(StepCall.OPERANDS * REGION);
            for (int k = 0; k < SIZES.length; k++) {
                bound[k] = candidate().bind(0, SIZES[k], call, scratch);
            }
        }
    }
}
