package dev.lanewise.internal.random;

/**
 * The loops over many words or uniforms. There is a scalar form here and a vector form above; both give the same bits.
 */
public interface WordLoops {
    /** Replaces the 624 words of a Mersenne Twister by the next 624. */
    void twist(int[] state);

    /** Writes {@code n} tempered words from {@code state[from]} on to {@code out[at]} and after. */
    void temper(int[] state, int from, int[] out, int at, int n);

    /** {@code out[i] = fma((words[i] & mask) * unit, range, low)} for i below {@code n}; mask has at most 24 bits. */
    void uniforms(int[] words, float[] out, int n, int mask, float unit, float range, float low);

    /** Turns uniforms into normals in blocks of 16, as {@link BoxMuller} does; {@code n} is a multiple of 16. */
    void normals(float[] d, int n, float mean, float std);
}
