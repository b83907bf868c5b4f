package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.DType;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Finds elements in sorted lines and in sets. */
public final class SearchKernels {
    private static final int SEARCH_GRAIN = 1 << 12;

    private SearchKernels() {}

    /**
     * For each element of {@code values} where it would have to be put into its sorted line of {@code sorted}. All are
     * row-major, the last dimension of {@code sorted} has {@code length} elements and that of {@code values} {@code each};
     * if there is one line alone it serves all values.
     *
     * @param right after equal elements instead of before
     * @param sorter INT64 positions that sort {@code sorted}, or null if it is
     * @param out INT64 or INT32
     */
    public static void search(
            Operand sorted,
            long length,
            Operand values,
            long n,
            long each,
            boolean right,
            Operand sorter,
            Operand out) {
        boolean integral = !sorted.dtype().isFloatingPoint();
        int in = values.dtype().shift();
        int to = out.dtype().shift();
        Parallel.forRange(n, SEARCH_GRAIN, (from, end) -> {
            Lines lines = new Lines(sorted, sorter, length, right);
            for (long i = from; i < end; i++) {
                long first = each == 0 ? 0 : i / each * length;
                long at = values.byteOffset() + (i << in);
                long place = integral
                        ? lines.find(first, Elements.getLong(values.dtype(), values.segment(), at))
                        : lines.find(first, Elements.getDouble(values.dtype(), values.segment(), at));
                Elements.setLong(out.dtype(), out.segment(), out.byteOffset() + (i << to), place);
            }
        });
    }

    private record Lines(Operand sorted, Operand sorter, long length, boolean right) {
        /** Where a value belongs in the line that begins with element {@code first}. */
        long find(long first, double value) {
            long low = 0;
            long high = length;
            while (low < high) {
                long middle = low + high >>> 1;
                double there = Elements.getDouble(sorted.dtype(), sorted.segment(), offset(first, middle));
                // Written so that NaN as a value comes after everything.
                if (right ? !(there > value) : !(there >= value)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        long find(long first, long value) {
            long low = 0;
            long high = length;
            while (low < high) {
                long middle = low + high >>> 1;
                long there = Elements.getLong(sorted.dtype(), sorted.segment(), offset(first, middle));
                if (right ? there <= value : there < value) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private long offset(long first, long place) {
            long position = first + place;
            if (sorter != null) {
                long at = sorter.byteOffset() + (position << 3);
                position = first + sorter.segment().get(JAVA_LONG_UNALIGNED, at);
            }
            return sorted.byteOffset() + (position << sorted.dtype().shift());
        }
    }

    /**
     * Whether each element is in a set; NaN never is.
     *
     * @param set row-major, {@code size} elements of the dtype of {@code x}
     * @param out BOOL
     */
    public static void contains(long[] shape, Operand x, Operand set, int size, boolean invert, Operand out) {
        long[] keys = new long[size];
        SortKeys.load(set, set.byteOffset(), 1L << set.dtype().shift(), size, 0, keys);
        Arrays.sort(keys);
        DType type = x.dtype();
        StridedIter iter = StridedIter.of(shape, new long[][] {out.byteStrides(), x.byteStrides()});
        MemorySegment memory = x.segment();
        Parallel.forRange(
                iter.numel(),
                SEARCH_GRAIN,
                (from, end) -> iter.forRuns(from, end, (offsets, n) -> {
                    for (long i = 0; i < n; i++) {
                        long at = x.byteOffset() + offsets[1] + i * iter.innerStride(1);
                        boolean number = !type.isFloatingPoint() || !Double.isNaN(Elements.getDouble(type, memory, at));
                        boolean found = number && Arrays.binarySearch(keys, SortKeys.of(type, memory, at)) >= 0;
                        long to = out.byteOffset() + offsets[0] + i * iter.innerStride(0);
                        Elements.setLong(DType.BOOL, out.segment(), to, found != invert ? 1 : 0);
                    }
                }));
    }
}
