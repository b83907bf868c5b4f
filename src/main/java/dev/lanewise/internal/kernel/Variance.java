package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import java.util.Arrays;

/**
 * Sums of squared distances from the mean along lines, in double.
 *
 * <p>A line is cut into chunks; in each the mean is found first and then the squares are added, so that nothing cancels.
 * The chunks are joined in their order by the formula of Chan, Golub and LeVeque (1983). The cut depends on the shape
 * alone, and so do the bits.
 */
public final class Variance {
    private static final int CHUNK = 1 << 15;
    private static final int SUMS = 8;

    private final Tiles tiles;
    private final Operand x;
    private final DType type;

    private Variance(Tiles tiles, Operand x) {
        this.tiles = tiles;
        this.x = x;
        this.type = x.dtype();
    }

    /**
     * Writes the variance of each line, or its root.
     *
     * @param correction what is subtracted from the number of elements before dividing; the divisor is not below 0
     * @param out the lines' results in order, of the dtype of {@code x}
     */
    public static void run(long correction, boolean root, Tiles tiles, Operand x, Operand out) {
        double divisor = (double) Math.max(0, tiles.n() - correction);
        Variance variance = new Variance(tiles, x);
        if (tiles.n() == 0) {
            fill(tiles.lines(), out);
            return;
        }
        tiles.forTiles((start, width) -> {
            double[] squares = variance.squares(start, width);
            long line = start / (tiles.n() * tiles.inner()) * tiles.inner() + start % tiles.inner();
            double[] results = Strips.local().doubles(0);
            for (int w = 0; w < width; w++) {
                double value = squares[w] / divisor;
                results[w] = root ? Math.sqrt(value) : value;
            }
            Strips.local()
                    .store(
                            out.dtype(),
                            out.segment(),
                            out.byteOffset() + (line << out.dtype().shift()),
                            width);
        });
    }

    /** No elements have no mean. */
    private static void fill(long n, Operand out) {
        for (long i = 0; i < n; i++) {
            long at = out.byteOffset() + (i << out.dtype().shift());
            Elements.setDouble(out.dtype(), out.segment(), at, Double.NaN);
        }
    }

    /** The sums of squares of some neighbouring lines. */
    private double[] squares(long start, int width) {
        long rows = (long) Math.max(1, CHUNK / width / tiles.rowsOf(width)) * tiles.rowsOf(width);
        int chunks = Math.toIntExact(Math.ceilDiv(tiles.n(), rows));
        double[][] means = new double[chunks][];
        double[][] squares = new double[chunks][];
        Parallel.forRange(tiles.n(), rows, (from, to) -> {
            int chunk = (int) (from / rows);
            means[chunk] = pass(start, width, from, to, null);
            for (int w = 0; w < width; w++) {
                means[chunk][w] /= to - from;
            }
            squares[chunk] = pass(start, width, from, to, means[chunk]);
        });
        for (int chunk = 1; chunk < chunks; chunk++) {
            double before = (double) rows * chunk;
            double count = Math.min(rows, tiles.n() - rows * chunk);
            for (int w = 0; w < width; w++) {
                double delta = means[chunk][w] - means[0][w];
                means[0][w] += delta * count / (before + count);
                squares[0][w] += squares[chunk][w] + delta * delta * before * count / (before + count);
            }
        }
        return squares[0];
    }

    /** Adds up the rows from {@code from} to {@code to}, or their squared distances from {@code means}. */
    private double[] pass(long start, int width, long from, long to, double[] means) {
        Strips strips = Strips.local();
        double[] in = strips.doubles(1);
        double[] sums = new double[width];
        double[] parts = new double[SUMS];
        int atOnce = tiles.rowsOf(width);
        for (long row = from; row < to; row += atOnce) {
            int rows = (int) Math.min(atOnce, to - row);
            long at = x.byteOffset() + (start + row * tiles.inner() << type.shift());
            strips.load(1, type, x.segment(), at, 1, rows * width);
            if (means != null) {
                square(in, rows, width, means);
            }
            if (width == 1) {
                add(in, rows, parts);
            } else {
                add(in, rows, width, sums);
            }
        }
        return width == 1 ? new double[] {Arrays.stream(parts).sum()} : sums;
    }

    private static void square(double[] in, int rows, int width, double[] means) {
        if (width == 1) {
            double mean = means[0];
            for (int i = 0; i < rows; i++) {
                in[i] = (in[i] - mean) * (in[i] - mean);
            }
            return;
        }
        for (int row = 0; row < rows; row++) {
            for (int w = 0; w < width; w++) {
                double distance = in[row * width + w] - means[w];
                in[row * width + w] = distance * distance;
            }
        }
    }

    private static void add(double[] in, int rows, int width, double[] sums) {
        for (int row = 0; row < rows; row++) {
            for (int w = 0; w < width; w++) {
                sums[w] += in[row * width + w];
            }
        }
    }

    /** One line: eight sums hide the latency of each. */
    private static void add(double[] in, int n, double[] sums) {
        int whole = n & -SUMS;
        for (int i = 0; i < whole; i += SUMS) {
            for (int k = 0; k < SUMS; k++) {
                sums[k] += in[i + k];
            }
        }
        for (int i = whole; i < n; i++) {
            sums[0] += in[i];
        }
    }
}
