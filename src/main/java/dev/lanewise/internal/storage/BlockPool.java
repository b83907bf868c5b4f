package dev.lanewise.internal.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * Free blocks by size class, in stripes: a thread uses the stripe of its id, and others' only when its own has nothing.
 *
 * <p>Reused memory has no page faults, which cost more than the arithmetic of a large result. Each stripe has one lock,
 * nearly always free.
 */
final class BlockPool {
    private static final Stripe[] STRIPES = stripes();

    private BlockPool() {}

    private static Stripe[] stripes() {
        int wanted = Math.min(16, Runtime.getRuntime().availableProcessors());
        Stripe[] stripes = new Stripe[Integer.highestOneBit(2 * wanted - 1)];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new Stripe();
        }
        return stripes;
    }

    /** A free block of exactly the given block size, or null. */
    static Block take(long size) {
        int index = SizeClass.index(size);
        int own = ownStripe();
        for (int i = 0; i < STRIPES.length; i++) {
            Block block = STRIPES[(own + i) & (STRIPES.length - 1)].pop(index, true);
            if (block != null) {
                return block;
            }
        }
        return null;
    }

    /** A free block larger than the given size and of at most {@code most} bytes, or null. */
    static Block takeLarger(long size, long most) {
        for (long larger = SizeClass.roundUp(size + 1); larger <= most; larger = SizeClass.roundUp(larger + 1)) {
            Block block = take(larger);
            if (block != null) {
                return block;
            }
        }
        return null;
    }

    /** Takes a block back for reuse. */
    static void put(Block block) {
        STRIPES[ownStripe()].push(block, SizeClass.index(block.size), block.size);
    }

    /** Takes a block out of use for good. */
    static void lose(Block block) {
        block.chunk.lose();
        STRIPES[ownStripe()].countLive(-block.size);
    }

    /** Divides a new chunk into blocks, pools all but the first and hands that out. */
    static Block split(Chunk chunk, long blockSize) {
        Stripe stripe = STRIPES[ownStripe()];
        for (int part = 1; part < chunk.parts; part++) {
            stripe.push(new Block(chunk, (int) (part * blockSize), blockSize), SizeClass.index(blockSize), 0);
        }
        stripe.countLive(blockSize);
        return new Block(chunk, 0, blockSize);
    }

    /** Bytes of the blocks that are handed out. */
    static long liveBytes() {
        long sum = 0;
        for (Stripe stripe : STRIPES) {
            sum += stripe.liveBytes();
        }
        return sum;
    }

    /** Bytes of the blocks that are free. */
    static long freeBytes() {
        long sum = 0;
        for (Stripe stripe : STRIPES) {
            sum += stripe.freeBytes();
        }
        return sum;
    }

    /**
     * Drops free blocks, large ones first, until at least that many bytes are dropped or none is left. The memory is
     * free once the collector has seen that the chunks are unreachable.
     */
    static void trim(long bytes) {
        long left = bytes;
        for (int index = SizeClass.COUNT - 1; index > SizeClass.index(SizeClass.LARGEST_SHARED) && left > 0; index--) {
            for (Stripe stripe : STRIPES) {
                Block block = left > 0 ? stripe.pop(index, false) : null;
                while (block != null) {
                    left -= block.size;
                    block = left > 0 ? stripe.pop(index, false) : null;
                }
            }
        }
        if (left > 0) {
            trimShared();
        }
    }

    /** Drops the small blocks of those chunks of which no block is in use. */
    private static synchronized void trimShared() {
        List<Block> free = new ArrayList<>();
        for (int index = 0; index <= SizeClass.index(SizeClass.LARGEST_SHARED); index++) {
            for (Stripe stripe : STRIPES) {
                for (Block block = stripe.pop(index, false); block != null; block = stripe.pop(index, false)) {
                    free.add(block);
                    block.chunk.seen++;
                }
            }
        }
        List<Block> stay =
                free.stream().filter(block -> !block.chunk.isAllSeen()).toList();
        for (Block block : stay) {
            block.chunk.seen = 0;
        }
        for (Block block : stay) {
            STRIPES[ownStripe()].push(block, SizeClass.index(block.size), 0);
        }
    }

    private static int ownStripe() {
        return (int) Thread.currentThread().threadId() & (STRIPES.length - 1);
    }

    private static final class Stripe {
        private final Block[] first = new Block[SizeClass.COUNT];
        private long freeBytes;

        /** Bytes handed out less bytes taken back here; the sum over all stripes is what is handed out. */
        private long liveBytes;

        synchronized Block pop(int index, boolean handOut) {
            Block block = first[index];
            if (block != null) {
                first[index] = block.next;
                block.next = null;
                freeBytes -= block.size;
                liveBytes += handOut ? block.size : 0;
            }
            return block;
        }

        synchronized void push(Block block, int index, long bytesTakenBack) {
            block.next = first[index];
            first[index] = block;
            freeBytes += block.size;
            liveBytes -= bytesTakenBack;
        }

        synchronized void countLive(long bytes) {
            liveBytes += bytes;
        }

        synchronized long freeBytes() {
            return freeBytes;
        }

        synchronized long liveBytes() {
            return liveBytes;
        }
    }
}
