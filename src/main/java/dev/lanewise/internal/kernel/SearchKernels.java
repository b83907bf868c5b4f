package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.DType;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/** Finds elements in sorted lines and in sets. */
public final class SearchKernels {
    private static final int SEARCH_GRAIN = 1 << 12;

    /** Lines whose keys are loaded: this many at most. */
    private static final long MOST_LOADED = 1L << 28;

    /** A search costs about as much as loading this many keys, or more. */
    private static final int LOAD_FACTOR = 32;

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
        if (sorter == null && length > 0 && length <= MOST_LOADED && (each == 0 ? n : each) >= length / LOAD_FACTOR) {
            long line = each == 0 ? n : each;
            for (long first = 0; first < n; first += line) {
                searchLine(sorted, first / line * length, (int) length, values, first, line, right, out);
            }
            return;
        }
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

    /** Searches one line, whose keys are loaded once for all its values. */
    private static void searchLine(
            Operand sorted, long first, int length, Operand values, long begin, long n, boolean right, Operand out) {
        KeyLine line = new KeyLine(
                sorted, sorted.byteOffset() + (first << sorted.dtype().shift()), length);
        Parallel.forRange(n, SEARCH_GRAIN, (from, end) -> {
            int[] places = new int[KeyLine.STRIP];
            long size = values.dtype().byteSize();
            KeyLine.Values wanted = new KeyLine.Values();
            for (long next = from; next < end; next += KeyLine.STRIP) {
                int count = (int) Math.min(KeyLine.STRIP, end - next);
                wanted.load(values, values.byteOffset() + (begin + next) * size, size, count);
                line.places(wanted, count, right, places);
                write(
                        places,
                        count,
                        out,
                        out.byteOffset() + (begin + next << out.dtype().shift()));
            }
        });
    }

    private static void write(int[] places, int n, Operand out, long at) {
        if (out.dtype() == DType.INT32) {
            MemorySegment.copy(places, 0, out.segment(), JAVA_INT_UNALIGNED, at, n);
            return;
        }
        PositionStrip strip = PositionStrip.take();
        for (int i = 0; i < n; i++) {
            strip.positions[i] = places[i];
        }
        MemorySegment.copy(strip.positions, 0, out.segment(), JAVA_LONG_UNALIGNED, at, n);
        strip.giveBack();
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
        if (size == 0) {
            IndexKernels.fill(out, shape, invert ? 1L : 0L);
            return;
        }
        KeyLine line = KeyLine.sorted(set, size);
        StridedIter iter = StridedIter.of(shape, new long[][] {out.byteStrides(), x.byteStrides()});
        Parallel.forRange(iter.numel(), SEARCH_GRAIN, (from, end) -> {
            byte[] found = new byte[KeyLine.STRIP];
            int[] places = new int[KeyLine.STRIP];
            KeyLine.Values wanted = new KeyLine.Values();
            iter.forRuns(from, end, (offsets, n) -> {
                long step = iter.innerStride(0);
                for (long done = 0; done < n; done += KeyLine.STRIP) {
                    int count = (int) Math.min(KeyLine.STRIP, n - done);
                    long at = x.byteOffset() + offsets[1] + done * iter.innerStride(1);
                    wanted.load(x, at, iter.innerStride(1), count);
                    line.contains(wanted, count, places, invert, found);
                    long to = out.byteOffset() + offsets[0] + done * step;
                    for (int i = 0; i < count; i++) {
                        out.segment().set(JAVA_BYTE, to + i * step, found[i]);
                    }
                }
            });
        });
    }
}
