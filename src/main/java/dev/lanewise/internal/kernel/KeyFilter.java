package dev.lanewise.internal.kernel;

/** Finds the few smallest of many keys in arrays that are padded with {@link #NONE}. */
public interface KeyFilter {
    /** What arrays of keys are padded with; as a key it is never below a bound. */
    int NONE = Integer.MAX_VALUE;

    /** Arrays end at a multiple of this many keys. */
    int PADDING = 64;

    /**
     * Writes the places of the keys that are smaller than {@code bound} to {@code found}, in order, and gives how many.
     *
     * @param n a multiple of {@link #PADDING}
     */
    int below(int[] keys, int n, int bound, int[] found);

    /**
     * A number that at least {@code k} keys are not larger than, and not many more.
     *
     * @param n a multiple of {@link #PADDING}
     * @return {@link #NONE} if no such number was found cheaply
     */
    int bound(int[] keys, int n, int k);

    /** The next multiple of {@link #PADDING}. */
    static int padded(int n) {
        return (n + PADDING - 1) / PADDING * PADDING;
    }

    /** The form without vectors. */
    KeyFilter SCALAR = new KeyFilter() {
        @Override
        public int below(int[] keys, int n, int bound, int[] found) {
            int count = 0;
            for (int i = 0; i < n; i++) {
                if (keys[i] < bound) {
                    found[count++] = i;
                }
            }
            return count;
        }

        @Override
        public int bound(int[] keys, int n, int k) {
            return NONE;
        }
    };
}
