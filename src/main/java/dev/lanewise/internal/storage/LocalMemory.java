package dev.lanewise.internal.storage;

import dev.lanewise.DType;

/** What a thread has for itself: its stack of scopes and the slab that it cuts small storages from. */
final class LocalMemory {
    private static final ThreadLocal<LocalMemory> LOCAL = ThreadLocal.withInitial(LocalMemory::new);

    /**
     * Bytes of the largest storage that comes from a slab. None does in a virtual thread, of which there may be too
     * many to give each a slab, and none while creation sites are traced, because only claims are listed.
     */
    final int largestSmall = Trace.ON || Thread.currentThread().isVirtual() ? -1 : Slab.LARGEST;

    private StorageScope scope;
    private Slab slab;
    private Slab spare;

    static LocalMemory current() {
        return LOCAL.get();
    }

    /** The innermost open scope, or null. */
    StorageScope scope() {
        return scope;
    }

    void setScope(StorageScope scope) {
        this.scope = scope;
    }

    /** The slab that is in use, or null. */
    Slab slab() {
        return slab;
    }

    /** A storage of at most {@link #largestSmall} bytes. */
    Storage allocateSmall(DType dtype, long numel, int bytes) {
        Slab from = slab;
        int offset = from == null ? -1 : from.bump(bytes);
        if (offset >= 0) {
            return new Storage(from.segment, offset, dtype, numel, scope, from);
        }
        nextSlab();
        return allocateSmall(dtype, numel, bytes);
    }

    /** Leaves a full slab to its scope or to the collector; a spare one may be full too, a new one is not. */
    private void nextSlab() {
        Slab next = spare;
        spare = null;
        if (next == null) {
            next = new Slab(Allocator.obtain(Slab.BYTES, null, 0));
        }
        if (scope != null && slab != null) {
            scope.leave(slab);
        }
        slab = next;
    }

    /** Goes back to where a scope began: at a position of a slab, or before there was one. */
    void rewind(Slab start, int position) {
        Slab last = slab;
        if (start == null || last == start) {
            if (last != null) {
                last.rewind(position);
            }
            return;
        }
        start.rewind(position);
        slab = start;
        last.rewind(0);
        if (spare == null) {
            spare = last;
        } else {
            last.giveUp();
        }
    }
}
