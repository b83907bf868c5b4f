package dev.lanewise.testing.reference;

import dev.lanewise.DType;
import java.util.Arrays;

/** Reductions, softmax and matrix products in {@code double} and {@code long}. */
public final class RefReduce {
    private RefReduce() {}

    /** The sum along dimensions (none means all), which are dropped; of integers and booleans as INT64. */
    public static Ref sum(Ref x, int... dims) {
        DType type = x.dtype().isFloatingPoint() ? x.dtype() : DType.INT64;
        return fold(x, type, dims, (parts, out) -> {
            Sum sum = new Sum();
            long whole = 0;
            for (int i : parts) {
                sum.add(x.get(i));
                whole += x.getLong(i);
            }
            out.set(sum.value(), whole);
        });
    }

    /** The mean along dimensions. */
    public static Ref mean(Ref x, int... dims) {
        return fold(x, x.dtype(), dims, (parts, out) -> {
            Sum sum = new Sum();
            for (int i : parts) {
                sum.add(x.get(i));
            }
            out.set(sum.value() / parts.length, 0);
        });
    }

    /** The largest element along dimensions; NaN if there is one. */
    public static Ref amax(Ref x, int... dims) {
        return extreme(x, true, dims);
    }

    /** The smallest element along dimensions; NaN if there is one. */
    public static Ref amin(Ref x, int... dims) {
        return extreme(x, false, dims);
    }

    private static Ref extreme(Ref x, boolean largest, int... dims) {
        return fold(x, x.dtype(), dims, (parts, out) -> {
            int best = best(x, largest, parts);
            double zero = x.get(parts[best]);
            for (int i : parts) {
                // -0.0 is below 0.0 where values are wanted; for positions they are equal.
                boolean closer = largest ? Double.compare(x.get(i), zero) > 0 : Double.compare(x.get(i), zero) < 0;
                zero = zero == 0 && x.get(i) == 0 && closer ? x.get(i) : zero;
            }
            out.set(zero, x.getLong(parts[best]));
        });
    }

    /** Where the largest or smallest element along a dimension stands first; NaN counts as the extreme. */
    public static Ref argBest(Ref x, boolean largest, int dim) {
        return fold(x, DType.INT64, new int[] {dim}, (parts, out) -> out.set(0, best(x, largest, parts)));
    }

    private static int best(Ref x, boolean largest, int[] parts) {
        int best = 0;
        for (int i = 1; i < parts.length; i++) {
            if (beats(x, largest, parts[i], parts[best])) {
                best = i;
            }
        }
        return best;
    }

    private static boolean beats(Ref x, boolean largest, int i, int j) {
        if (!x.dtype().isFloatingPoint()) {
            return largest ? x.getLong(i) > x.getLong(j) : x.getLong(i) < x.getLong(j);
        }
        double a = x.get(i);
        double b = x.get(j);
        if (Double.isNaN(b)) {
            return false;
        }
        return Double.isNaN(a) || (largest ? a > b : a < b);
    }

