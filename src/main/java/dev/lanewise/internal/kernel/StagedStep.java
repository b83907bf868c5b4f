package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Steps parameters of a 16-bit dtype by the kernel of FLOAT32: strips are widened, stepped, and narrowed. */
public final class StagedStep implements StepKernel {
    private static final int SIZE = Thresholds.STRIP;
    private static final long STRIP_BYTES = (long) SIZE * Float.BYTES;
    private static final int GRADIENT = 1;
    private static final ThreadLocal<MemorySegment> LOCAL =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(StepCall.OPERANDS * STRIP_BYTES, Scratch.SLOT));

    private final MapKernel widen;
    private final StepKernel compute;
    private final MapKernel narrow;

    /**
     * A kernel on 16-bit elements.
     *
     * @param widen from the 16-bit dtype to FLOAT32
     * @param narrow from FLOAT32 to the 16-bit dtype
     */
    public StagedStep(MapKernel widen, StepKernel compute, MapKernel narrow) {
        this.widen = widen;
        this.compute = compute;
        this.narrow = narrow;
    }

    @Override
    public void run(long from, int n, StepCall call) {
        MemorySegment wide = LOCAL.get();
        MemorySegment[] segments = new MemorySegment[call.operands()];
        long[] offsets = new long[segments.length];
        Arrays.fill(segments, wide);
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] = k * STRIP_BYTES;
        }
        StepCall staged = new StepCall(segments, offsets, call.numbers());
        for (int i = 0; i < n; i += SIZE) {
            int m = Math.min(SIZE, n - i);
            for (int k = 0; k < offsets.length; k++) {
                move(widen, m, call.segments()[k], place(call, k, from + i), wide, offsets[k]);
            }
            compute.run(0, m, staged);
            for (int k = 0; k < offsets.length; k++) {
                if (k != GRADIENT) {
                    move(narrow, m, wide, offsets[k], call.segments()[k], place(call, k, from + i));
                }
            }
        }
    }

    private static long place(StepCall call, int operand, long element) {
        return call.offsets()[operand] + (element << DType.BFLOAT16.shift());
    }

    private static void move(MapKernel cast, int n, MemorySegment from, long at, MemorySegment to, long toAt) {
        cast.run(n, to, toAt, from, at, 1, from, at, 1, from, at, 1);
    }
}
