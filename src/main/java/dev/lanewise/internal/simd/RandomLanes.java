package dev.lanewise.internal.simd;

import dev.lanewise.internal.random.WordLoops;

/** The vector form of the loops of random fills: the entry, which loads and works without the Vector API. */
public final class RandomLanes {
    private static final RandomSlot SLOT = new RandomSlot();

    private RandomLanes() {}

    /** The loops, or null while they are cold or where vectors are off. */
    public static WordLoops get() {
        return SLOT.get();
    }
}
