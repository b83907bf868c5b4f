package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.MemorySegment;

/** Heap arrays for positions read from INT64 tensors and the byte offsets made of them, a strip at a time. */
final class PositionStrip {
    /** Elements of a strip: three arrays of 8 bytes stay in the first-level cache. */
    static final int SIZE = 1024;

    private static final ScratchPool<PositionStrip> POOL = new ScratchPool<>(PositionStrip::new);

    final long[] positions = new long[SIZE];
    final long[] sources = new long[SIZE];
    final long[] targets = new long[SIZE];

    private PositionStrip() {}

    /** A strip of any content, to be given back. */
    static PositionStrip take() {
        return POOL.take();
    }

    void giveBack() {
        POOL.give(this);
    }

    /** Reads {@code n} positions, step in bytes. */
    void load(Operand index, long offset, long step, int n) {
        long at = index.byteOffset() + offset;
        MemorySegment memory = index.segment();
        if (step == Long.BYTES) {
            MemorySegment.copy(memory, JAVA_LONG_UNALIGNED, at, positions, 0, n);
        } else {
            for (int i = 0; i < n; i++) {
                positions[i] = memory.get(JAVA_LONG_UNALIGNED, at + i * step);
            }
        }
    }

    /** Reads the {@code n} positions at the byte offsets in an array. */
    void load(Operand index, long[] offsets, int n) {
        MemorySegment memory = index.segment();
        long at = index.byteOffset();
        for (int i = 0; i < n; i++) {
            positions[i] = memory.get(JAVA_LONG_UNALIGNED, at + offsets[i]);
        }
    }

    /** Writes {@code n} positions, step in bytes. */
    void store(Operand out, long offset, long step, int n) {
        long at = out.byteOffset() + offset;
        if (step == Long.BYTES) {
            MemorySegment.copy(positions, 0, out.segment(), JAVA_LONG_UNALIGNED, at, n);
        } else {
            for (int i = 0; i < n; i++) {
                out.segment().set(JAVA_LONG_UNALIGNED, at + i * step, positions[i]);
            }
        }
    }

    /** True if one of {@code n} positions is not in {@code [least, size)}. */
    boolean anyOutside(int n, long least, long size) {
        long signs = 0;
        for (int i = 0; i < n; i++) {
            signs |= positions[i] - least | size - 1 - positions[i];
        }
        return signs < 0;
    }

    /** Adds {@code position * step} to each of {@code n} offsets. */
    void addTo(long[] offsets, int n, long step) {
        for (int i = 0; i < n; i++) {
            offsets[i] += positions[i] * step;
        }
    }

    /** Adds {@code position * step} to {@code n} offsets in memory, positions below 0 counted from the end of a size. */
    void locate(Operand offsets, long offset, long offsetStep, int n, long size, long step) {
        for (int i = 0; i < n; i++) {
            long position = positions[i];
            sources[i] = (position + (position >> 63 & size)) * step;
        }
        load(offsets, offset, offsetStep, n);
        for (int i = 0; i < n; i++) {
            positions[i] += sources[i];
        }
        store(offsets, offset, offsetStep, n);
    }

    /** Fills an array with {@code first}, {@code first + step}, and so on. */
    static void line(long[] offsets, int n, long first, long step) {
        for (int i = 0; i < n; i++) {
            offsets[i] = first + i * step;
        }
    }
}
