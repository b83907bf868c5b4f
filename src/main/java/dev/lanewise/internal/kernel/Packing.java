package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Moves elements between strided and contiguous memory, by the width of the element. */
final class Packing {
    private Packing() {}

    /** Copies {@code n} elements; the steps are in bytes, and a source step of 0 repeats one element. */
    static void copy(int shift, MemorySegment from, long at, long step, MemorySegment to, long ta, long tstep, long n) {
        long size = 1L << shift;
        if (n == 1 || step == size && tstep == size) {
            MemorySegment.copy(from, at, to, ta, n << shift);
        } else if (step == 0 && tstep == size) {
            Repeat.fill(shift, from, at, to, ta, n);
        } else if (shift == 2) {
            for (long i = 0, s = at, t = ta; i < n; i++, s += step, t += tstep) {
                to.set(JAVA_INT_UNALIGNED, t, from.get(JAVA_INT_UNALIGNED, s));
            }
        } else if (shift == 3) {
            for (long i = 0, s = at, t = ta; i < n; i++, s += step, t += tstep) {
                to.set(JAVA_LONG_UNALIGNED, t, from.get(JAVA_LONG_UNALIGNED, s));
            }
        } else if (shift == 1) {
            for (long i = 0, s = at, t = ta; i < n; i++, s += step, t += tstep) {
                to.set(JAVA_SHORT_UNALIGNED, t, from.get(JAVA_SHORT_UNALIGNED, s));
            }
        } else {
            for (long i = 0, s = at, t = ta; i < n; i++, s += step, t += tstep) {
                to.set(JAVA_BYTE, t, from.get(JAVA_BYTE, s));
            }
        }
    }

    /** Reads the elements at {@code base + offsets[i]} into contiguous memory. */
    static void gather(int shift, MemorySegment from, long base, long[] offsets, int n, MemorySegment to, long ta) {
        if (shift == 2) {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_INT_UNALIGNED, ta + 4L * i, from.get(JAVA_INT_UNALIGNED, base + offsets[i]));
            }
        } else if (shift == 3) {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_LONG_UNALIGNED, ta + 8L * i, from.get(JAVA_LONG_UNALIGNED, base + offsets[i]));
            }
        } else if (shift == 1) {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_SHORT_UNALIGNED, ta + 2L * i, from.get(JAVA_SHORT_UNALIGNED, base + offsets[i]));
            }
        } else {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_BYTE, ta + i, from.get(JAVA_BYTE, base + offsets[i]));
            }
        }
    }

    /** Writes contiguous elements to {@code base + offsets[i]}. */
    static void scatter(int shift, MemorySegment from, long at, MemorySegment to, long base, long[] offsets, int n) {
        if (shift == 2) {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_INT_UNALIGNED, base + offsets[i], from.get(JAVA_INT_UNALIGNED, at + 4L * i));
            }
        } else if (shift == 3) {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_LONG_UNALIGNED, base + offsets[i], from.get(JAVA_LONG_UNALIGNED, at + 8L * i));
            }
        } else if (shift == 1) {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_SHORT_UNALIGNED, base + offsets[i], from.get(JAVA_SHORT_UNALIGNED, at + 2L * i));
            }
        } else {
            for (int i = 0; i < n; i++) {
                to.set(JAVA_BYTE, base + offsets[i], from.get(JAVA_BYTE, at + i));
            }
        }
    }

    /**
     * Copies a block: element {@code (r, c)} from {@code at + r * down + c * along} to {@code ta + r * toDown + c * toAlong}.
     */
    static void block(
            BlockMover mover,
            int shift,
            MemorySegment from,
            long at,
            long down,
            long along,
            MemorySegment to,
            long ta,
            long toDown,
            long toAlong,
            int rows,
            int columns) {
        long size = 1L << shift;
        boolean gapless = toAlong == size && toDown == columns * size;
        if (gapless && down == 0 && rows > 1) {
            block(mover, shift, from, at, 0, along, to, ta, toDown, size, 1, columns);
            Repeat.extend(to, ta, toDown, rows * toDown);
        } else if (along == size && toAlong == size) {
            mover.rows(from, at, down, to, ta, toDown, rows, columns);
        } else if (along == 0 && gapless) {
            mover.spread(from, at, down, to, ta, rows, columns);
        } else if (down == size && toAlong == size && Math.min(rows, columns) >= Thresholds.TRANSPOSED_SIDE) {
            mover.transpose(from, at, along, to, ta, toDown, rows, columns);
        } else if (rows > columns) {
            for (int column = 0; column < columns; column++) {
                copy(shift, from, at + column * along, down, to, ta + column * toAlong, toDown, rows);
            }
        } else {
            for (int row = 0; row < rows; row++) {
                copy(shift, from, at + row * down, along, to, ta + row * toDown, toAlong, columns);
            }
        }
    }
}
