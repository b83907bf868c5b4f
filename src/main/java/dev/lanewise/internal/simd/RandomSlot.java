package dev.lanewise.internal.simd;

import dev.lanewise.internal.random.Mt19937;
import dev.lanewise.internal.random.WordLoops;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector loops of random fills, once they are warm. */
final class RandomSlot extends WarmSlot<WordLoops> {
    private static final int MOST = 1024;
    private static final int[] SIZES = {16, 176, 624, MOST};

    private final int[] state = new Mt19937(0).words();
    private final int[] words = new int[MOST];
    private final float[] values = new float[MOST];

    RandomSlot() {
        super("random float32");
    }

    @Override
    WordLoops copy() {
        MethodHandles.Lookup here = MethodHandles.lookup();
        NormalKernel normals = Templates.define(here, NormalLoop.class, null, NormalKernel.class);
        return Templates.defineWith(here, RandomLoop.class, NormalKernel.class, normals, WordLoops.class);
    }

    @Override
    public void call(MemorySegment memory, int round) {
        boolean tiny = round < SHORT;
        int n = tiny ? SIZES[0] << (round & 1) : SIZES[round & 3];
        WordLoops loops = candidate();
        // There is no less of a twist than all of it.
        if (!tiny || (round & 7) == 0) {
            loops.twist(state);
        }
        loops.temper(state, 0, words, 0, Math.min(n, Mt19937.WORDS));
        loops.uniforms(words, values, n, (1 << 24) - 1, 0x1p-24f, 1, 0);
        loops.normals(values, n, 0, 1);
    }
}
