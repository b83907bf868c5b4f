package dev.lanewise.internal.storage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory from the system, with an automatic arena of its own: one large block, or many equal small ones.
 *
 * <p>The JDK frees it when nothing reaches it: no block of it is in the pool or in use, and the user holds no segment
 * that was exported from it. Only then does it stop to count against the budget.
 */
final class Chunk {
    /** Bytes of a chunk that is divided into equal small blocks. */
    static final int SHARED_BYTES = 256 << 10;

    final MemorySegment segment;
    final int parts;

    /** Blocks that left for good because they were exported; guarded by this. */
    private int lost;

    /** Scratch of {@link BlockPool#trim}. */
    int seen;

    private Chunk(MemorySegment segment, int parts) {
        this.segment = segment;
        this.parts = parts;
    }

    /** Bytes that a chunk for blocks of the given size takes from the system. */
    static long bytesFor(long blockSize) {
        return blockSize <= SizeClass.LARGEST_SHARED ? SHARED_BYTES : blockSize;
    }

    /** A new zeroed chunk whose bytes are already counted as reserved; an OutOfMemoryError leaves them counted. */
    static Chunk allocate(long blockSize) {
        long bytes = bytesFor(blockSize);
        MemorySegment segment = Arena.ofAuto().allocate(bytes, Storage.ALIGNMENT);
        new Freed(segment.scope(), bytes).hold();
        return new Chunk(segment, (int) (bytes / blockSize));
    }

    synchronized void lose() {
        lost++;
    }

    /** True when all blocks that can still be used were seen by the trim that is under way. */
    synchronized boolean isAllSeen() {
        return seen + lost == parts;
    }

    /** Uncounts the memory after the JDK has found it unreachable. */
    private static final class Freed extends Claim {
        private final long bytes;

        Freed(Object arenaScope, long bytes) {
            super(arenaScope);
            this.bytes = bytes;
        }

        @Override
        void giveBack() {
            MemoryBudget.unreserve(bytes);
        }
    }
}
