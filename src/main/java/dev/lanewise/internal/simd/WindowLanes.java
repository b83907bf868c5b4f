package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.WindowLoops;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector form of the loops of pools: the entry, which loads and works without the Vector API. */
public final class WindowLanes {
    private static final Slot SLOT = new Slot();

    private WindowLanes() {}

    /** The loops, or null while they are cold or where vectors are off. */
    public static WindowLoops get() {
        return SLOT.get();
    }

    static final class Slot extends WarmSlot<WindowLoops> {
        private static final int N = 256;
        private static final int[] COUNTS = {4, 9};

        private final float[] in = new float[2 * N + 64];
        private final float[] out = new float[2 * N + 64];
        private final int[] positions = new int[N + 64];
        private final int[] steps = new int[N + 64];
        private final int[] offsets = {0, 1, 16, 17, 3, 4, 5, 20, 21};

        Slot() {
            super("windows float32");
        }

        @Override
        WindowLoops copy() {
            return Templates.define(MethodHandles.lookup(), WindowLoop.class, Simd.laneBits(), WindowLoops.class);
        }

        @Override
        public void call(MemorySegment memory, int round) {
            int count = COUNTS[round & 1];
            boolean tiny = round < SHORT;
            int n = tiny ? 16 << (round & 1) : (round & 2) == 0 ? N : 16;
            WindowLoops loops = candidate();
            loops.split(n, in, out, 0, N + 32);
            loops.max(n, in, round & 7, offsets, count, out, 0);
            loops.maxAt(n, in, round & 7, offsets, offsets, count, steps, steps, 1, out, positions, 0);
            loops.sum(n, in, round & 7, offsets, count, out, 0);
        }
    }
}
