package dev.lanewise.internal.storage;

/** A part of a chunk: the unit that the pool hands out and takes back. */
final class Block {
    final Chunk chunk;
    final int offset;
    final long size;

    /** True until the block is first handed out and returned: its bytes are zero. */
    boolean fresh = true;

    /** The next block in the free list that this one is in. */
    Block next;

    Block(Chunk chunk, int offset, long size) {
        this.chunk = chunk;
        this.offset = offset;
        this.size = size;
    }
}
