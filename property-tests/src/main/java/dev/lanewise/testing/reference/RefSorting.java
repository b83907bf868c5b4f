package dev.lanewise.testing.reference;

import dev.lanewise.DType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Order, by the sort of the Java library on lists of positions. */
public final class RefSorting {
    private RefSorting() {}

    /** The sorted positions along a dimension, from {@code first} on, {@code count} of them; equal ones in their order. */
    public static Ref order(Ref x, int dim, boolean descending, int first, int count) {
        int d = Positions.wrap(dim, x.rank());
        long[] shape = Positions.replaced(x.shape(), d, count);
        long[] positions = new long[Positions.numel(shape)];
        for (int i = 0; i < positions.length; i++) {
            long[] at = Positions.at(shape, i);
            positions[i] = line(x, d, at, descending).get(first + (int) at[d]);
        }
        return Ref.integral(DType.INT64, shape, positions);
    }

    private static List<Integer> line(Ref x, int dim, long[] at, boolean descending) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < x.size(dim); i++) {
            positions.add(i);
        }
        Comparator<Integer> rising = (a, b) -> compare(x, element(x, dim, at, a), element(x, dim, at, b));
        positions.sort(descending ? rising.reversed() : rising);
        return positions;
    }

    private static int element(Ref x, int dim, long[] at, int place) {
        return Positions.linear(x.shape(), Positions.replaced(at, dim, place));
    }

    /** NaN last, -0.0 equal to 0.0. */
    private static int compare(Ref x, int a, int b) {
        if (!x.dtype().isFloatingPoint()) {
            return Long.compare(x.getLong(a), x.getLong(b));
        }
        return Double.compare(x.get(a) == 0 ? 0.0 : x.get(a), x.get(b) == 0 ? 0.0 : x.get(b));
    }

    /** The elements at the sorted positions. */
    public static Ref sorted(Ref x, int dim, boolean descending, int first, int count) {
        return RefViews.gather(x, dim, order(x, dim, descending, first, count));
    }
}
