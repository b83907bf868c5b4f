package dev.lanewise.internal.simd;

import dev.lanewise.internal.random.Mt19937;
import dev.lanewise.internal.random.WordLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector form of {@link WordLoops}, the same operations in the same order; a template, see {@link LaneLoop}.
 */
final class RandomLoop implements WordLoops {
    private static final VectorSpecies<Integer> S =
            VectorSpecies.of(int.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final VectorSpecies<Float> FS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final Class<?> INTS = S.vectorType();
    private static final Class<?> FLOATS = FS.vectorType();
    private static final int LANES = S.length();

    private static final int WORDS = Mt19937.WORDS;
    private static final int SHIFT = 397;

    private final NormalKernel normals;

    RandomLoop(NormalKernel normals) {
        this.normals = normals;
    }

    @Override
    public void twist(int[] state) {
        int i = 0;
        for (; i <= WORDS - SHIFT - LANES; i += LANES) {
            step(state, i, i + SHIFT);
        }
        for (; i < WORDS - SHIFT; i++) {
            single(state, i, i + 1, i + SHIFT);
        }
        for (; i <= WORDS - 1 - LANES; i += LANES) {
            step(state, i, i + SHIFT - WORDS);
        }
        for (; i < WORDS - 1; i++) {
            single(state, i, i + 1, i + SHIFT - WORDS);
        }
        single(state, WORDS - 1, 0, SHIFT - 1);
    }

    private static void step(int[] state, int i, int other) {
        IntVector high = load(state, i).lanewise(VectorOperators.AND, 0x80000000);
        IntVector joined = high.or(load(state, i + 1).lanewise(VectorOperators.AND, 0x7fffffff));
        IntVector odd = joined.lanewise(VectorOperators.AND, 1).neg().lanewise(VectorOperators.AND, 0x9908b0df);
        IntVector half = joined.lanewise(VectorOperators.LSHR, 1);
        IntVector next = load(state, other).lanewise(VectorOperators.XOR, half.lanewise(VectorOperators.XOR, odd));
        ((IntVector) INTS.cast(next)).intoArray(state, i);
    }

    private static void single(int[] state, int i, int following, int other) {
        int joined = (state[i] & 0x80000000) | (state[following] & 0x7fffffff);
        state[i] = state[other] ^ (joined >>> 1) ^ (-(joined & 1) & 0x9908b0df);
    }

    @Override
    public void temper(int[] state, int from, int[] out, int at, int n) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            IntVector y = load(state, from + i);
            y = y.lanewise(VectorOperators.XOR, y.lanewise(VectorOperators.LSHR, 11));
            IntVector left = y.lanewise(VectorOperators.LSHL, 7);
            y = y.lanewise(VectorOperators.XOR, left.lanewise(VectorOperators.AND, 0x9d2c5680));
            left = y.lanewise(VectorOperators.LSHL, 15);
            y = y.lanewise(VectorOperators.XOR, left.lanewise(VectorOperators.AND, 0xefc60000));
            y = y.lanewise(VectorOperators.XOR, y.lanewise(VectorOperators.LSHR, 18));
            ((IntVector) INTS.cast(y)).intoArray(out, at + i);
        }
        for (; i < n; i++) {
            int y = state[from + i];
            y ^= y >>> 11;
            y ^= (y << 7) & 0x9d2c5680;
            y ^= (y << 15) & 0xefc60000;
            out[at + i] = y ^ (y >>> 18);
        }
    }

    @Override
    public void uniforms(int[] words, float[] out, int n, int mask, float unit, float range, float low) {
        FloatVector start = FloatVector.broadcast(FS, low);
        FloatVector width = FloatVector.broadcast(FS, range);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            IntVector bits = load(words, i).lanewise(VectorOperators.AND, mask);
            FloatVector x = (FloatVector) bits.convertShape(VectorOperators.I2F, FS, 0);
            FloatVector scaled = x.mul(unit).lanewise(VectorOperators.FMA, width, start);
            ((FloatVector) FLOATS.cast(scaled)).intoArray(out, i);
        }
        for (; i < n; i++) {
            out[i] = Math.fma((words[i] & mask) * unit, range, low);
        }
    }

    @Override
    public void normals(float[] d, int n, float mean, float std) {
        normals.run(d, n, mean, std);
    }

    private static IntVector load(int[] from, int at) {
        return (IntVector) INTS.cast(IntVector.fromArray(S, from, at));
    }
}
