package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/** Orders the rows of a row-major matrix and finds runs of equal ones. */
public final class UniqueKernels {
    private static final int INSERT_TO = 8;
    /** Rows of one element have their keys loaded, unless they are more. */
    private static final long MOST_LOADED = 1L << 28;

    private final Operand x;
    private final long columns;
    private final long rowBytes;

    /** A matrix with rows of {@code columns} elements. */
    public UniqueKernels(Operand x, long columns) {
        this.x = x;
        this.columns = columns;
        this.rowBytes = columns << x.dtype().shift();
    }

    /** Writes the numbers of {@code n} rows in lexicographic order, equal rows in their own order, as INT64. */
    public void order(int n, Operand out) {
        int[] from = new int[n];
        for (int i = 0; i < n; i++) {
            from[i] = i;
        }
        for (int start = 0; start < n; start += INSERT_TO) {
            insert(from, start, Math.min(n, start + INSERT_TO));
        }
        int[] to = new int[n];
        for (int width = INSERT_TO; width < n; width = width > n / 2 ? n : 2 * width) {
            for (int start = 0; start < n; start += (int) Math.min(n - start, 2L * width)) {
                int middle = Math.min(n - start, width) + start;
                merge(from, to, start, middle, Math.min(n - middle, width) + middle);
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        for (int i = 0; i < n; i++) {
            out.segment().set(JAVA_LONG_UNALIGNED, out.byteOffset() + ((long) i << 3), from[i]);
        }
    }

    private void insert(int[] rows, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            int row = rows[i];
            int j = i - 1;
            while (j >= start && compare(rows[j], row) > 0) {
                rows[j + 1] = rows[j];
                j--;
            }
            rows[j + 1] = row;
        }
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        int a = start;
        int b = middle;
        for (int i = start; i < end; i++) {
            boolean left = b >= end || a < middle && compare(from[a], from[b]) <= 0;
            to[i] = left ? from[a++] : from[b++];
        }
    }

    private int compare(long a, long b) {
        long first = x.byteOffset() + a * rowBytes;
        long second = x.byteOffset() + b * rowBytes;
        for (long j = 0; j < columns; j++) {
            long shift = j << x.dtype().shift();
            int order = Long.compare(
                    SortKeys.of(x.dtype(), x.segment(), first + shift),
                    SortKeys.of(x.dtype(), x.segment(), second + shift));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** True if two rows are equal, element by element; NaN is not. */
    private boolean equal(long a, long b) {
        long first = x.byteOffset() + a * rowBytes;
        long second = x.byteOffset() + b * rowBytes;
        DType type = x.dtype();
        MemorySegment memory = x.segment();
        for (long j = 0; j < columns; j++) {
            long shift = j << type.shift();
            boolean same = type.isFloatingPoint()
                    ? Elements.getDouble(type, memory, first + shift)
                            == Elements.getDouble(type, memory, second + shift)
                    : Elements.getLong(type, memory, first + shift) == Elements.getLong(type, memory, second + shift);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /**
     * Numbers the runs of equal rows.
     *
     * @param order the rows' order as INT64, or null for their own
     * @param inverse for each row the number of its run; null if nobody asks
     * @param firsts for each run its first row
     * @param counts for each run how many rows it has
     * @return how many runs there are
     */
    public long group(long n, Operand order, Operand inverse, Operand firsts, Operand counts) {
        if (columns == 1 && n <= MOST_LOADED) {
            return groupElements((int) n, order, inverse, firsts, counts);
        }
        long run = -1;
        long previous = -1;
        long length = 0;
        for (long i = 0; i < n; i++) {
            long row = order == null ? i : order.segment().get(JAVA_LONG_UNALIGNED, order.byteOffset() + (i << 3));
            if (previous < 0 || !equal(previous, row)) {
                run++;
                length = 0;
                set(firsts, run, row);
            }
            if (inverse != null) {
                set(inverse, row, run);
            }
            set(counts, run, ++length);
            previous = row;
        }
        return run + 1;
    }

    /** The same for rows of one element, whose keys are loaded to be compared. */
    private long groupElements(int n, Operand order, Operand inverse, Operand firsts, Operand counts) {
        long[] keys = new long[n];
        SortKeys.load(x, x.byteOffset(), rowBytes, n, 0, keys);
        PositionStrip strip = PositionStrip.take();
        Grouping grouping = new Grouping(keys, x.dtype(), inverse, firsts, counts);
        for (int from = 0; from < n; from += PositionStrip.SIZE) {
            int count = Math.min(PositionStrip.SIZE, n - from);
            if (order == null) {
                PositionStrip.line(strip.positions, count, from, 1);
            } else {
                strip.load(order, (long) from << 3, Long.BYTES, count);
            }
            grouping.add(strip.positions, from, count);
        }
        strip.giveBack();
        return grouping.end(n);
    }

    /** Runs of equal keys, found strip by strip so that the loop over a strip is compiled as a whole method. */
    private static final class Grouping {
        private final long[] keys;
        private final boolean floating;
        private final long nan;
        private final Operand inverse;
        private final Operand firsts;
        private final Operand counts;
        private long run = -1;
        private long begin;
        private long previous;

        Grouping(long[] keys, DType type, Operand inverse, Operand firsts, Operand counts) {
            this.keys = keys;
            floating = type.isFloatingPoint();
            nan = floating ? SortKeys.nan(type) : 0;
            this.inverse = inverse;
            this.firsts = firsts;
            this.counts = counts;
        }

        void add(long[] rows, long from, int n) {
            for (int i = 0; i < n; i++) {
                long key = keys[(int) rows[i]];
                if (key != previous || run < 0 || floating && key == nan) {
                    if (run >= 0) {
                        set(counts, run, from + i - begin);
                    }
                    run++;
                    begin = from + i;
                    set(firsts, run, rows[i]);
                    previous = key;
                }
                if (inverse != null) {
                    set(inverse, rows[i], run);
                }
            }
        }

        /** Ends the last run; gives how many there are. */
        long end(long n) {
            if (run >= 0) {
                set(counts, run, n - begin);
            }
            return run + 1;
        }
    }

    private static void set(Operand list, long place, long value) {
        list.segment().set(JAVA_LONG_UNALIGNED, list.byteOffset() + (place << 3), value);
    }
}
