package dev.lanewise;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A {@link Generator}'s state at one moment: continuing from it repeats the draws that followed.
 *
 * <p>Immutable. Two states are equal when every draw from them is.
 */
public final class GeneratorState {
    private final long initialSeed;
    private final int[] words;
    private final int position;
    private final OptionalDouble keptNormal;

    /**
     * A state put together from its parts, for example from a file.
     *
     * @param initialSeed the seed the generator was started with
     * @param words the 624 words of the Mersenne Twister; copied
     * @param position index of the next word, 0 to 624
     * @param keptNormal the second normal of a pair, if it is still to be given out
     */
    public GeneratorState(long initialSeed, int[] words, int position, OptionalDouble keptNormal) {
        this.initialSeed = initialSeed;
        this.words = words.clone();
        this.position = position;
        this.keptNormal = keptNormal;
    }

    /** The seed the generator was started with. */
    public long initialSeed() {
        return initialSeed;
    }

    /** The 624 words of the Mersenne Twister, as a new array. */
    public int[] words() {
        return words.clone();
    }

    /** Index of the next word; 624 when new words are due. */
    public int position() {
        return position;
    }

    /** The second normal of a pair, if it is still to be given out. */
    public OptionalDouble keptNormal() {
        return keptNormal;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GeneratorState state
                && initialSeed == state.initialSeed
                && position == state.position
                && keptNormal.equals(state.keptNormal)
                && Arrays.equals(words, state.words);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(words) + position;
    }

    /** The seed and the position, for example {@code GeneratorState[initialSeed=7, position=12]}. */
    @Override
    public String toString() {
        return "GeneratorState[initialSeed=" + initialSeed + ", position=" + position + "]";
    }
}
