package dev.lanewise.testing.reference;

import java.util.Arrays;

/** Reading and writing at positions, element by element. */
public final class RefIndexing {
    private RefIndexing() {}

    /** What happens where an element is written onto another. */
    public enum Meet {
        /** The new one stays. */
        SET,
        /** Their sum stays. */
        SUM,
        /** Their product stays. */
        PROD,
        /** The mean of all that came, rounded down for integers, stays. */
        MEAN,
        /** The larger one stays. */
        AMAX,
        /** The smaller one stays. */
        AMIN
    }

    /** The elements of a tensor that is written to, and how many were written to each place. */
    private static final class Board {
        final Ref start;
        final double[] doubles;
        final long[] longs;
        final int[] counts;

        Board(Ref start, boolean includeSelf) {
            this.start = start;
            doubles = new double[start.numel()];
            longs = new long[start.numel()];
            counts = new int[start.numel()];
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] = start.get(i);
                longs[i] = start.getLong(i);
                counts[i] = includeSelf ? 1 : 0;
            }
        }

        void write(Meet how, long[] position, double value, long whole) {
            int at = Positions.linear(start.shape(), position);
            boolean first = counts[at] == 0;
            counts[at]++;
            if (first || how == Meet.SET) {
                doubles[at] = value;
                longs[at] = whole;
                return;
            }
            switch (how) {
                case PROD -> {
                    doubles[at] *= value;
                    longs[at] *= whole;
                }
                case AMAX -> {
                    doubles[at] = Math.max(doubles[at], value);
                    longs[at] = Math.max(longs[at], whole);
                }
                case AMIN -> {
                    doubles[at] = Math.min(doubles[at], value);
                    longs[at] = Math.min(longs[at], whole);
                }
                default -> {
                    doubles[at] += value;
                    longs[at] += whole;
                }
            }
        }

        Ref result(Meet how) {
            boolean floating = start.dtype().isFloatingPoint();
            for (int i = 0; how == Meet.MEAN && i < doubles.length; i++) {
                int count = Math.max(1, counts[i]);
                doubles[i] /= count;
                // The sum wraps before it is divided.
                longs[i] = floating ? 0 : Math.floorDiv(Rounding.wrap(start.dtype(), longs[i]), count);
            }
            return floating
                    ? Ref.floating(start.dtype(), start.shape(), doubles)
                    : Ref.integral(start.dtype(), start.shape(), longs);
        }
    }

    /** Elements written at positions along a dimension, one for each element of the index. */
    public static Ref scatter(Meet how, boolean includeSelf, Ref x, int dim, Ref index, Ref source) {
        Board board = new Board(x, includeSelf);
        for (int i = 0; i < index.numel(); i++) {
            long[] from = Positions.at(index.shape(), i);
            int at = Positions.linear(source.shape(), from);
            long[] to = Positions.replaced(from, dim, index.getLong(i));
            board.write(how, to, source.get(at), source.getLong(at));
        }
        return board.result(how);
    }

    /** Slices written at positions along a dimension. */
    public static Ref slices(Meet how, Ref x, int dim, long[] index, Ref source) {
        Board board = new Board(x, true);
        for (int i = 0; i < source.numel(); i++) {
            long[] from = Positions.at(source.shape(), i);
            board.write(how, Positions.replaced(from, dim, index[(int) from[dim]]), source.get(i), source.getLong(i));
        }
        return board.result(how);
    }

    /** What lists select, one for each dimension, null for a whole one; all lists of one shape. */
    public static Ref index(Ref x, Ref... lists) {
        return x.pick(shape(x, lists), position -> source(x, position, lists));
    }

    /** The value written to what lists select; it has the shape of that. */
    public static Ref indexPut(Meet how, Ref x, Ref value, Ref... lists) {
        Board board = new Board(x, true);
        for (int i = 0; i < value.numel(); i++) {
            board.write(how, source(x, Positions.at(value.shape(), i), lists), value.get(i), value.getLong(i));
        }
        return board.result(how);
    }

    private static int firstList(Ref... lists) {
        int first = 0;
        while (lists[first] == null) {
            first++;
        }
        return first;
    }

    /** Where the dimensions of the lists stand in the result: in front, unless the lists stand side by side. */
    private static int place(Ref... lists) {
        int first = firstList(lists);
        int last = lists.length - 1;
        while (lists[last] == null) {
            last--;
        }
        boolean together = Arrays.stream(lists, first, last + 1).noneMatch(list -> list == null);
        return together ? first : 0;
    }

    private static long[] shape(Ref x, Ref... lists) {
        long[] inner = lists[firstList(lists)].shape();
        long[] shape = new long[x.rank() + inner.length];
        int n = 0;
        int whole = 0;
        int place = place(lists);
        for (int d = 0; d <= x.rank(); d++) {
            if (whole == place) {
                for (long size : inner) {
                    shape[n++] = size;
                }
                whole = Integer.MIN_VALUE;
            }
            if (d < x.rank() && (d >= lists.length || lists[d] == null)) {
                shape[n++] = x.size(d);
                whole++;
            }
        }
        return Arrays.copyOf(shape, n);
    }

    private static long[] source(Ref x, long[] position, Ref... lists) {
        Ref some = lists[firstList(lists)];
        int place = place(lists);
        int entry = Positions.linear(some.shape(), Arrays.copyOfRange(position, place, place + some.rank()));
        long[] from = new long[x.rank()];
        int n = 0;
        for (int d = 0; d < from.length; d++) {
            if (d < lists.length && lists[d] != null) {
                long at = lists[d].getLong(entry);
                from[d] = at < 0 ? at + x.size(d) : at;
            } else {
                from[d] = position[n < place ? n : n + some.rank()];
                n++;
            }
        }
        return from;
    }
}
