package dev.lanewise.internal.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.FoldKernel;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.Strips;
import java.lang.foreign.MemorySegment;

/** The loop of a sum of a function of the elements, of which a number for each result is subtracted first. */
final class ShiftedFold extends StagedFold {
    /** Each row of a block is a call: 1000 float32 columns took half as long as in blocks for the first-level cache. */
    private static final int BLOCK_BYTES = 1 << 17;

    private static final ThreadLocal<float[]> FLOATS = ThreadLocal.withInitial(() -> new float[Strips.SIZE]);

    private final FoldKernel sums;
    private final boolean floats;
    /** From a half to FLOAT32; null for other dtypes. */
    private final MapKernel widen;

    private final MapKernel subtract;
    private final MapKernel function;

    /**
     * A loop for a floating-point dtype.
     *
     * @param wide the dtype it is computed in, which the kernels are for
     */
    ShiftedFold(DType type, DType wide, FoldKernel sums, MapKernel subtract, MapKernel function) {
        super(sums, type, wide, BLOCK_BYTES);
        this.sums = sums;
        this.subtract = subtract;
        this.function = function;
        floats = wide == DType.FLOAT32;
        widen = type == wide ? null : Kernels.cast(type, wide);
    }

    @Override
    void stage(int n, MemorySegment x, long from, MemorySegment memory, long to, Results results, int at) {
        MemorySegment a = x;
        long ao = from;
        if (widen != null) {
            widen.run(n, memory, to, x, from, 1, x, from, 1, x, from, 1);
            a = memory;
            ao = to;
        }
        MemorySegment b = results.shiftSegment();
        int step = results.shiftStep();
        long bo = results.shiftOffset() + (long) step * at * (floats ? Float.BYTES : Double.BYTES);
        subtract.run(n, memory, to, a, ao, 1, b, bo, step, a, ao, 1);
    }

    @Override
    void finish(int n, MemorySegment memory) {
        function.run(n, memory, 0, memory, 0, 1, memory, 0, 1, memory, 0, 1);
    }

    @Override
    boolean isUniform(Results results) {
        return results.shiftStep() == 0;
    }

    /** Applies the function alone: what is subtracted is not known here. */
    @Override
    public void map(double[] x, int n) {
        MemorySegment memory = memory();
        if (floats) {
            mapFloats(x, n, memory);
        } else {
            MemorySegment.copy(x, 0, memory, JAVA_DOUBLE, 0, n);
            finish(n, memory);
            MemorySegment.copy(memory, JAVA_DOUBLE, 0, x, 0, n);
        }
        sums.map(x, n);
    }

    private void mapFloats(double[] x, int n, MemorySegment memory) {
        float[] narrow = FLOATS.get();
        for (int i = 0; i < n; i++) {
            narrow[i] = (float) x[i];
        }
        MemorySegment.copy(narrow, 0, memory, JAVA_FLOAT, 0, n);
        finish(n, memory);
        MemorySegment.copy(memory, JAVA_FLOAT, 0, narrow, 0, n);
        for (int i = 0; i < n; i++) {
            x[i] = narrow[i];
        }
    }

    @Override
    public void map(long[] x, int n) {
        throw new UnsupportedOperationException("floating-point dtypes only");
    }

    @Override
    public void merge(double[] a, int at, double[] b, int from, int n) {
        sums.merge(a, at, b, from, n);
    }

    @Override
    public void merge(long[] a, int at, long[] b, int from, int n) {
        sums.merge(a, at, b, from, n);
    }

    @Override
    public void tree(double[] a, int n) {
        sums.tree(a, n);
    }

    @Override
    public void tree(long[] a, int n) {
        sums.tree(a, n);
    }
}
