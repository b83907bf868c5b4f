package dev.lanewise.internal.kernel;

import java.util.Arrays;

/**
 * The keys of a sorted line on the heap, to be searched many times.
 *
 * <p>A search halves the line without a branch, and several go on side by side, so that one's load does not wait for
 * another's.
 */
final class KeyLine {
    /** Values that are searched for at once. */
    static final int STRIP = 1024;

    private static final int SIDE_BY_SIDE = 4;

    private final boolean narrow;
    private final int length;
    private final boolean hasNan;
    private int[] ints;
    private long[] longs;

    /** The keys of {@code length} elements that lie side by side, at least 1. */
    KeyLine(Operand x, long at, int length) {
        this.length = length;
        narrow = x.dtype().shift() < 3;
        long size = x.dtype().byteSize();
        boolean nan = false;
        if (narrow) {
            ints = new int[length];
            SortKeys.ints(x, at, size, length, 0, ints, 0);
        } else {
            longs = new long[length];
            SortKeys.longs(x, at, size, length, 0, longs, 0);
        }
        if (x.dtype().isFloatingPoint()) {
            // NaN comes last, but for who compares with it it is smaller than any number.
            long key = SortKeys.nan(x.dtype());
            for (int i = 0; i < length; i++) {
                if (narrow ? ints[i] == key : longs[i] == key) {
                    nan = true;
                    set(i, Long.MIN_VALUE);
                }
            }
        }
        hasNan = nan;
    }

    private void set(int i, long key) {
        if (narrow) {
            ints[i] = (int) Math.max(Integer.MIN_VALUE, key);
        } else {
            longs[i] = key;
        }
    }

    /** The keys of {@code length} elements that lie side by side in any order, sorted; NaN as the smallest. */
    static KeyLine sorted(Operand x, int length) {
        KeyLine line = new KeyLine(x, x.byteOffset(), length);
        if (line.narrow) {
            Arrays.sort(line.ints);
        } else {
            Arrays.sort(line.longs);
        }
        return line;
    }

    /** What is searched for: keys of a strip of elements. */
    static final class Values {
        private final int[] ints = new int[STRIP];
        private final long[] longs = new long[STRIP];
        private final boolean[] nans = new boolean[STRIP];
        private boolean anyNan;

        /** The keys of {@code n} elements, step in bytes. */
        void load(Operand x, long at, long step, int n) {
            anyNan = false;
            boolean floating = x.dtype().isFloatingPoint();
            long nan = floating ? SortKeys.nan(x.dtype()) : 0;
            if (x.dtype().shift() < 3) {
                SortKeys.ints(x, at, step, n, 0, ints, 0);
                for (int i = 0; i < n && floating; i++) {
                    nans[i] = ints[i] == nan;
                    anyNan |= nans[i];
                }
            } else {
                SortKeys.longs(x, at, step, n, 0, longs, 0);
                for (int i = 0; i < n && floating; i++) {
                    nans[i] = longs[i] == nan;
                    anyNan |= nans[i];
                }
            }
        }
    }

    /** For each of {@code n} values how many keys come before it, those that equal it included if {@code right}. */
    void places(Values values, int n, boolean right, int[] out) {
        int i = 0;
        if (!hasNan) {
            for (; i + SIDE_BY_SIDE <= n; i += SIDE_BY_SIDE) {
                if (narrow) {
                    four(values.ints, i, right ? 1 : 0, out);
                } else {
                    four(values.longs, i, right, out);
                }
            }
        }
        for (; i < n; i++) {
            long value = narrow ? values.ints[i] : values.longs[i];
            out[i] = place(value, right);
        }
        for (int j = 0; j < n && values.anyNan; j++) {
            out[j] = values.nans[j] ? length : out[j];
        }
    }

    /** Whether each of {@code n} values is one of the keys, or is not if {@code invert}; NaN never is. */
    void contains(Values values, int n, int[] places, boolean invert, byte[] out) {
        places(values, n, false, places);
        for (int i = 0; i < n; i++) {
            int place = Math.min(places[i], length - 1);
            boolean same = narrow ? ints[place] == values.ints[i] : longs[place] == values.longs[i];
            boolean found = same && places[i] < length && !(values.anyNan && values.nans[i]);
            out[i] = (byte) (found != invert ? 1 : 0);
        }
    }

    /** One search in the steps that also tell what is found among NaN. */
    private int place(long value, boolean right) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = low + high >>> 1;
            long there = narrow ? ints[middle] : longs[middle];
            if (right ? there <= value : there < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void four(int[] values, int i, int more, int[] out) {
        int[] keys = ints;
        long a = (long) values[i] + more;
        long b = (long) values[i + 1] + more;
        long c = (long) values[i + 2] + more;
        long d = (long) values[i + 3] + more;
        int pa = 0;
        int pb = 0;
        int pc = 0;
        int pd = 0;
        int left = length;
        while (left > 1) {
            int half = left >> 1;
            pa += (int) (keys[pa + half - 1] - a >> 63) & half;
            pb += (int) (keys[pb + half - 1] - b >> 63) & half;
            pc += (int) (keys[pc + half - 1] - c >> 63) & half;
            pd += (int) (keys[pd + half - 1] - d >> 63) & half;
            left -= half;
        }
        out[i] = pa + (keys[pa] < a ? 1 : 0);
        out[i + 1] = pb + (keys[pb] < b ? 1 : 0);
        out[i + 2] = pc + (keys[pc] < c ? 1 : 0);
        out[i + 3] = pd + (keys[pd] < d ? 1 : 0);
    }

    private void four(long[] values, int i, boolean right, int[] out) {
        int pa = 0;
        int pb = 0;
        int pc = 0;
        int pd = 0;
        int left = length;
        while (left > 1) {
            int half = left >> 1;
            pa += before(pa + half - 1, values[i], right) ? half : 0;
            pb += before(pb + half - 1, values[i + 1], right) ? half : 0;
            pc += before(pc + half - 1, values[i + 2], right) ? half : 0;
            pd += before(pd + half - 1, values[i + 3], right) ? half : 0;
            left -= half;
        }
        out[i] = pa + (before(pa, values[i], right) ? 1 : 0);
        out[i + 1] = pb + (before(pb, values[i + 1], right) ? 1 : 0);
        out[i + 2] = pc + (before(pc, values[i + 2], right) ? 1 : 0);
        out[i + 3] = pd + (before(pd, values[i + 3], right) ? 1 : 0);
    }

    private boolean before(int place, long value, boolean right) {
        return right ? longs[place] <= value : longs[place] < value;
    }
}
