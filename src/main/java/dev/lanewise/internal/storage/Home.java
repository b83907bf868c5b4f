package dev.lanewise.internal.storage;

/** Where the memory of a storage belongs: a block of its own, a slab, a kept slot of a slab, or foreign memory. */
interface Home {
    /** Memory that somebody else allocated and frees. */
    Home FOREIGN = new Home() {
        @Override
        public void close() {}

        @Override
        public void export(Storage storage) {}

        @Override
        public Home moveTo(Storage storage, StorageScope target) {
            return this;
        }
    };

    /** Gives the storage's memory back as far as that is possible at once. */
    void close();

    /** Sees to it that the storage's bytes are never used for another storage. */
    void export(Storage storage);

    /** Makes another scope, or with null the collector, responsible; returns the storage's home from then on. */
    Home moveTo(Storage storage, StorageScope target);
}
