package dev.lanewise.internal.storage;

/** The claim of a small storage that was kept beyond its scope on its slots of a slab. */
final class Kept extends Claim implements Home {
    private final Slab slab;
    private final int byteOffset;
    private final int bytes;
    private volatile boolean exported;

    Kept(Storage holder, Slab slab) {
        super(holder);
        this.slab = slab;
        this.byteOffset = (int) holder.byteOffset();
        this.bytes = (int) holder.byteSize();
    }

    @Override
    void giveBack() {
        if (!exported) {
            slab.free(byteOffset, bytes);
        }
    }

    @Override
    public void close() {
        release();
    }

    @Override
    public void export(Storage storage) {
        exported = true;
        slab.lease.export();
    }

    @Override
    public Home moveTo(Storage storage, StorageScope target) {
        moveTo(target);
        return this;
    }
}
