package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Fills memory with copies of one element. */
public final class Repeat {
    private static final int BLOCK = 4096;

    private Repeat() {}

    /** The bits of one element, repeated to fill a {@code long}. */
    public static long pattern(int shift, MemorySegment from, long at) {
        if (shift == 2) {
            return (from.get(JAVA_INT_UNALIGNED, at) & 0xFFFFFFFFL) * 0x0000000100000001L;
        }
        if (shift == 3) {
            return from.get(JAVA_LONG_UNALIGNED, at);
        }
        if (shift == 1) {
            return (from.get(JAVA_SHORT_UNALIGNED, at) & 0xFFFFL) * 0x0001000100010001L;
        }
        return (from.get(JAVA_BYTE, at) & 0xFFL) * 0x0101010101010101L;
    }

    /** Fills one slot of a {@link Scratch} with an element. */
    public static void slot(int shift, MemorySegment from, long at, MemorySegment to, long slot) {
        long pattern = pattern(shift, from, at);
        for (int i = 0; i < Scratch.SLOT; i += Long.BYTES) {
            to.set(JAVA_LONG_UNALIGNED, slot + i, pattern);
        }
    }

    /** Fills {@code count} elements with the element at {@code from}, which may be the first of them. */
    public static void fill(int shift, MemorySegment from, long at, MemorySegment out, long oo, long count) {
        long bytes = count << shift;
        if (bytes < Long.BYTES) {
            for (long i = 0; i < bytes; i += 1L << shift) {
                MemorySegment.copy(from, at, out, oo + i, 1L << shift);
            }
            return;
        }
        long pattern = pattern(shift, from, at);
        long done = 0;
        for (long last = Math.min(bytes, BLOCK) - Long.BYTES; done <= last; done += Long.BYTES) {
            out.set(JAVA_LONG_UNALIGNED, oo + done, pattern);
        }
        extend(out, oo, done, bytes);
    }

    /** Repeats the first {@code period} bytes at {@code oo} until there are {@code bytes} of them. */
    static void extend(MemorySegment out, long oo, long period, long bytes) {
        long done = period;
        // a multiple of the period, so that its first bytes go on where it ends
        long block = Math.max(1, BLOCK / period) * period;
        while (done < bytes) {
            long more = Math.min(done, Math.min(block, bytes - done));
            MemorySegment.copy(out, oo, out, oo + done, more);
            done += more;
        }
    }
}
