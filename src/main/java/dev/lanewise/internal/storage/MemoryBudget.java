package dev.lanewise.internal.storage;

import dev.lanewise.MemoryException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much off-heap memory the library may take from the system, and how much it has taken.
 *
 * <p>The limit is {@code -Dlanewise.memory} (bytes, or with a suffix k, m or g), else what the JVM allows for direct
 * memory ({@code -XX:MaxDirectMemorySize}, else {@code -Xmx}) but at most three quarters of the machine's memory.
 * Wrapped memory does not count.
 */
public final class MemoryBudget {
    private static final AtomicLong RESERVED = new AtomicLong();
    private static final AtomicLong PEAK = new AtomicLong();
    private static final AtomicLong SYSTEM_ALLOCATIONS = new AtomicLong();
    private static final AtomicLong COLLECTIONS = new AtomicLong();

    /** 0 until it is first asked for. */
    private static volatile long limit;

    private static volatile boolean collectorDeaf;

    private MemoryBudget() {}

    /** Bytes that may be taken from the system. */
    public static long limit() {
        long bytes = limit;
        if (bytes == 0) {
            bytes = MachineMemory.initialLimit();
            limit = bytes;
        }
        return bytes;
    }

    /**
     * Sets the limit in bytes, which must be positive; what the pool holds is freed if that is needed to get below it.
     */
    public static void setLimit(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("setLimit: a memory budget must be positive, got " + bytes + ".");
        }
        limit = bytes;
        if (reservedBytes() > bytes) {
            Allocator.shrink();
        }
    }

    /** Gives all memory that is not in use back to the system; runs the collector. */
    public static void trim() {
        Allocator.shrink();
    }

    /** Bytes of the blocks that storages and slabs hold, rounded up to block sizes; slabs count as a whole. */
    public static long liveBytes() {
        return BlockPool.liveBytes();
    }

    /** The largest value of {@link #reservedBytes()} so far. */
    public static long peakBytes() {
        return PEAK.get();
    }

    /** Bytes of free blocks that wait for their next use. */
    public static long pooledBytes() {
        return BlockPool.freeBytes();
    }

    /**
     * Bytes taken from the system: live, pooled, exported ones that users still hold, and trimmed ones not yet freed.
     */
    public static long reservedBytes() {
        return RESERVED.get();
    }

    /** How often memory was taken from the system. */
    public static long systemAllocations() {
        return SYSTEM_ALLOCATIONS.get();
    }

    /** How often the allocator ran the collector. */
    public static long collections() {
        return COLLECTIONS.get();
    }

    /** One line with all of these numbers. */
    public static String describe() {
        return "memory budget " + Holders.text(limit()) + ", reserved " + Holders.text(reservedBytes()) + " (peak "
                + Holders.text(peakBytes()) + "), live " + Holders.text(liveBytes()) + ", pooled "
                + Holders.text(pooledBytes()) + ", " + systemAllocations() + " system allocations, " + collections()
                + " collections";
    }

    /**
     * What holds memory now, the largest first, one line for each kind; with {@code -Dlanewise.scopes=trace} each site.
     */
    public static String leakReport() {
        return Holders.report();
    }

    /** Counts bytes as reserved if the limit allows that. */
    static boolean tryReserve(long bytes) {
        long most = limit() - bytes;
        long reserved = RESERVED.get();
        while (reserved <= most) {
            if (RESERVED.compareAndSet(reserved, reserved + bytes)) {
                SYSTEM_ALLOCATIONS.incrementAndGet();
                PEAK.accumulateAndGet(reserved + bytes, Math::max);
                return true;
            }
            reserved = RESERVED.get();
        }
        return false;
    }

    static void unreserve(long bytes) {
        RESERVED.addAndGet(-bytes);
    }

    static void countCollection(boolean happened) {
        COLLECTIONS.incrementAndGet();
        collectorDeaf = !happened;
    }

    /** The error for a request that could not be met. */
    static MemoryException exhausted(String request, long bytes) {
        String gcHint = collectorDeaf ? " System.gc() seems to do nothing: remove -XX:+DisableExplicitGC." : "";
        return new MemoryException("allocate: the memory budget must not be exceeded, expected at most "
                + Holders.text(limit()) + ", got a request of " + Holders.text(bytes) + " with "
                + Holders.text(liveBytes()) + " live and " + Holders.text(reservedBytes()) + " reserved [request: "
                + request + ", largest holders: " + Holders.largest() + "]."
                + " Free tensors with a Scope or close(), or raise -Dlanewise.memory together with"
                + " -XX:MaxDirectMemorySize, which is -Xmx unless it is set." + gcHint);
    }
}
