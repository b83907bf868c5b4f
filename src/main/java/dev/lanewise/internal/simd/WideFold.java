package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.Thresholds;
import java.lang.foreign.MemorySegment;

/**
 * The loop of a reduction of halves or of integers below 64 bits, which are converted to FLOAT32 or INT64 first; the bits
 * are the same as without.
 *
 * <p>Where one of the two kernels is not warm, one scalar pass is faster; a limited number of elements goes the wide way
 * all the same, so that both get warm.
 */
final class WideFold extends StagedFold {
    /** Stays in the first-level cache. */
    private static final int BLOCK_BYTES = 1 << 15;

    private static final int PROBED = 4 * Thresholds.WARM_AFTER;

    private final AutoFold narrow;
    private final AutoFold wide;
    private final MapKernel cast;
    // Races lose counts, which does no harm.
    private int probed;
    private boolean ready;

    /** @param wide the fold of the same op for the wider dtype */
    WideFold(LaneReduce op, DType type, AutoFold wide) {
        super(wide, type, wider(op, type), BLOCK_BYTES);
        this.narrow = new AutoFold(op, type);
        this.wide = wide;
        cast = Kernels.cast(type, wider(op, type));
    }

    /** The dtype that a dtype is folded in. */
    static DType wider(LaneReduce op, DType type) {
        if (type.isHalf()) {
            return DType.FLOAT32;
        }
        return type.isFloatingPoint() || op.fitsInt(type) ? type : DType.INT64;
    }

    @Override
    public void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at) {
        if (!isWide(rows * width)) {
            narrow.fold(rows, width, x, offset, rowBytes, results, at);
            return;
        }
        super.fold(rows, width, x, offset, rowBytes, results, at);
    }

    @Override
    public void line(int n, MemorySegment x, long offset, Results results) {
        if (!isWide(n)) {
            narrow.line(n, x, offset, results);
            return;
        }
        super.line(n, x, offset, results);
    }

    @Override
    public void map(double[] x, int n) {
        narrow.map(x, n);
    }

    @Override
    public void map(long[] x, int n) {
        narrow.map(x, n);
    }

    @Override
    public void merge(double[] a, int at, double[] b, int from, int n) {
        narrow.merge(a, at, b, from, n);
    }

    @Override
    public void merge(long[] a, int at, long[] b, int from, int n) {
        narrow.merge(a, at, b, from, n);
    }

    @Override
    public void tree(double[] a, int n) {
        narrow.tree(a, n);
    }

    @Override
    public void tree(long[] a, int n) {
        narrow.tree(a, n);
    }

    private boolean isWide(int elements) {
        if (ready) {
            return true;
        }
        if (!narrow.isUsed() && Simd.warmup() != Simd.Warmup.EAGER) {
            return false;
        }
        ready = wide.isWarm() && Kernels.isWarm(cast);
        if (!ready && probed < PROBED) {
            probed += elements;
            return true;
        }
        return ready;
    }

    @Override
    void stage(int n, MemorySegment x, long from, MemorySegment memory, long to, Results results, int at) {
        cast.run(n, memory, to, x, from, 1, x, from, 1, x, from, 1);
    }

    @Override
    boolean isUniform(Results results) {
        return true;
    }
}
