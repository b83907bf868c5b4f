package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Columns;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.WindowGrid;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.storage.Storage;

/**
 * Convolution and its two derivatives as matrix products with the windows of one sample at a time.
 *
 * <p>All operands are row-major without gaps: x {@code [batch, groups · channels, in]}, weight
 * {@code [groups · filters, channels, kernel]}, y {@code [batch, groups · filters, out]}. The result's bits do not depend
 * on the number of threads.
 *
 * @param type FLOAT32, FLOAT64 or an integer type
 * @param channels of one group
 * @param filters of one group
 */
public record Convolution(DType type, long batch, long groups, long channels, long filters, WindowGrid grid) {
    /** Multiply-adds from which samples are shared among threads. */
    private static final double SHARED = 1_000_000;

    /** What is done with a sample. */
    private interface Sample {
        void run(long n, Operand columns);
    }

    /** {@code y = weight · windows(x)}. */
    public void forward(Operand x, Operand weight, Operand y) {
        forSamples(true, (n, columns) -> {
            Operand windows = windows(x, n, columns);
            Gemm.batched(
                    type,
                    new long[] {groups},
                    filters,
                    places(),
                    rows(),
                    matrix(weight, 0, rows()),
                    new long[] {filters * rows()},
                    matrix(windows, 0, places()),
                    new long[] {rows() * places()},
                    matrix(y, n * groups * filters * places(), places()),
                    new long[] {filters * places()},
                    false);
        });
    }

    /** The transposed map: {@code x = windows⁻(weightᵀ · y)}, summed where windows overlap; x holds zeros before. */
    public void input(Operand y, Operand weight, Operand x) {
        forSamples(true, (n, columns) -> {
            long sample = n * groups * channels * grid.inPlaces();
            Operand windows = grid.isPlain() ? x : columns;
            Gemm.batched(
                    type,
                    new long[] {groups},
                    rows(),
                    places(),
                    filters,
                    matrix(weight, 0, rows()).transposed(),
                    new long[] {filters * rows()},
                    matrix(y, n * groups * filters * places(), places()),
                    new long[] {filters * places()},
                    matrix(windows, grid.isPlain() ? sample : 0, places()),
                    new long[] {rows() * places()},
                    false);
            if (!grid.isPlain()) {
                long to = x.byteOffset() + (sample << type.shift());
                Columns.add(type, grid, groups * channels, columns.segment(), columns.byteOffset(), x.segment(), to);
            }
        });
    }

    /** {@code weight = Σ y · windows(x)ᵀ} over the batch, in its order; weight holds zeros before. */
    public void weight(Operand x, Operand y, Operand weight) {
        forSamples(false, (n, columns) -> {
            Operand windows = windows(x, n, columns);
            Gemm.batched(
                    type,
                    new long[] {groups},
                    filters,
                    rows(),
                    places(),
                    matrix(y, n * groups * filters * places(), places()),
                    new long[] {filters * places()},
                    matrix(windows, 0, places()).transposed(),
                    new long[] {rows() * places()},
                    matrix(weight, 0, rows()),
                    new long[] {filters * rows()},
                    true);
        });
    }

    private long rows() {
        return channels * grid.window();
    }

    private long places() {
        return grid.outPlaces();
    }

    /** The windows of a sample: its own elements where each window is one place, else columns read from it. */
    private Operand windows(Operand x, long n, Operand columns) {
        long from = x.byteOffset() + (n * groups * channels * grid.inPlaces() << type.shift());
        if (grid.isPlain()) {
            return new Operand(x.segment(), from, type, x.strides());
        }
        Columns.read(type.shift(), grid, groups * channels, x.segment(), from, columns.segment(), columns.byteOffset());
        return columns;
    }

    private Matrix matrix(Operand operand, long element, long rowStride) {
        return new Matrix(operand.segment(), operand.byteOffset() + (element << type.shift()), rowStride, 1);
    }

    /** Runs the body for all samples, each thread with memory of its own for the columns of one. */
    private void forSamples(boolean independent, Sample body) {
        if (batch == 0) {
            return;
        }
        double work = (double) batch * groups * filters * rows() * places();
        long shares = independent && work >= SHARED ? Math.min(Parallel.threads(), batch) : 1;
        long grain = Math.ceilDiv(batch, shares);
        long size = grid.isPlain() ? 0 : groups * rows() * places();
        Storage memory = Storage.allocate(type, shares * size);
        try {
            Parallel.forRange(batch, grain, (from, to) -> {
                long at = memory.byteOffset() + (from / grain * size << type.shift());
                Operand columns = new Operand(memory.segment(), at, type, new long[0]);
                for (long n = from; n < to; n++) {
                    body.run(n, columns);
                }
            });
        } finally {
            memory.close();
        }
    }
}
