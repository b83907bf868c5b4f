package dev.lanewise.internal.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Mt19937Test {
    /** The C++ standard demands this of {@code std::mt19937}: the 10,000th word from the default seed 5489. */
    @Test
    void tenThousandthWordIsTheStandardOne() {
        Mt19937 engine = new Mt19937(5489);
        for (int i = 0; i < 9999; i++) {
            engine.next();
        }
        assertEquals(4123659995L, Integer.toUnsignedLong(engine.next()));
    }

    @Test
    void blocksEqualSingleWords() {
        Mt19937 single = new Mt19937(7);
        Mt19937 block = new Mt19937(7);
        for (int n : new int[] {0, 1, 623, 624, 625, 1, 2000, 0, 3}) {
            int[] expected = new int[n];
            for (int i = 0; i < n; i++) {
                expected[i] = single.next();
            }
            int[] got = new int[n];
            block.fill(got, n, ScalarLoops.INSTANCE);
            assertArrayEquals(expected, got, "block of " + n);
        }
    }

    @Test
    void continuesFromAState() {
        Mt19937 engine = new Mt19937(-1);
        engine.fill(new int[1000], 1000, ScalarLoops.INSTANCE);
        int[] words = engine.words();
        int position = engine.position();
        long expected = engine.nextLong();
        Mt19937 other = new Mt19937(0);
        other.restore(words, position);
        assertEquals(expected, other.nextLong());
    }

    @Test
    void refusesAStateThatIsNone() {
        Mt19937 engine = new Mt19937(0);
        assertThrows(IllegalArgumentException.class, () -> engine.restore(new int[623], 0));
        assertThrows(IllegalArgumentException.class, () -> engine.restore(new int[624], 625));
        assertThrows(IllegalArgumentException.class, () -> engine.restore(new int[624], -1));
    }
}
