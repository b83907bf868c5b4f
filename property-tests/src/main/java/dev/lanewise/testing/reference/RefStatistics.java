package dev.lanewise.testing.reference;

import dev.lanewise.DType;
import java.util.Arrays;
import java.util.function.LongBinaryOperator;
import java.util.function.Predicate;

/** Statistics, norms and running reductions by their definitions. */
public final class RefStatistics {
    private RefStatistics() {}

    /** What a reduction makes of a line. */
    private interface Line {
        double of(double[] line);
    }

    /** What a running reduction makes of a line. */
    private interface Walk {
        double[] of(double[] line);
    }

    /** The product along a dimension; of integers and booleans as INT64. */
    public static Ref prod(Ref x, int dim) {
        Ref running = cumprod(x, dim);
        int d = Positions.wrap(dim, x.rank());
        long[] shape = Positions.without(x.shape(), d);
        if (x.size(d) == 0) {
            double[] ones = new double[Positions.numel(shape)];
            Arrays.fill(ones, 1);
            return Ref.floating(DType.FLOAT64, shape, ones).cast(running.dtype());
        }
        return RefViews.select(running, d, (int) x.size(d) - 1);
    }

    /** The variance along a dimension. */
    public static Ref var(Ref x, long correction, int dim) {
        return reduce(x, dim, line -> variance(line, correction));
    }

    /** The standard deviation along a dimension. */
    public static Ref std(Ref x, long correction, int dim) {
        return reduce(x, dim, line -> Math.sqrt(variance(line, correction)));
    }

    private static double variance(double[] line, long correction) {
        Sum sum = new Sum();
        for (double value : line) {
            sum.add(value);
        }
        double mean = sum.value() / line.length;
        Sum squares = new Sum();
        for (double value : line) {
            squares.add((value - mean) * (value - mean));
        }
        return squares.value() / Math.max(0, line.length - correction);
    }

    /** The norm of order p along a dimension. */
    public static Ref norm(Ref x, double p, int dim) {
        return reduce(x, dim, line -> norm(line, p));
    }

    private static double norm(double[] line, double p) {
        if (Double.isInfinite(p)) {
            return p > 0
                    ? Arrays.stream(line).map(Math::abs).max().orElse(0)
                    : Arrays.stream(line).map(Math::abs).min().orElse(0);
        }
        Sum sum = new Sum();
        for (double value : line) {
            sum.add(p == 0 ? (value == 0 ? 0 : 1) : Math.pow(Math.abs(value), p));
        }
        return p == 0 ? sum.value() : Math.pow(sum.value(), 1 / p);
    }

    /** Whether an element along a dimension is not 0. */
    public static Ref any(Ref x, int dim) {
        return truth(x, dim, line -> Arrays.stream(line).anyMatch(value -> value != 0));
    }

    /** Whether all elements along a dimension are not 0. */
    public static Ref all(Ref x, int dim) {
        return truth(x, dim, line -> Arrays.stream(line).allMatch(value -> value != 0));
    }

    private static Ref truth(Ref x, int dim, Predicate<double[]> holds) {
        DType type = x.dtype() == DType.UINT8 ? DType.UINT8 : DType.BOOL;
        return reduce(x.cast(DType.FLOAT64), dim, line -> holds.test(line) ? 1 : 0)
                .cast(type);
    }

    /** The logarithm of the sum of exponentials along a dimension. */
    public static Ref logsumexp(Ref x, int dim) {
        return reduce(x, dim, RefStatistics::logsumexp);
    }

    private static double logsumexp(double[] line) {
        Sum sum = new Sum();
        for (double value : line) {
            sum.add(Math.exp(value));
        }
        return Math.log(sum.value());
    }

    /** The lower median along a dimension: the element of rank (n - 1) / 2. */
    public static Ref median(Ref x, int dim) {
        return reduce(x, dim, line -> {
            double[] sorted = line.clone();
            Arrays.sort(sorted);
            return sorted[(sorted.length - 1) / 2];
        });
    }