    /** Softmax along a dimension, or its logarithm. */
    public static Ref softmax(Ref x, boolean log, int dim) {
        int d = Positions.wrap(dim, x.rank());
        double[] out = new double[x.numel()];
        long[] shape = x.shape();
        for (int i = 0; i < out.length; i++) {
            long[] position = Positions.at(shape, i);
            long size = x.rank() == 0 ? 1 : shape[d];
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < size; j++) {
                max = Math.max(max, along(x, position, d, j));
            }
            Sum sum = new Sum();
            for (int j = 0; j < size; j++) {
                sum.add(Math.exp(along(x, position, d, j) - max));
            }
            out[i] = log ? x.get(i) - max - Math.log(sum.value()) : Math.exp(x.get(i) - max) / sum.value();
        }
        return Ref.floating(x.dtype(), shape, out);
    }

    private static double along(Ref x, long[] position, int dim, long place) {
        return x.rank() == 0 ? x.get(0) : x.at(Positions.replaced(position, dim, place));
    }

    /** The product of the last two dimensions, the others broadcast; 1-d tensors as a row or a column. */
    public static Ref matmul(Ref a, Ref b) {
        Ref left = a.rank() == 1 ? a.reshape(1, a.size(0)) : a;
        Ref right = b.rank() == 1 ? b.reshape(b.size(0), 1) : b;
        long[] batch = RefMath.broadcast(batch(left), batch(right));
        long inner = left.size(-1);
        Ref wideLeft = RefMath.expand(left, joined(batch, left.size(-2), inner));
        Ref wideRight = RefMath.expand(right, joined(batch, inner, right.size(-1)));
        long[] shape = joined(batch, left.size(-2), right.size(-1));
        double[] doubles = new double[Positions.numel(shape)];
        long[] longs = new long[doubles.length];
        int rank = shape.length;
        for (int i = 0; i < doubles.length; i++) {
            long[] position = Positions.at(shape, i);
            Sum sum = new Sum();
            for (long k = 0; k < inner; k++) {
                int l = Positions.linear(wideLeft.shape(), Positions.replaced(position, rank - 1, k));
                int r = Positions.linear(wideRight.shape(), Positions.replaced(position, rank - 2, k));
                sum.add(wideLeft.get(l) * wideRight.get(r));
                longs[i] += wideLeft.getLong(l) * wideRight.getLong(r);
            }
            doubles[i] = sum.value();
        }
        DType type = a.dtype();
        Ref out = type.isFloatingPoint() ? Ref.floating(type, shape, doubles) : Ref.integral(type, shape, longs);
        Ref rows = b.rank() == 1 ? out.reshape(Positions.without(shape, rank - 1)) : out;
        return a.rank() == 1 ? rows.reshape(Positions.without(rows.shape(), batch.length)) : rows;
    }

    private static long[] batch(Ref x) {
        return Arrays.copyOf(x.shape(), x.rank() - 2);
    }

    private static long[] joined(long[] batch, long rows, long columns) {
        return Positions.with(Positions.with(batch, batch.length, rows), batch.length + 1, columns);
    }

    /** What a reduction makes of the elements at some places. */
    private interface Folding {
        void fold(int[] places, Cell out);
    }

    /** A result being made. */
    private static final class Cell {
        private double asDouble;
        private long asLong;

        private void set(double floating, long whole) {
            asDouble = floating;
            asLong = whole;
        }
    }

    private static Ref fold(Ref x, DType type, int[] dims, Folding folding) {
        boolean[] reduced = new boolean[x.rank()];
        for (int d = 0; d < reduced.length; d++) {
            reduced[d] = dims.length == 0;
        }
        for (int dim : dims) {
            if (x.rank() > 0) {
                reduced[Positions.wrap(dim, x.rank())] = true;
            }
        }
        long[] shape = kept(x.shape(), reduced, false);
        long[] inner = kept(x.shape(), reduced, true);
        int n = Positions.numel(shape);
        double[] doubles = new double[n];
        long[] longs = new long[n];
        for (int i = 0; i < n; i++) {
            long[] outer = Positions.at(shape, i);
            int[] places = new int[Positions.numel(inner)];
            for (int j = 0; j < places.length; j++) {
                places[j] = Positions.linear(x.shape(), merged(reduced, outer, Positions.at(inner, j)));
            }
            Cell cell = new Cell();
            folding.fold(places, cell);
            doubles[i] = cell.asDouble;
            longs[i] = cell.asLong;
        }
        return type.isFloatingPoint() ? Ref.floating(type, shape, doubles) : Ref.integral(type, shape, longs);
    }

    private static long[] kept(long[] shape, boolean[] reduced, boolean which) {
        long[] out = new long[0];
        for (int d = 0; d < shape.length; d++) {
            if (reduced[d] == which) {
                out = Positions.with(out, out.length, shape[d]);
            }
        }
        return out;
    }

    private static long[] merged(boolean[] reduced, long[] outer, long[] inner) {
        long[] position = new long[reduced.length];
        int o = 0;
        int i = 0;
        for (int d = 0; d < position.length; d++) {
            position[d] = reduced[d] ? inner[i++] : outer[o++];
        }
        return position;
    }
}
