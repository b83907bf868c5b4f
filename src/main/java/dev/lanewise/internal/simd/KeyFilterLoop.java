package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.KeyFilter;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link KeyFilter}; a template, see {@link LaneLoop}. */
final class KeyFilterLoop implements KeyFilter {
    private static final VectorSpecies<Integer> S =
            VectorSpecies.of(int.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final Class<?> TYPE = S.vectorType();
    private static final int L = S.length();

    KeyFilterLoop() {}

    @Override
    public int below(int[] keys, int n, int bound, int[] found) {
        int count = 0;
        for (int i = 0; i < n; i += L) {
            long bits = load(keys, i).compare(VectorOperators.LT, bound).toLong();
            for (; bits != 0; bits &= bits - 1) {
                found[count++] = i + Long.numberOfTrailingZeros(bits);
            }
        }
        return count;
    }

    /** The smallest keys of groups: where k groups have a key up to a number, k keys are not larger. */
    @Override
    public int bound(int[] keys, int n, int k) {
        if (2 * k > 4 * L) {
            return NONE;
        }
        IntVector a = load(keys, 0);
        IntVector b = load(keys, L);
        IntVector c = load(keys, 2 * L);
        IntVector d = load(keys, 3 * L);
        for (int i = 4 * L; i < n; i += 4 * L) {
            a = a.min(load(keys, i));
            b = b.min(load(keys, i + L));
            c = c.min(load(keys, i + 2 * L));
            d = d.min(load(keys, i + 3 * L));
        }
        long low = a.min(b).min(c.min(d)).reduceLanes(VectorOperators.MIN);
        long high = a.max(b).max(c.max(d)).reduceLanes(VectorOperators.MAX);
        // Halves the interval whose upper end enough groups are not above.
        while (low < high) {
            int middle = (int) (low + high >> 1);
            int count = upTo(a, middle) + upTo(b, middle) + upTo(c, middle) + upTo(d, middle);
            if (count < k) {
                low = middle + 1L;
            } else {
                high = middle;
                if (count <= k + (k >> 2)) {
                    break;
                }
            }
        }
        return (int) high;
    }

    private static int upTo(IntVector lanes, int bound) {
        return lanes.compare(VectorOperators.LE, bound).trueCount();
    }

    private static IntVector load(int[] keys, int i) {
        return (IntVector) TYPE.cast(IntVector.fromArray(S, keys, i));
    }
}
