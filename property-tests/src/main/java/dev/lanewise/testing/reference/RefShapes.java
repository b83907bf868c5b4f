package dev.lanewise.testing.reference;

import dev.lanewise.DType;
import java.util.Arrays;
import java.util.function.Function;

/** Rearrangements, element by element. */
public final class RefShapes {
    private RefShapes() {}

    /** A tensor of a shape with the elements at the positions that a function gives, or a value where it gives none. */
    private static Ref place(Ref x, long[] shape, double otherwise, Function<long[], long[]> from) {
        int n = Positions.numel(shape);
        double[] doubles = new double[n];
        long[] longs = new long[n];
        for (int i = 0; i < n; i++) {
            long[] source = from.apply(Positions.at(shape, i));
            int at = source == null ? -1 : Positions.linear(x.shape(), source);
            doubles[i] = at < 0 ? otherwise : x.get(at);
            longs[i] = at < 0 ? (long) otherwise : x.getLong(at);
        }
        DType type = x.dtype();
        return type.isFloatingPoint() ? Ref.floating(type, shape, doubles) : Ref.integral(type, shape, longs);
    }

    /** The elements with column - row at most {@code diagonal} of each matrix, or at least that. */
    public static Ref triangle(Ref x, boolean lower, long diagonal) {
        int rank = x.rank();
        return place(x, x.shape(), 0, at -> {
            long above = at[rank - 1] - at[rank - 2];
            return (lower ? above <= diagonal : above >= diagonal) ? at : null;
        });
    }

    /** The last dimension on a diagonal of two new dimensions. */
    public static Ref diagEmbed(Ref x, long shift, int dim1, int dim2) {
        int rank = x.rank() + 1;
        int row = Positions.wrap(dim1, rank);
        int column = Positions.wrap(dim2, rank);
        long side = x.size(-1) + Math.abs(shift);
        long[] shape = new long[rank];
        int next = 0;
        for (int d = 0; d < rank; d++) {
            shape[d] = d == row || d == column ? side : x.size(next++);
        }
        return place(x, shape, 0, at -> {
            if (at[column] - at[row] != shift) {
                return null;
            }
            long[] from = new long[rank - 1];
            int place = 0;
            for (int d = 0; d < rank; d++) {
                if (d != row && d != column) {
                    from[place++] = at[d];
                }
            }
            from[place] = Math.min(at[row], at[column]);
            return from;
        });
    }

    /** The order along some dimensions reversed. */
    public static Ref flip(Ref x, int... dims) {
        return x.pick(x.shape(), at -> {
            long[] from = at.clone();
            for (int dim : dims) {
                int d = Positions.wrap(dim, x.rank());
                from[d] = x.size(d) - 1 - at[d];
            }
            return from;
        });
    }

    /** Everything moved on along a dimension, the last to the beginning. */
    public static Ref roll(Ref x, long shift, int dim) {
        int d = Positions.wrap(dim, x.rank());
        return x.pick(x.shape(), at -> Positions.replaced(at, d, Math.floorMod(at[d] - shift, x.size(d))));
    }

    /** Several times over along each dimension; further leading numbers are new dimensions. */
    public static Ref repeat(Ref x, long... times) {
        int added = times.length - x.rank();
        long[] shape = times.clone();
        for (int d = 0; d < x.rank(); d++) {
            shape[added + d] *= x.size(d);
        }
        return x.pick(shape, at -> {
            long[] from = Arrays.copyOfRange(at, added, at.length);
            for (int d = 0; d < from.length; d++) {
                from[d] %= x.size(d);
            }
            return from;
        });
    }

    /** Two matrices along the diagonal of one. */
    public static Ref blockDiag(Ref x, Ref y) {
        Ref right = pad(x, new long[] {0, 0}, new long[] {0, y.size(1)}, 0);
        Ref left = pad(y, new long[] {0, x.size(1)}, new long[] {0, 0}, 0);
        return RefViews.cat(0, right, left);
    }

    /** Places with a value before and after each dimension; negative ones are taken away. */
    public static Ref pad(Ref x, long[] before, long[] after, double value) {
        long[] shape = x.shape();
        for (int d = 0; d < shape.length; d++) {
            shape[d] += before[d] + after[d];
        }
        return place(x, shape, value, at -> {
            long[] from = at.clone();
            for (int d = 0; d < from.length; d++) {
                from[d] -= before[d];
                if (from[d] < 0 || from[d] >= x.size(d)) {
                    return null;
                }
            }
            return from;
        });
    }

    /** Places before and after a dimension with what a function finds for their position. */
    public static Ref padDim(Ref x, int dim, long before, long after, Function<Long, Long> position) {
        int d = Positions.wrap(dim, x.rank());
        long[] shape = Positions.replaced(x.shape(), d, x.size(d) + before + after);
        return x.pick(shape, at -> Positions.replaced(at, d, position.apply(at[d] - before)));
    }

    /** Windows along a dimension; the place in the window is the last dimension. */
    public static Ref unfold(Ref x, int dim, long size, long step) {
        int d = Positions.wrap(dim, x.rank());
        long[] windows = Positions.replaced(x.shape(), d, (x.size(d) - size) / step + 1);
        return x.pick(
                Positions.with(windows, x.rank(), size),
                at -> Positions.replaced(Arrays.copyOf(at, x.rank()), d, at[d] * step + at[x.rank()]));
    }

    /** Elements of the row-major order by strides. */
    public static Ref strided(Ref x, long[] sizes, long... strides) {
        return x.reshape(x.numel()).pick(sizes, at -> {
            long place = 0;
            for (int d = 0; d < at.length; d++) {
                place += at[d] * strides[d];
            }
            return new long[] {place};
        });
    }
}
