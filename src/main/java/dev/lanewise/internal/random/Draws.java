package dev.lanewise.internal.random;

import java.util.OptionalDouble;
import java.util.function.Supplier;

/** An engine with PyTorch's single draws: words, uniforms, and normals in pairs of which the second is kept. */
public final class Draws {
    private static final double UNIT_53 = 0x1p-53;
    private static final long MASK_53 = (1L << 53) - 1;
    private static final float UNIT_24 = 0x1p-24f;

    /** From so many elements on the vector form of the loops is worth asking for. */
    private static final int MANY = 2048;

    private final Mt19937 engine;
    private final Supplier<WordLoops> lanes;
    private boolean hasNormal;
    private double keptNormal;

    /**
     * Draws from an engine started with the low 32 bits of {@code seed}.
     *
     * @param lanes gives the vector form of the loops, or null while there is none
     */
    public Draws(long seed, Supplier<WordLoops> lanes) {
        this.engine = new Mt19937((int) seed);
        this.lanes = lanes;
    }

    /** The loops for a fill of so many elements. */
    WordLoops loops(long numel) {
        WordLoops vectors = numel < MANY ? null : lanes.get();
        return vectors == null ? ScalarLoops.INSTANCE : vectors;
    }

    /** Starts again from the low 32 bits of {@code seed} and forgets the kept normal. */
    public void seed(long seed) {
        engine.seed((int) seed);
        hasNormal = false;
    }

    /** The engine, for fills that take many words at once. */
    public Mt19937 engine() {
        return engine;
    }

    /** Uniform in [0, 1) with 24 bits: {@code (word & (2^24 - 1)) * 2^-24}. */
    public float uniform24() {
        return (engine.next() & 0xffffff) * UNIT_24;
    }

    /** Uniform in [0, 1) with 53 bits: {@code (two words & (2^53 - 1)) * 2^-53}. */
    public double uniform53() {
        return unit53(engine.nextLong());
    }

    /**
     * A standard normal in double precision.
     *
     * <p>{@code sqrt(-2 log(1 - u2))} times the cosine, and for the next call the sine, of {@code 2 pi u1}. Source:
     * PyTorch's {@code normal_distribution}.
     */
    public double normal() {
        if (hasNormal) {
            hasNormal = false;
            return keptNormal;
        }
        double u1 = uniform53();
        double u2 = uniform53();
        double radius = Math.sqrt(-2 * RoundedMath.log(1 - u2));
        double theta = 2 * Math.PI * u1;
        keptNormal = radius * RoundedMath.sin(theta);
        hasNormal = true;
        return radius * RoundedMath.cos(theta);
    }

    /** The normal that the next call of {@link #normal()} returns without drawing, if there is one. */
    public OptionalDouble keptNormal() {
        return hasNormal ? OptionalDouble.of(keptNormal) : OptionalDouble.empty();
    }

    /** Continues from a state of the engine and its kept normal. */
    public void restore(int[] words, int position, OptionalDouble normal) {
        engine.restore(words, position);
        hasNormal = normal.isPresent();
        keptNormal = normal.orElse(0);
    }

    static double unit53(long word) {
        return (word & MASK_53) * UNIT_53;
    }

    /** The 53 low bits of two words, the first of which is the high one. */
    static long bits53(int high, int low) {
        return ((long) high << 32 | Integer.toUnsignedLong(low)) & MASK_53;
    }
}
