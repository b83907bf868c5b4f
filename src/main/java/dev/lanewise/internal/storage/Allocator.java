package dev.lanewise.internal.storage;

import dev.lanewise.DType;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gets a block: from the pool, else from the collector, else from the system.
 *
 * <p>The JVM runs its collector by the heap, where a gigabyte of tensors is a few small objects; so it is decided here.
 * Memory that was handed out since the last collection may be garbage. When the pool has no block and there is more of
 * such memory than some slack, the collector runs before the system is asked. While collections take more than a
 * twentieth of the time, the slack doubles each time they have taken as long as the system will take for that much new
 * memory, whose first touch costs 0.3-3 µs per KB; it shrinks again when collections are rare.
 */
final class Allocator {
    private static final long LARGEST_FLOOR = 64L << 20;
    private static final long SMALLEST_FLOOR = 1L << 20;
    private static final int MOST_DOUBLINGS = 8;
    private static final int ATTEMPTS = 5;

    private static final ReentrantLock COLLECTING = new ReentrantLock();
    private static volatile long liveAfterCollection;
    private static volatile int doublings;
    private static long lastEnd = System.nanoTime();
    /** Nanoseconds of frequent collections since the slack grew last. */
    private static long collectingSinceGrowth;

    /** What new memory has cost lately, in nanoseconds per byte; threads may overwrite each other's measurement. */
    private static volatile double systemCost;

    private Allocator() {}

    /**
     * A block of at least that many bytes, for a storage of the given dtype and size, or with null for a slab.
     *
     * <p>Errors: {@link dev.lanewise.MemoryException}.
     */
    static Block obtain(long bytes, DType dtype, long numel) {
        if (Claim.isSweepDue()) {
            Claim.sweep();
        }
        long size = SizeClass.roundUp(bytes);
        Block block = BlockPool.take(size);
        if (block == null && mayBeGarbage() > slack() && COLLECTING.tryLock()) {
            try {
                collect();
            } finally {
                COLLECTING.unlock();
            }
            block = BlockPool.take(size);
        }
        if (block == null && size > SizeClass.LARGEST_SHARED) {
            block = BlockPool.takeLarger(size, size + size / 4);
        }
        if (block == null) {
            block = fromSystem(size);
        }
        return block != null
                ? block
                : obtainUnderPressure(size, dtype == null ? "slab" : dtype.shortName() + "[" + numel + "]");
    }

    private static long mayBeGarbage() {
        return MemoryBudget.liveBytes() - liveAfterCollection;
    }

    private static long slack() {
        long limit = MemoryBudget.limit();
        long floor = Math.max(SMALLEST_FLOOR, Math.min(LARGEST_FLOOR, limit / 16));
        return Math.max(Math.min(floor << doublings, limit / 4), liveAfterCollection / 2);
    }

    /** A block of a new chunk, or null when the budget or the JDK's own limit does not allow it. */
    private static Block fromSystem(long size) {
        long bytes = Chunk.bytesFor(size);
        if (!MemoryBudget.tryReserve(bytes)) {
            return null;
        }
        try {
            long start = System.nanoTime();
            Chunk chunk = Chunk.allocate(size);
            double before = systemCost;
            systemCost = before + ((double) (System.nanoTime() - start) / bytes - before) / 8;
            return BlockPool.split(chunk, size);
        } catch (OutOfMemoryError e) {
            MemoryBudget.unreserve(bytes);
            if (String.valueOf(e.getMessage()).contains("heap space")) {
                throw e;
            }
            return null;
        }
    }

    /** Trims the pool and collects until a block is had. */
    private static Block obtainUnderPressure(long size, String request) {
        COLLECTING.lock();
        try {
            long bytes = Chunk.bytesFor(size);
            Block block = anyBlock(size);
            int attempt = 0;
            while (block == null && attempt < ATTEMPTS && bytes <= MemoryBudget.limit()) {
                long missing = MemoryBudget.reservedBytes() + bytes - MemoryBudget.limit();
                // When nothing is missing it was the JDK that refused, after a long wait and collections of its own.
                attempt = missing > 0 ? attempt + 1 : Math.max(attempt + 1, ATTEMPTS - 1);
                // When the pool is not what fills the budget, a first collection may well bring the right block back.
                if (attempt > 1 || BlockPool.freeBytes() >= missing) {
                    // More than is missing, so that the next blocks of this size need no collection.
                    BlockPool.trim(missing > 0 ? Math.max(missing, MemoryBudget.limit() / 8) : Long.MAX_VALUE);
                }
                collect();
                block = anyBlock(size);
            }
            if (block != null) {
                return block;
            }
        } finally {
            COLLECTING.unlock();
        }
        throw MemoryBudget.exhausted(request, size);
    }

    private static Block anyBlock(long size) {
        Block block = BlockPool.take(size);
        block = block != null ? block : BlockPool.takeLarger(size, 2 * size);
        return block != null ? block : fromSystem(size);
    }

    /** Drops the pool and collects, so that as little as possible is reserved. */
    static void shrink() {
        COLLECTING.lock();
        try {
            BlockPool.trim(Long.MAX_VALUE);
            collect();
        } finally {
            COLLECTING.unlock();
        }
    }

    /** Runs the collector and takes back what it finds; the caller holds the lock. */
    private static void collect() {
        long start = System.nanoTime();
        System.gc();
        MemoryBudget.countCollection(Claim.isSweepDue());
        Claim.sweep();
        liveAfterCollection = MemoryBudget.liveBytes();
        long end = System.nanoTime();
        long took = end - start;
        long sinceLast = start - lastEnd;
        lastEnd = end;
        if (sinceLast < 20 * took) {
            collectingSinceGrowth += took;
            if (collectingSinceGrowth > slack() * systemCost) {
                collectingSinceGrowth = 0;
                doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
            }
        } else if (sinceLast > 200 * took) {
            doublings = Math.max(doublings - 1, 0);
        }
    }
}
