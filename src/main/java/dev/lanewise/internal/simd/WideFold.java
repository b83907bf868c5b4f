package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.FoldKernel;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.Thresholds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The loop of a reduction of halves or of integers below 64 bits: blocks of columns are converted to FLOAT32 or INT64 in
 * memory that stays in the first-level cache, and the fold of that dtype does the rest. Each column is combined in the
 * same order as without, so the bits are the same.
 *
 * <p>Where one of the two kernels is not warm, one scalar pass is faster; a limited number of elements goes the wide way
 * all the same, so that both get warm.
 */
final class WideFold implements FoldKernel {
    private static final int BYTES = 1 << 15;
    private static final long LINE_BYTES = (long) PIECE * Long.BYTES;
    private static final int PROBED = 4 * Thresholds.WARM_AFTER;
    private static final ThreadLocal<MemorySegment> MEMORY =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(LINE_BYTES + Scratch.SLOT, 64));

    private final AutoFold narrow;
    private final AutoFold wide;
    private final MapKernel cast;
    private final int shift;
    private final int wideShift;
    // Races lose counts, which does no harm.
    private int probed;
    private boolean ready;

    /** @param wide the fold of the same op for the wider dtype */
    WideFold(LaneReduce op, DType type, AutoFold wide) {
        DType wider = wider(op, type);
        this.narrow = new AutoFold(op, type);
        this.wide = wide;
        cast = Kernels.cast(type, wider);
        shift = type.shift();
        wideShift = wider.shift();
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
        MemorySegment memory = MEMORY.get();
        int most = (BYTES >> wideShift) / rows;
        for (int column = 0; column < width; column += most) {
            int columns = Math.min(most, width - column);
            widen(rows, columns, x, offset + ((long) column << shift), rowBytes, memory);
            wide.fold(rows, columns, memory, 0, (long) columns << wideShift, results, at + column);
        }
    }

    @Override
    public void line(int n, MemorySegment x, long offset, Results results) {
        if (!isWide(n)) {
            narrow.line(n, x, offset, results);
            return;
        }
        MemorySegment memory = MEMORY.get();
        convert(n, x, offset, memory, 0);
        wide.line(n, memory, 0, results);
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

    private void widen(int rows, int columns, MemorySegment x, long offset, long rowBytes, MemorySegment memory) {
        if (rowBytes == (long) columns << shift) {
            convert(rows * columns, x, offset, memory, 0);
            return;
        }
        for (int row = 0; row < rows; row++) {
            convert(columns, x, offset + row * rowBytes, memory, (long) row * columns << wideShift);
        }
    }

    private void convert(int n, MemorySegment x, long from, MemorySegment memory, long to) {
        cast.run(n, memory, to, x, from, 1, x, from, 1, x, from, 1);
    }
}
