package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.internal.kernel.KeyFilter;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The filter with vectors finds what the one without finds. */
class KeyFilterTest {
    @Test
    void findsTheSamePlaces() {
        assumeTrue(Simd.isOn(), "vectors are off");
        KeyFilter vectors = Templates.define(MethodHandles.lookup(), KeyFilterLoop.class, null, KeyFilter.class);
        SplittableRandom random = new SplittableRandom(1);
        int bounded = 0;
        for (int n : new int[] {64, 128, 1024}) {
            for (int range : new int[] {3, 1000, Integer.MAX_VALUE}) {
                int[] keys = random.ints(n, -range, range).toArray();
                Arrays.fill(keys, n - 5, n, KeyFilter.NONE);
                for (int bound : new int[] {Integer.MIN_VALUE, -1, 0, 2, range, KeyFilter.NONE}) {
                    int[] expected = new int[n];
                    int[] found = new int[n];
                    int count = KeyFilter.SCALAR.below(keys, n, bound, expected);
                    assertEquals(count, vectors.below(keys, n, bound, found));
                    assertArrayEquals(Arrays.copyOf(expected, count), Arrays.copyOf(found, count));
                }
                for (int k : new int[] {1, 2, 7}) {
                    int bound = vectors.bound(keys, n, k);
                    long upTo = Arrays.stream(keys).filter(key -> key <= bound).count();
                    assertTrue(upTo >= k, "only " + upTo + " keys up to " + bound);
                    bounded += bound == KeyFilter.NONE ? 0 : 1;
                }
            }
        }
        assertTrue(bounded > 0, "no bound was found");
    }
}
