package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/** Moves blocks element by element: the fallback, and what runs while vectors are cold. */
public final class ScalarMover implements BlockMover {
    private static final ScalarMover[] MOVERS = {
        new ScalarMover(0), new ScalarMover(1), new ScalarMover(2), new ScalarMover(3)
    };

    private final int shift;

    private ScalarMover(int shift) {
        this.shift = shift;
    }

    /** The mover of elements of {@code 1 << shift} bytes. */
    public static BlockMover of(int shift) {
        return MOVERS[shift];
    }

    @Override
    public void transpose(
            MemorySegment from, long at, long step, MemorySegment to, long ta, long pitch, int rows, int columns) {
        long size = 1L << shift;
        for (int column = 0; column < columns; column++) {
            Packing.copy(shift, from, at + column * step, size, to, ta + column * size, pitch, rows);
        }
    }

    @Override
    public void rows(
            MemorySegment from, long at, long step, MemorySegment to, long ta, long pitch, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(from, at + row * step, to, ta + row * pitch, (long) columns << shift);
        }
    }

    @Override
    public void spread(MemorySegment from, long at, long step, MemorySegment to, long ta, int rows, int columns) {
        long size = 1L << shift;
        long pitch = columns * size;
        for (int column = 0; column < columns; column++) {
            Packing.copy(shift, from, at, step, to, ta + column * size, pitch, rows);
        }
    }
}
