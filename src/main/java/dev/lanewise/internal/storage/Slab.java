package dev.lanewise.internal.storage;

import java.lang.foreign.MemorySegment;

/**
 * A block that one thread cuts small storages from, one after the other.
 *
 * <p>The storages refer to the slab, and the slab alone is watched by a phantom reference, so that a small storage
 * costs the collector nothing. When a scope closes, its thread goes on from where the scope began, around the slots
 * that were kept or exported.
 */
final class Slab implements Home {
    /** Bytes of a slab. */
    static final int BYTES = 256 << 10;

    /** Bytes of the largest storage that comes from a slab. */
    static final int LARGEST = 512;

    final MemorySegment segment;
    final Lease lease;
    private final int base;
    private final Slots slots = new Slots(BYTES);

    /** The next free position; used by the slab's thread only. */
    private int next;

    /** Where the gap that {@link #next} is in ends. */
    private int end = BYTES;

    Slab(Block block) {
        segment = block.chunk.segment;
        base = block.offset;
        lease = Lease.of(this, block, slots);
        lease.hold();
    }

    /** The offset in the segment of that many fresh bytes, aligned, or -1 when the slab is full. */
    int bump(int bytes) {
        int at = next;
        int to = at + ((bytes + Storage.ALIGNMENT - 1) & -Storage.ALIGNMENT);
        if (to > end) {
            return bumpInNextGap(bytes);
        }
        next = to;
        return base + at;
    }

    private int bumpInNextGap(int bytes) {
        int at = slots.gap(next, bytes);
        if (at < 0) {
            return -1;
        }
        end = slots.gapEnd(at);
        next = at;
        return bump(bytes);
    }

    int position() {
        return next;
    }

    /** Goes back to an earlier position; what was kept after it stays as it is. */
    void rewind(int position) {
        next = position;
        end = position;
    }

    /** Gives the block back now if nothing in it was kept; otherwise the collector will. */
    void giveUp() {
        if (slots.isEmpty()) {
            lease.release();
        }
    }

    void take(Storage storage) {
        slots.take((int) storage.byteOffset() - base, (int) storage.byteSize());
    }

    void free(int byteOffset, int bytes) {
        slots.free(byteOffset - base, bytes);
    }

    @Override
    public void close() {}

    @Override
    public void export(Storage storage) {
        take(storage);
        lease.export();
    }

    @Override
    public Home moveTo(Storage storage, StorageScope target) {
        take(storage);
        Kept kept = new Kept(storage, this);
        kept.hold();
        kept.moveTo(target);
        return kept;
    }
}
