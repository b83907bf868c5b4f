package dev.lanewise.internal.storage;

import dev.lanewise.DType;

/** The claim of one large storage, or of one slab, on a block of the pool. */
final class Lease extends Claim implements Home {
    final Block block;

    /** The slots of the slab that holds the block, or null when a storage holds it. */
    final Slots slots;

    private final DType dtype;
    private final long numel;
    private final String site;
    private volatile boolean exported;

    private Lease(Object holder, Block block, Slots slots, DType dtype, long numel, String site) {
        super(holder);
        this.block = block;
        this.slots = slots;
        this.dtype = dtype;
        this.numel = numel;
        this.site = site;
    }

    static Lease of(Storage holder, Block block, String site) {
        return new Lease(holder, block, null, holder.dtype(), holder.numel(), site);
    }

    static Lease of(Slab holder, Block block, Slots slots) {
        return new Lease(holder, block, slots, null, 0, null);
    }

    @Override
    void giveBack() {
        block.fresh = false;
        if (exported) {
            BlockPool.lose(block);
        } else {
            BlockPool.put(block);
        }
    }

    /** From now on the block never goes back to the pool; the JDK frees it once the user holds no segment of it. */
    void export() {
        exported = true;
    }

    /** What holds the block, for messages: a storage's dtype and size, or a slab. */
    String holder() {
        return slots != null ? "slab of small storages" : dtype.shortName() + "[" + numel + "]";
    }

    /** Where the storage was created, or null when that is not traced. */
    String site() {
        return site;
    }

    @Override
    public void close() {
        release();
    }

    @Override
    public void export(Storage storage) {
        export();
    }

    @Override
    public Home moveTo(Storage storage, StorageScope target) {
        moveTo(target);
        return this;
    }
}
