package dev.lanewise.internal.random;

import dev.lanewise.internal.error.Check;

/**
 * The Mersenne Twister MT19937, started as its reference code {@code init_genrand} starts it.
 *
 * <p>Makes 624 words at a time. PyTorch's and NumPy's generators are both this engine; they differ in how they turn
 * words into numbers. Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998.
 */
public final class Mt19937 {
    /** Number of 32-bit words of the state. */
    public static final int WORDS = 624;

    private static final int SHIFT = 397;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7fffffff;
    private static final int MATRIX = 0x9908b0df;

    private final int[] state = new int[WORDS];
    private int position;

    /** An engine started from an unsigned 32-bit seed. */
    public Mt19937(int seed) {
        seed(seed);
    }

    /** Starts again from an unsigned 32-bit seed. */
    public void seed(int seed) {
        state[0] = seed;
        for (int i = 1; i < WORDS; i++) {
            int before = state[i - 1];
            state[i] = 1812433253 * (before ^ (before >>> 30)) + i;
        }
        position = WORDS;
    }

    /** The next 32 random bits. */
    public int next() {
        if (position == WORDS) {
            twist(state);
            position = 0;
        }
        return temper(state[position++]);
    }

    /** The next 64 random bits; the first word drawn is the high one. */
    public long nextLong() {
        long high = next();
        return (high << 32) | Integer.toUnsignedLong(next());
    }

    /** Writes the next {@code n} words into {@code out[0] … out[n - 1]}, in either form of the loops. */
    public void fill(int[] out, int n, WordLoops loops) {
        int done = 0;
        while (done < n) {
            if (position == WORDS) {
                loops.twist(state);
                position = 0;
            }
            int run = Math.min(n - done, WORDS - position);
            loops.temper(state, position, out, done, run);
            position += run;
            done += run;
        }
    }

    /** A copy of the 624 words. */
    public int[] words() {
        return state.clone();
    }

    /** Index of the next word, 0 to 624; at 624 the next draw makes new words. */
    public int position() {
        return position;
    }

    /** Continues from a state read with {@link #words()} and {@link #position()}. */
    public void restore(int[] words, int at) {
        if (words.length != WORDS || at < 0 || at > WORDS) {
            throw Check.argument("setState", "a state must have 624 words and a position in [0, 624]")
                    .got(words.length + " words, position " + at)
                    .error();
        }
        System.arraycopy(words, 0, state, 0, WORDS);
        position = at;
    }

    /** Replaces the words by the next ones; three loops instead of one with modulo, each a plain run over the array. */
    static void twist(int[] state) {
        for (int i = 0; i < WORDS - SHIFT; i++) {
            state[i] = state[i + SHIFT] ^ mix(state[i], state[i + 1]);
        }
        for (int i = WORDS - SHIFT; i < WORDS - 1; i++) {
            state[i] = state[i + SHIFT - WORDS] ^ mix(state[i], state[i + 1]);
        }
        state[WORDS - 1] = state[SHIFT - 1] ^ mix(state[WORDS - 1], state[0]);
    }

    private static int mix(int high, int low) {
        int joined = (high & UPPER) | (low & LOWER);
        return (joined >>> 1) ^ (-(joined & 1) & MATRIX);
    }

    /** A word as it is given out. */
    static int temper(int word) {
        int y = word;
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }
}
