package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Moves blocks of rows and columns of elements of one width between native segments that do not overlap.
 *
 * <p>Offsets and steps are in bytes. Only the shapes of blocks that vectors help with are here; {@link Packing} has the
 * others.
 */
public interface BlockMover {
    /**
     * Transposes: element {@code (r, c)}, at {@code at + c * step} plus {@code r} elements, goes to {@code ta + r * pitch}
     * plus {@code c} elements.
     */
    void transpose(
            MemorySegment from, long at, long step, MemorySegment to, long ta, long pitch, int rows, int columns);

    /** Copies rows of contiguous elements that begin {@code step} bytes apart to rows that begin {@code pitch} apart. */
    void rows(MemorySegment from, long at, long step, MemorySegment to, long ta, long pitch, int rows, int columns);

    /** Writes each of {@code rows} elements, {@code step} bytes apart, {@code columns} times; no gaps in the result. */
    void spread(MemorySegment from, long at, long step, MemorySegment to, long ta, int rows, int columns);
}
