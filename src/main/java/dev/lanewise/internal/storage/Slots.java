package dev.lanewise.internal.storage;

import java.util.BitSet;

/** Which 64-byte slots of a slab must survive when the slab is used again from an earlier position. */
final class Slots {
    private final int count;
    private final BitSet taken;

    Slots(int bytes) {
        count = bytes / Storage.ALIGNMENT;
        taken = new BitSet(count);
    }

    synchronized void take(int offset, int bytes) {
        taken.set(offset / Storage.ALIGNMENT, slotAfter(offset + bytes));
    }

    synchronized void free(int offset, int bytes) {
        taken.clear(offset / Storage.ALIGNMENT, slotAfter(offset + bytes));
    }

    synchronized boolean isEmpty() {
        return taken.isEmpty();
    }

    /** The first offset at or after the given one where that many bytes are free, or -1. */
    synchronized int gap(int offset, int bytes) {
        int needed = slotAfter(bytes);
        int start = taken.nextClearBit(offset / Storage.ALIGNMENT);
        while (start + needed <= count) {
            int end = taken.nextSetBit(start);
            if (end < 0 || end - start >= needed) {
                return start * Storage.ALIGNMENT;
            }
            start = taken.nextClearBit(end);
        }
        return -1;
    }

    /** The offset where the gap that begins at the given offset ends. */
    synchronized int gapEnd(int offset) {
        int end = taken.nextSetBit(offset / Storage.ALIGNMENT);
        return (end < 0 ? count : end) * Storage.ALIGNMENT;
    }

    private static int slotAfter(int bytes) {
        return (bytes + Storage.ALIGNMENT - 1) / Storage.ALIGNMENT;
    }
}
