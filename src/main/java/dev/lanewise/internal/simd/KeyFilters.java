package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.KeyFilter;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** Gives the filter of keys: with vectors once it is warm, else without. */
public final class KeyFilters {
    private static final Slot SLOT = new Slot();

    private KeyFilters() {}

    /** The filter to use now. */
    public static KeyFilter current() {
        KeyFilter vectors = SLOT.get();
        return vectors == null ? KeyFilter.SCALAR : vectors;
    }

    static final class Slot extends WarmSlot<KeyFilter> {
        private static final int MOST = 1024;
        private static final int STEP = 37;
        private static final int WANTED = 8;

        private final int[] keys = new int[MOST];
        private final int[] found = new int[MOST];

        Slot() {
            super("filter of keys");
            for (int i = 0; i < MOST; i++) {
                keys[i] = i * STEP % MOST;
            }
        }

        @Override
        KeyFilter copy() {
            return Templates.define(MethodHandles.lookup(), KeyFilterLoop.class, null, KeyFilter.class);
        }

        @Override
        public void call(MemorySegment memory, int round) {
            int n = round < SHORT ? KeyFilter.PADDING << (round & 1) : (round & 1) == 0 ? MOST : MOST / 2;
            int bound = candidate().bound(keys, n, WANTED);
            candidate().below(keys, n, bound + 1, found);
        }
    }
}
