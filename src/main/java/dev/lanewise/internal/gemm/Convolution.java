package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Columns;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.WindowGrid;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.simd.Kernels;
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
    static final double SHARED = 1_000_000;

    /** What is done with a sample. */
    private interface Sample {
        void run(long n, Operand columns);
    }

    /** True if {@link #forward} can add a bias: where no other product takes its place. */
    public boolean addsBias() {
        return batch > 0 && hasPlanes();
    }

    /**
     * {@code y = weight · windows(x) + bias}.
     *
     * @param bias {@code [groups · filters]} if {@link #addsBias}, or null
     */
    public void forward(Operand x, Operand weight, Operand bias, Operand y) {
        if (addsBias()) {
            WindowProducts.forward(this, false, x, weight, bias, y);
            return;
        }
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

    /** True if {@link #input} writes all of x; else x must hold zeros before. */
    public boolean coversInput() {
        return batch > 0 && hasPlanes() && grid.isReversible();
    }

    /** The transposed map: {@code x = windows⁻(weightᵀ · y)}, summed where windows overlap. */
    public void input(Operand y, Operand weight, Operand x) {
        if (coversInput()) {
            inputByReverse(y, weight, x);
            return;
        }
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

    /** With steps of 1, the transposed map is a convolution too, with the windows in reverse order. */
    private void inputByReverse(Operand y, Operand weight, Operand x) {
        Storage turned = Storage.allocate(type, groups * channels * filters * grid.window());
        try {
            long window = grid.window();
            long[] shape = {groups, channels, filters, window};
            long[] from = {filters * channels * window, window, channels * window, 1};
            long[] into = {channels * filters * window, filters * window, window, 1};
            Operand to = new Operand(turned.segment(), turned.byteOffset(), type, into);
            Elementwise.run(
                    Kernels.cast(type, type),
                    shape,
                    to,
                    new Operand(weight.segment(), weight.byteOffset(), type, from));
            Convolution reverse = new Convolution(type, batch, groups, filters, channels, grid.reversed());
            WindowProducts.forward(reverse, true, y, to, null, x);
        } finally {
            turned.close();
        }
    }

    /** True for what is computed without writing out the windows. */
    private boolean hasPlanes() {
        boolean any = groups * channels * filters > 0 && grid.inPlaces() * grid.outPlaces() > 0;
        return any && type.isFloatingPoint() && !grid.isPlain() && grid.window() > 0;
    }

    /** {@code weight = Σ y · windows(x)ᵀ} over the batch, in its order; weight holds zeros before. */
    public void weight(Operand x, Operand y, Operand weight) {
        if (batch > 0 && hasPlanes() && WeightProducts.run(this, x, y, weight)) {
            return;
        }
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
