package dev.lanewise.testing.reference;

import dev.lanewise.DType;

/** Shapes, parts and joins, element by element. */
public final class RefViews {
    private RefViews() {}

    /** Two dimensions exchanged. */
    public static Ref transpose(Ref x, int dim0, int dim1) {
        int[] order = new int[x.rank()];
        for (int d = 0; d < order.length; d++) {
            order[d] = d;
        }
        int a = Positions.wrap(dim0, x.rank());
        int b = Positions.wrap(dim1, x.rank());
        if (order.length > 0) {
            order[a] = b;
            order[b] = a;
        }
        return permute(x, order);
    }

    /** The dimensions in another order. */
    public static Ref permute(Ref x, int... order) {
        long[] shape = new long[order.length];
        for (int d = 0; d < order.length; d++) {
            shape[d] = x.size(order[d]);
        }
        return x.pick(shape, position -> {
            long[] from = new long[order.length];
            for (int d = 0; d < order.length; d++) {
                from[Positions.wrap(order[d], order.length)] = position[d];
            }
            return from;
        });
    }

    /** One place along a dimension. */
    public static Ref select(Ref x, int dim, long index) {
        int d = Positions.wrap(dim, x.rank());
        long place = index < 0 ? index + x.size(d) : index;
        return x.pick(Positions.without(x.shape(), d), position -> Positions.with(position, d, place));
    }

    /** Every {@code step}-th place from {@code start} to before {@code end}, ends clamped as Python does. */
    public static Ref slice(Ref x, int dim, long start, long end, long step) {
        int d = Positions.wrap(dim, x.rank());
        long size = x.size(d);
        long from = clamp(start, size);
        long to = clamp(end, size);
        long count = 0;
        for (long i = from; i < to; i += step) {
            count++;
        }
        return x.pick(
                Positions.replaced(x.shape(), d, count),
                position -> Positions.replaced(position, d, from + position[d] * step));
    }

    private static long clamp(long bound, long size) {
        long counted = bound < 0 ? bound + size : bound;
        return Math.min(Math.max(counted, 0), size);
    }

    /** The diagonal of two dimensions, {@code shift} above the main one, as the last dimension. */
    public static Ref diagonal(Ref x, long shift, int dim1, int dim2) {
        int row = Positions.wrap(dim1, x.rank());
        int column = Positions.wrap(dim2, x.rank());
        long length = 0;
        while (inside(x, row, length - Math.min(shift, 0)) && inside(x, column, length + Math.max(shift, 0))) {
            length++;
        }
        int rank = x.rank();
        long[] shape = new long[rank - 1];
        int place = 0;
        for (int d = 0; d < rank; d++) {
            if (d != row && d != column) {
                shape[place++] = x.size(d);
            }
        }
        shape[place] = length;
        return x.pick(shape, position -> {
            long[] from = new long[rank];
            int next = 0;
            for (int d = 0; d < rank; d++) {
                if (d != row && d != column) {
                    from[d] = position[next++];
                }
            }
            from[row] = position[next] - Math.min(shift, 0);
            from[column] = position[next] + Math.max(shift, 0);
            return from;
        });
    }

    private static boolean inside(Ref x, int dim, long place) {
        return place < x.size(dim);
    }

    /** Tensors one after the other along a dimension, in the dtype all are promoted to. */
    public static Ref cat(int dim, Ref... parts) {
        int d = Positions.wrap(dim, parts[0].rank());
        DType type = parts[0].dtype();
        long total = 0;
        for (Ref part : parts) {
            type = RefTypes.promote(type, part.dtype());
            total += part.size(d);
        }
        long[] shape = Positions.replaced(parts[0].shape(), d, total);
        int n = Positions.numel(shape);
        double[] doubles = new double[n];
        long[] longs = new long[n];
        for (int i = 0; i < n; i++) {
            long[] position = Positions.at(shape, i);
            int which = 0;
            while (position[d] >= parts[which].size(d)) {
                position[d] -= parts[which].size(d);
                which++;
            }
            int source = Positions.linear(parts[which].shape(), position);
            doubles[i] = parts[which].get(source);
            longs[i] = parts[which].getLong(source);
        }
        return type.isFloatingPoint() ? Ref.floating(type, shape, doubles) : Ref.integral(type, shape, longs);
    }

    /** Tensors side by side along a new dimension. */
    public static Ref stack(int dim, Ref... parts) {
        int d = Positions.wrap(dim, parts[0].rank() + 1);
        Ref[] wide = new Ref[parts.length];
        for (int i = 0; i < parts.length; i++) {
            wide[i] = parts[i].reshape(Positions.with(parts[i].shape(), d, 1));
        }
        return cat(d, wide);
    }

    /** The elements at positions along a dimension, one for each element of the index. */
    public static Ref gather(Ref x, int dim, Ref index) {
        int d = Positions.wrap(dim, x.rank());
        return x.pick(
                index.shape(),
                position -> Positions.replaced(position, d, index.getLong(Positions.linear(index.shape(), position))));
    }

    /** The slices at positions along a dimension. */
    public static Ref indexSelect(Ref x, int dim, long... index) {
        int d = Positions.wrap(dim, x.rank());
        return x.pick(
                Positions.replaced(x.shape(), d, index.length),
                position -> Positions.replaced(position, d, index[(int) position[d]]));
    }

    /** Zeros of a shape with the elements added at positions along a dimension. */
    public static Ref scatterAdd(long[] shape, int dim, Ref index, Ref source) {
        double[] doubles = new double[Positions.numel(shape)];
        long[] longs = new long[doubles.length];
        for (int i = 0; i < index.numel(); i++) {
            long[] position = Positions.replaced(Positions.at(index.shape(), i), dim, index.getLong(i));
            int target = Positions.linear(shape, position);
            doubles[target] += source.get(i);
            longs[target] += source.getLong(i);
        }
        DType type = source.dtype();
        return type.isFloatingPoint() ? Ref.floating(type, shape, doubles) : Ref.integral(type, shape, longs);
    }
}
