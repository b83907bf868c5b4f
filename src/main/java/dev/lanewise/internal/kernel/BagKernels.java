package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Compares the rows of a matrix that lie in one bag. */
public final class BagKernels {
    private BagKernels() {}

    /**
     * For each bag and each column the number of the row with the largest element: the first one that is larger than all
     * before it. 0 for an empty bag.
     *
     * @param x row-major, floating point
     * @param begins where each bag begins, and where the last one ends
     * @param out INT64, row-major, one row for each bag
     */
    public static void largest(Operand x, long columns, long[] begins, Operand out) {
        Strips strips = Strips.local();
        double[] best = new double[Strips.SIZE];
        long[] places = new long[Strips.SIZE];
        int shift = x.dtype().shift();
        for (int bag = 0; bag + 1 < begins.length; bag++) {
            for (long column = 0; column < columns; column += Strips.SIZE) {
                int n = (int) Math.min(Strips.SIZE, columns - column);
                long first = begins[bag];
                Arrays.fill(places, 0, n, first < begins[bag + 1] ? first : 0);
                for (long row = first; row < begins[bag + 1]; row++) {
                    strips.load(1, x.dtype(), x.segment(), x.byteOffset() + (row * columns + column << shift), 1, n);
                    double[] values = strips.doubles(1);
                    for (int i = 0; i < n; i++) {
                        if (row == first || values[i] > best[i]) {
                            best[i] = values[i];
                            places[i] = row;
                        }
                    }
                }
                long to = out.byteOffset() + (bag * columns + column << 3);
                MemorySegment.copy(places, 0, out.segment(), JAVA_LONG_UNALIGNED, to, n);
            }
        }
    }
}
