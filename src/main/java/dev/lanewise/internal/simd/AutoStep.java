package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.StepCall;
import dev.lanewise.internal.kernel.StepKernel;
import dev.lanewise.internal.kernel.StepRule;
import dev.lanewise.internal.kernel.Thresholds;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/** A step that runs scalar while it is cold and with vectors when they are warm. */
final class AutoStep implements StepKernel {
    private static final int GRADIENT = 1;

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
        StepKernel vectors = isUsedMuch(n) ? slot.get() : null;
        if (vectors == null || !call.isNative()) {
            scalar.run(from, n, call);
            return;
        }
        int whole = n & -lanes;
        if (whole > 0) {
            vectors.run(from, whole, call);
        }
        if (whole < n) {
            rest(vectors, from + whole, n - whole, call);
        }
    }

    boolean isWarm() {
        return slot.get() != null;
    }

    private boolean isUsedMuch(int n) {
        if (seen > Thresholds.WARM_AFTER) {
            return true;
        }
        seen += Thresholds.CALL + Math.min(n, Thresholds.WARM_AFTER);
        return Simd.warmup() == Simd.Warmup.EAGER || seen > Thresholds.WARM_AFTER;
    }

    /** Steps less than a vector by way of the thread's scratch. */
    private void rest(StepKernel vectors, long from, int n, StepCall call) {
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
        vectors.run(0, lanes, new StepCall(segments, offsets, call.numbers()));
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
    private static final class Slot extends WarmSlot<StepKernel> {
        private static final int[] SIZES = {256, 64, 512, 1024};
        private static final int NUMBERS = 16;
        private static final long REGION = Warmer.Task.MEMORY / (StepCall.OPERANDS + 1) & -Scratch.SLOT;

        private final StepRule rule;
        private final LaneSpec lanes;
        private final int flags;
        private StepCall call;

        Slot(StepRule rule, LaneSpec lanes, int flags) {
            super(rule.getClass().getSimpleName() + " step " + lanes.type().shortName());
            this.rule = rule;
            this.lanes = lanes;
            this.flags = flags;
        }

        @Override
        StepKernel copy() {
            StepRule own = Templates.define(rule.lookup(), rule.getClass(), null, StepRule.class);
            StepSpec spec = new StepSpec(own, lanes, flags);
            return Templates.define(MethodHandles.lookup(), StepLoop.class, spec, StepKernel.class);
        }

        @Override
        public void call(MemorySegment memory, int round) {
            if (call == null) {
                call = dummy(memory);
            }
            candidate().run(0, SIZES[round & 3], call);
        }

        private static StepCall dummy(MemorySegment memory) {
            MemorySegment[] segments = new MemorySegment[StepCall.OPERANDS];
            Arrays.fill(segments, memory);
            long[] offsets = new long[StepCall.OPERANDS];
            for (int k = 0; k < offsets.length; k++) {
                offsets[k] = k * REGION;
            }
            double[] numbers = new double[NUMBERS];
            Arrays.fill(numbers, 0.5);
            return new StepCall(segments, offsets, numbers);
        }
    }
}
