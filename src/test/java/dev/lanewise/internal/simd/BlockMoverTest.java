package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.internal.kernel.BlockMover;
import dev.lanewise.internal.kernel.ScalarMover;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The vector forms of block copies against the definition, byte by byte, up to the last byte of the segments. */
class BlockMoverTest {
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31, 33, 64, 67};
    private static final int GAP = 3;
    private static final byte UNTOUCHED = 0x5A;

    private final Random random = new Random(11);
    private int checked;

    private interface Place {
        long at(int row, int column);
    }

    private static BlockMover vectors(int shift) {
        MoveSpec spec = new MoveSpec(shift, Math.max(Long.SIZE, Simd.laneBits()));
        return Simd.isOn() && spec.isWorthwhile()
                ? Templates.define(MethodHandles.lookup(), MoveLoop.class, spec, BlockMover.class)
                : null;
    }

    private MemorySegment randomBytes(long bytes) {
        byte[] content = new byte[(int) bytes];
        random.nextBytes(content);
        MemorySegment segment = Arena.ofAuto().allocate(bytes, 64);
        MemorySegment.copy(content, 0, segment, ValueLayout.JAVA_BYTE, 0, content.length);
        return segment;
    }

    private void check(
            MemorySegment from, Place source, MemorySegment to, Place target, int shift, int rows, int columns) {
        byte[] expected = new byte[(int) to.byteSize()];
        Arrays.fill(expected, UNTOUCHED);
        int size = 1 << shift;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                for (int i = 0; i < size; i++) {
                    byte value = from.get(ValueLayout.JAVA_BYTE, source.at(row, column) + i);
                    expected[(int) target.at(row, column) + i] = value;
                }
            }
        }
        MemorySegment all = MemorySegment.ofArray(expected);
        assertEquals(-1, all.mismatch(to), "first wrong byte of " + size + "-byte elements " + rows + " x " + columns);
        checked++;
    }

    private static MemorySegment result(long bytes) {
        return Arena.ofAuto().allocate(bytes, 64).fill(UNTOUCHED);
    }

    private void checkAll(BlockMover mover, int shift) {
        int size = 1 << shift;
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                for (int gap = 0; gap <= GAP; gap += GAP) {
                    long pitch = (long) (columns + gap) * size;
                    long step = (long) (rows + gap) * size;
                    MemorySegment from = randomBytes(columns * step);
                    MemorySegment to = result(rows * pitch);
                    mover.transpose(from, 0, step, to, 0, pitch, rows, columns);
                    check(
                            from,
                            (r, c) -> c * step + (long) r * size,
                            to,
                            (r, c) -> r * pitch + (long) c * size,
                            shift,
                            rows,
                            columns);

                    long wide = (long) (columns + 2) * size;
                    MemorySegment lines = randomBytes((rows - 1) * wide + (long) columns * size);
                    MemorySegment copy = result(rows * pitch);
                    mover.rows(lines, 0, wide, copy, 0, pitch, rows, columns);
                    check(
                            lines,
                            (r, c) -> r * wide + (long) c * size,
                            copy,
                            (r, c) -> r * pitch + (long) c * size,
                            shift,
                            rows,
                            columns);
                }
                long down = 2L * size;
                MemorySegment column = randomBytes(rows * down);
                MemorySegment wide = result((long) rows * columns * size);
                mover.spread(column, 0, down, wide, 0, rows, columns);
                check(
                        column,
                        (r, c) -> r * down,
                        wide,
                        (r, c) -> (long) (r * columns + c) * size,
                        shift,
                        rows,
                        columns);
            }
        }
    }

    @Test
    void scalarMoversDoWhatTheySay() {
        for (int shift = 0; shift < 4; shift++) {
            checkAll(ScalarMover.of(shift), shift);
        }
        assertTrue(checked > 4000, "checked " + checked);
    }

    @Test
    void vectorMoversDoTheSame() {
        assumeTrue(Simd.isOn(), "vectors are off");
        for (int shift = 0; shift < 4; shift++) {
            BlockMover mover = vectors(shift);
            if (mover != null) {
                checkAll(mover, shift);
            }
        }
        assertTrue(checked > 3000, "checked " + checked);
    }

    @Test
    void backwardRowsAreNotReadBeyond() {
        for (int shift = 0; shift < 4; shift++) {
            BlockMover mover = vectors(shift) == null ? ScalarMover.of(shift) : vectors(shift);
            int size = 1 << shift;
            MemorySegment from = randomBytes(40L * 3 * size);
            MemorySegment to = result(40L * 3 * size);
            long last = 39L * 3 * size;
            long step = -3L * size;
            mover.rows(from, last, step, to, 0, 3L * size, 40, 3);
            check(from, (r, c) -> last + r * step + (long) c * size, to, (r, c) -> (r * 3L + c) * size, shift, 40, 3);
        }
    }
}
