package dev.lanewise.testing.reference;

import dev.lanewise.DType;
import java.util.function.DoubleBinaryOperator;

/** Convolutions, pools and normalisations by their definitions; images are [N, C, D, H, W]. */
public final class RefLayers {
    private RefLayers() {}

    /** Where windows lie along three dimensions: place k of window o is {@code o · stride - before + k · dilation}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Grid(long[] stride, long[] before, long[] dilation) {
        long place(int d, long o, long k) {
            return o * stride[d] - before[d] + k * dilation[d];
        }
    }

    /** Says which places a window reads along a dimension. */
    public interface Window {
        /** True if window o reads a place. */
        boolean reads(int dim, long o, long place);
    }

    /** Says what the sum of a window is divided by. */
    public interface Divisor {
        /** The divisor of a window at a position that has so many elements inside. */
        double of(long[] window, long inside);
    }

    /** y[n, o, i] = b[o] + the sum of w[o, c, k] · x[n, c, place of k in window i]. */
    public static Ref conv(Ref x, Ref w, Ref b, Grid grid, long groups, long... out) {
        long[] shape = {x.size(0), w.size(0), out[0], out[1], out[2]};
        double[] values = new double[Positions.numel(shape)];
        for (int i = 0; i < values.length; i++) {
            long[] at = Positions.at(shape, i);
            long channel = at[1] / (w.size(0) / groups) * w.size(1);
            values[i] = b == null ? 0 : b.at(at[1]);
            for (long c = 0; c < w.size(1); c++) {
                for (int k = 0; k < window(w); k++) {
                    long[] in = Positions.at(kernel(w), k);
                    long[] from = {at[0], channel + c, 0, 0, 0};
                    for (int d = 0; d < 3; d++) {
                        from[d + 2] = grid.place(d, at[d + 2], in[d]);
                    }
                    values[i] += isInside(x, from) ? x.at(from) * w.at(at[1], c, in[0], in[1], in[2]) : 0;
                }
            }
        }
        return made(x.dtype(), shape, values);
    }

    /** Each element times the weight of its filter, added at the places of its window; b is added everywhere. */
    public static Ref transposed(Ref y, Ref w, Ref b, Grid grid, long groups, long... in) {
        long[] shape = {y.size(0), w.size(1) * groups, in[0], in[1], in[2]};
        double[] values = new double[Positions.numel(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = b == null ? 0 : b.at(Positions.at(shape, i)[1]);
        }
        for (int j = 0; j < y.numel(); j++) {
            long[] at = Positions.at(y.shape(), j);
            long channel = at[1] / (w.size(0) / groups) * w.size(1);
            for (long c = 0; c < w.size(1); c++) {
                for (int k = 0; k < window(w); k++) {
                    long[] of = Positions.at(kernel(w), k);
                    long[] to = {at[0], channel + c, 0, 0, 0};
                    boolean inside = true;
                    for (int d = 0; d < 3; d++) {
                        to[d + 2] = grid.place(d, at[d + 2], of[d]);
                        inside &= to[d + 2] >= 0 && to[d + 2] < in[d];
                    }
                    if (inside) {
                        values[Positions.linear(shape, to)] += y.get(j) * w.at(at[1], c, of[0], of[1], of[2]);
                    }
                }
            }
        }
        return made(y.dtype(), shape, values);
    }

    /** The largest element of each window. */
    public static Ref max(Ref x, Window window, long... out) {
        return pool(x, window, out, Double.NEGATIVE_INFINITY, Math::max, (at, n) -> 1);
    }

    /** The sum of each window, divided. */
    public static Ref mean(Ref x, Window window, Divisor divisor, long... out) {
        return pool(x, window, out, 0, Double::sum, divisor);
    }

    private static Ref pool(
            Ref x, Window window, long[] out, double start, DoubleBinaryOperator join, Divisor divisor) {
        long[] shape = {x.size(0), x.size(1), out[0], out[1], out[2]};
        double[] values = new double[Positions.numel(shape)];
        for (int i = 0; i < values.length; i++) {
            long[] at = Positions.at(shape, i);
            double value = start;
            long inside = 0;
            for (long d = 0; d < x.size(2); d++) {
                for (long h = 0; h < x.size(3); h++) {
                    for (long w = 0; w < x.size(4); w++) {
                        if (window.reads(0, at[2], d) && window.reads(1, at[3], h) && window.reads(2, at[4], w)) {
                            value = join.applyAsDouble(value, x.at(at[0], at[1], d, h, w));
                            inside++;
                        }
                    }
                }
            }
            values[i] = value / divisor.of(at, inside);
        }
        return made(x.dtype(), shape, values);
    }

    /** (x - mean) / √(variance + eps) along the last dimension, in double. */
    public static Ref standardize(Ref x, double eps) {
        double[] values = new double[x.numel()];
        int n = (int) x.size(x.rank() - 1);
        for (int row = 0; n > 0 && row < values.length / n; row++) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += x.get(row * n + i) / n;
            }
            double variance = 0;
            for (int i = 0; i < n; i++) {
                variance += (x.get(row * n + i) - mean) * (x.get(row * n + i) - mean) / n;
            }
            for (int i = 0; i < n; i++) {
                values[row * n + i] = (x.get(row * n + i) - mean) / Math.sqrt(variance + eps);
            }
        }
        return made(x.dtype(), x.shape(), values);
    }

    /** A row of zeros of a length for each row, with each element at twice its place plus one. */
    public static Ref atOddPlaces(Ref x) {
        long[] shape = x.shape().clone();
        int last = shape.length - 1;
        shape[last] *= 2;
        double[] values = new double[Positions.numel(shape)];
        for (int i = 0; i < x.numel(); i++) {
            values[2 * i + 1] = x.get(i);
        }
        return made(x.dtype(), shape, values);
    }

    private static long[] kernel(Ref w) {
        return new long[] {w.size(2), w.size(3), w.size(4)};
    }

    private static int window(Ref w) {
        return Positions.numel(kernel(w));
    }

    private static boolean isInside(Ref x, long... position) {
        boolean inside = true;
        for (int d = 0; d < position.length; d++) {
            inside &= position[d] >= 0 && position[d] < x.size(d);
        }
        return inside;
    }

    private static Ref made(DType type, long[] shape, double... values) {
        if (type.isFloatingPoint()) {
            return Ref.floating(type, shape, values);
        }
        long[] whole = new long[values.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (long) values[i];
        }
        return Ref.integral(type, shape, whole);
    }
}