    /** The smallest of the elements that occur most often along a dimension. */
    public static Ref mode(Ref x, int dim) {
        return reduce(x, dim, line -> {
            double best = line[0];
            for (double value : line) {
                long often = count(line, value) - count(line, best);
                best = often > 0 || often == 0 && value < best ? value : best;
            }
            return best;
        });
    }

    private static long count(double[] line, double value) {
        return Arrays.stream(line).filter(other -> other == value).count();
    }

    /** The sums up to each element along a dimension; of integers and booleans as INT64. */
    public static Ref cumsum(Ref x, int dim) {
        return running(x, dim, (a, b) -> a + b, line -> {
            double[] out = line.clone();
            for (int i = 1; i < out.length; i++) {
                out[i] += out[i - 1];
            }
            return out;
        });
    }

    /** The products up to each element along a dimension; of integers and booleans as INT64. */
    public static Ref cumprod(Ref x, int dim) {
        return running(x, dim, (a, b) -> a * b, line -> {
            double[] out = line.clone();
            for (int i = 1; i < out.length; i++) {
                out[i] *= out[i - 1];
            }
            return out;
        });
    }

    /** The largest or smallest element up to each along a dimension. */
    public static Ref cumextreme(Ref x, boolean largest, int dim) {
        return along(x, dim, x.dtype(), line -> {
            double[] out = line.clone();
            for (int i = 1; i < out.length; i++) {
                out[i] = largest ? Math.max(out[i], out[i - 1]) : Math.min(out[i], out[i - 1]);
            }
            return out;
        });
    }

    /** The logarithm of the sum of exponentials up to each element along a dimension. */
    public static Ref logcumsumexp(Ref x, int dim) {
        return along(x, dim, x.dtype(), line -> {
            double[] out = new double[line.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = logsumexp(Arrays.copyOf(line, i + 1));
            }
            return out;
        });
    }

    /** y[i] = x[i] + a[i] · y[i - 1] along dimension 1 of a matrix. */
    public static Ref linearScan(Ref x, Ref a) {
        double[] out = new double[x.numel()];
        long columns = x.size(1);
        for (int i = 0; i < out.length; i++) {
            out[i] = x.get(i) + (i % columns == 0 ? 0 : a.get(i) * out[i - 1]);
        }
        return Ref.floating(x.dtype(), x.shape(), out);
    }

    private static Ref running(Ref x, int dim, LongBinaryOperator whole, Walk walk) {
        if (x.dtype().isFloatingPoint()) {
            return along(x, dim, x.dtype(), walk);
        }
        long[] shape = x.shape();
        long[] out = new long[x.numel()];
        for (int i = 0; i < out.length; i++) {
            long[] position = Positions.at(shape, i);
            long place = position[dim];
            out[i] = place == 0
                    ? x.getLong(i)
                    : whole.applyAsLong(
                            out[Positions.linear(shape, Positions.replaced(position, dim, place - 1))], x.getLong(i));
        }
        return Ref.integral(DType.INT64, shape, out);
    }

    private static Ref along(Ref x, int dim, DType type, Walk walk) {
        long[] shape = x.shape();
        double[] out = new double[x.numel()];
        for (int i = 0; i < out.length; i++) {
            long[] position = Positions.at(shape, i);
            if (position[dim] == 0) {
                double[] values = walk.of(line(x, position, dim));
                for (int j = 0; j < values.length; j++) {
                    out[Positions.linear(shape, Positions.replaced(position, dim, j))] = values[j];
                }
            }
        }
        return Ref.floating(DType.FLOAT64, shape, out).cast(type);
    }

    private static Ref reduce(Ref x, int dim, Line line) {
        long[] shape = Positions.without(x.shape(), dim);
        double[] out = new double[Positions.numel(shape)];
        for (int i = 0; i < out.length; i++) {
            out[i] = line.of(line(x, Positions.with(Positions.at(shape, i), dim, 0), dim));
        }
        return Ref.floating(DType.FLOAT64, shape, out).cast(x.dtype());
    }

    private static double[] line(Ref x, long[] position, int dim) {
        double[] line = new double[(int) x.size(dim)];
        for (int j = 0; j < line.length; j++) {
            line[j] = x.at(Positions.replaced(position, dim, j));
        }
        return line;
    }
}
