package dev.lanewise.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NthElementTest {
    private final Random random = new Random(1);

    @Test
    void everyRankOfEveryPattern() {
        int checked = 0;
        for (int n : new int[] {1, 2, 3, 4, 5, 10, 100, 3000}) {
            for (LongUnaryOperator pattern : new LongUnaryOperator[] {
                i -> i,
                i -> -i,
                i -> 7,
                i -> i % 3,
                i -> Math.min(i, n - i),
                i -> random.nextInt(n),
                i -> random.nextLong()
            }) {
                checked += check(LongStream.range(0, n).map(pattern).toArray());
            }
            checked += check(badForThePivots(n));
        }
        assertTrue(checked > 500, "only " + checked + " ranks were checked");
    }

    private int check(long[] keys) {
        long[] before = keys.clone();
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        int step = Math.max(1, keys.length / 20);
        int checked = 0;
        for (int rank = 0; rank < keys.length; rank += step) {
            assertEquals(sorted[rank], keys[NthElement.position(keys, rank)]);
            checked++;
        }
        assertArrayEquals(before, keys);
        return checked;
    }

    /** Two of the three candidates for each pivot are the smallest elements left (Musser's example, one place later). */
    private static long[] badForThePivots(int n) {
        int half = n / 2;
        long[] keys = LongStream.range(0, n).toArray();
        for (int i = 0; i + 2 < half; i++) {
            keys[i + 1] = i % 2 == 0 ? i : half + i;
            keys[half + i] = 2L * i + 1;
        }
        return keys;
    }

    @Test
    void equalElementsAreChosenAsByTheLibraryOfCpp() {
        assertEquals(1, NthElement.position(new long[] {1, 1, 1}, 1));
        assertEquals(0, NthElement.position(new long[] {2, 1, 2}, 1));
        assertEquals(3, NthElement.position(new long[] {5, 5, 5, 5}, 1));
        assertEquals(7, NthElement.position(new long[] {3, 1, 3, 2, 3, 3, 1, 2, 2, 3, 1, 3}, 5));
        long state = 1;
        long hash = 0;
        for (int n = 1; n <= 300; n++) {
            long[] keys = new long[n];
            for (int i = 0; i < n; i++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                keys[i] = (state >>> 33) % (1 + n / 4);
            }
            hash = 31 * hash + NthElement.position(keys, (n - 1) / 2);
        }
        // The same program in C++ with std::nth_element of GCC's library prints this.
        assertEquals(283404759534746263L, hash);
    }
}
