package dev.lanewise;

import dev.lanewise.internal.random.Choice;
import dev.lanewise.internal.random.Counts;
import dev.lanewise.internal.random.Draws;
import dev.lanewise.internal.random.ElementFill;
import dev.lanewise.internal.random.IntegerFill;
import dev.lanewise.internal.random.NormalFill;
import dev.lanewise.internal.random.Target;
import dev.lanewise.internal.random.UniformFill;
import dev.lanewise.internal.simd.RandomLanes;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * A source of random numbers that draws what PyTorch's CPU generator draws from the same seed, bit for bit.
 *
 * <p>The engine is MT19937. The fills take their words in the order of the elements, one thread doing all of it, so a
 * result depends on the seed and the calls before alone. Every method holds the generator's monitor, as PyTorch holds
 * its lock: threads may share a generator, and each call's draws stay together. Reference: PyTorch 1.13.1, whose
 * float32 normals of 16 elements and more are those of its AVX2 kernels. A float64 normal or exponential can differ in
 * its last bits where the C library's logarithm, sine or cosine is not the nearest double, about once in a thousand.
 *
 * <p>Fills come in two forms: into a heap array, and into {@code numel} contiguous elements of any dtype in a memory
 * segment from a byte offset on.
 */
public final class Generator {
    /** The seed of a new generator, as in PyTorch. */
    public static final long DEFAULT_SEED = 67280421310721L;

    private static final Generator DEFAULT = freshlySeeded();

    private final Draws draws = new Draws(DEFAULT_SEED, RandomLanes::get);
    private long initialSeed = DEFAULT_SEED;

    /** A generator started from {@link #DEFAULT_SEED}. */
    public Generator() {}

    /** The generator that is used where none is given; another seed in every process until it is seeded. */
    public static Generator defaultGenerator() {
        return DEFAULT;
    }

    /**
     * Starts again from a seed and returns this generator.
     *
     * <p>Only the low 32 bits count for what is drawn; {@link #initialSeed()} returns all 64.
     */
    public synchronized Generator manualSeed(long seed) {
        draws.seed(seed);
        initialSeed = seed;
        return this;
    }

    /** Starts again from a seed of 53 bits that differs from call to call, and returns that seed. */
    public synchronized long seed() {
        manualSeed(new SplittableRandom().nextLong() >>> 11);
        return initialSeed;
    }

    /** The seed this generator was last started with. */
    public synchronized long initialSeed() {
        return initialSeed;
    }

    /** The present state; {@link #setState} continues from it. */
    public synchronized GeneratorState getState() {
        return new GeneratorState(
                initialSeed, draws.engine().words(), draws.engine().position(), draws.keptNormal());
    }

    /** Continues from a state, of this or of another generator. */
    public synchronized void setState(GeneratorState state) {
        draws.restore(state.words(), state.position(), state.keptNormal());
        initialSeed = state.initialSeed();
    }

    /** The next 32 random bits. */
    public synchronized int nextInt32() {
        return draws.engine().next();
    }

    /** The next 64 random bits; the first 32 drawn are the high ones. */
    public synchronized long nextLong64() {
        return draws.engine().nextLong();
    }

    /** A whole number from 0 to 2^63 - 1: {@link #nextLong64()} without its sign. */
    public synchronized long randomInt64() {
        return draws.engine().nextLong() & Long.MAX_VALUE;
    }

    /** Uniform in [0, 1) with 24 bits, from one word. */
    public synchronized float uniform24() {
        return draws.uniform24();
    }

    /** Uniform in [0, 1) with 53 bits, from two words. */
    public synchronized double uniform53() {
        return draws.uniform53();
    }

    /** A standard normal in double precision; every second call returns the partner of the one before. */
    public synchronized double normal() {
        return draws.normal();
    }

    /** Fills with uniform numbers from {@code [from, to)}: {@code fma(x, to - from, from)} in float32. */
    public synchronized void fillUniform(float[] out, double from, double to) {
        UniformFill.fill(draws, Target.of(out), from, to);
    }

    /** Fills with uniform numbers from {@code [from, to)}: {@code fma(x, to - from, from)} in float64. */
    public synchronized void fillUniform(double[] out, double from, double to) {
        UniformFill.fill(draws, Target.of(out), from, to);
    }

    /** Fills elements of a floating-point dtype with uniform numbers from {@code [from, to)}. */
    public synchronized void fillUniform(
            DType dtype, MemorySegment out, long byteOffset, long numel, double from, double to) {
        UniformFill.fill(draws, new Target(dtype, out, byteOffset, numel), from, to);
    }

    /** Fills with float32 normal numbers as a contiguous tensor is filled: by blocks from 16 elements on. */
    public synchronized void fillNormal(float[] out, double mean, double std) {
        NormalFill.fill(draws, Target.of(out), mean, std);
    }

    /** Fills with float64 normal numbers as a contiguous tensor is filled: by blocks from 16 elements on. */
    public synchronized void fillNormal(double[] out, double mean, double std) {
        NormalFill.fill(draws, Target.of(out), mean, std);
    }

    /** Fills elements of a floating-point dtype with normal numbers as a contiguous tensor is filled. */
    public synchronized void fillNormal(
            DType dtype, MemorySegment out, long byteOffset, long numel, double mean, double std) {
        NormalFill.fill(draws, new Target(dtype, out, byteOffset, numel), mean, std);
    }

    /**
     * Fills elements of a floating-point dtype with normal numbers one by one, however many they are.
     *
     * <p>This is what PyTorch does with a tensor that is not contiguous; the elements are given in memory order.
     */
    public synchronized void fillNormalOneByOne(
            DType dtype, MemorySegment out, long byteOffset, long numel, double mean, double std) {
        NormalFill.elements(draws, new Target(dtype, out, byteOffset, numel), mean, std);
    }

    /** {@code n} whole numbers from {@code [low, high)}, as an INT64 tensor is filled. */
    public synchronized long[] randint(long low, long high, int n) {
        long[] out = new long[n];
        IntegerFill.range(draws, Target.of(out), low, high);
        return out;
    }

    /**
     * Fills elements of any dtype with whole numbers from {@code [low, high)}.
     *
     * <p>Ranges of 2^32 and more take 64 bits each for INT64, FLOAT64, FLOAT32 and BFLOAT16, all others 32.
     */
    public synchronized void fillRandint(
            DType dtype, MemorySegment out, long byteOffset, long numel, long low, long high) {
        IntegerFill.range(draws, new Target(dtype, out, byteOffset, numel), low, high);
    }

    /**
     * Fills elements of any dtype with whole numbers from {@code low} to the largest that {@link #fillRandom} draws.
     */
    public synchronized void fillRandomFrom(DType dtype, MemorySegment out, long byteOffset, long numel, long low) {
        IntegerFill.from(draws, new Target(dtype, out, byteOffset, numel), low);
    }

    /**
     * Fills elements of any dtype with whole numbers from all that the dtype has.
     *
     * <p>That is 0 to its largest for an integer dtype, 0 or 1 for BOOL, and 0 to 2^p for p bits of significand.
     */
    public synchronized void fillRandom(DType dtype, MemorySegment out, long byteOffset, long numel) {
        IntegerFill.all(draws, new Target(dtype, out, byteOffset, numel));
    }

    /** The numbers 0 to {@code n - 1} in random order. */
    public synchronized long[] randperm(long n) {
        return IntegerFill.permutation(draws, n);
    }

    /** Fills elements of any dtype with 1 with probability {@code p} and 0 otherwise; 53 bits for each. */
    public synchronized void fillBernoulli(DType dtype, MemorySegment out, long byteOffset, long numel, double p) {
        ElementFill.bernoulli(draws, new Target(dtype, out, byteOffset, numel), p);
    }

    /** For each probability 1 or 0, as PyTorch draws for a float32 tensor of probabilities: 24 bits for each. */
    public synchronized float[] bernoulli(float[] p) {
        float[] out = new float[p.length];
        for (int i = 0; i < p.length; i++) {
            ElementFill.checkProbability(p[i]);
            out[i] = draws.uniform24() < p[i] ? 1 : 0;
        }
        return out;
    }

    /** For each probability 1 or 0, as PyTorch draws for a float64 tensor of probabilities: 53 bits for each. */
    public synchronized double[] bernoulli(double[] p) {
        double[] out = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            ElementFill.checkProbability(p[i]);
            out[i] = draws.uniform53() < p[i] ? 1 : 0;
        }
        return out;
    }

    /** Fills elements of a floating-point dtype with exponential numbers of mean {@code 1 / rate}. */
    public synchronized void fillExponential(DType dtype, MemorySegment out, long byteOffset, long numel, double rate) {
        ElementFill.exponential(draws, new Target(dtype, out, byteOffset, numel), rate);
    }

    /** Fills elements of any dtype with how many tries the first success takes, each succeeding with probability {@code p}. */
    public synchronized void fillGeometric(DType dtype, MemorySegment out, long byteOffset, long numel, double p) {
        ElementFill.geometric(draws, new Target(dtype, out, byteOffset, numel), p);
    }

    /** Fills elements of a floating-point dtype with Cauchy numbers. */
    public synchronized void fillCauchy(
            DType dtype, MemorySegment out, long byteOffset, long numel, double median, double sigma) {
        ElementFill.cauchy(draws, new Target(dtype, out, byteOffset, numel), median, sigma);
    }

    /** Fills elements of a floating-point dtype with numbers whose logarithms are normal. */
    public synchronized void fillLogNormal(
            DType dtype, MemorySegment out, long byteOffset, long numel, double mean, double std) {
        ElementFill.logNormal(draws, new Target(dtype, out, byteOffset, numel), mean, std);
    }

    /** For each rate a Poisson number. */
    public synchronized double[] poisson(double[] rates) {
        double[] out = new double[rates.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Counts.poisson(draws, rates[i]);
        }
        return out;
    }

    /** {@code count} positions for each row of {@code n} weights, every one drawn from all; see {@link Tensor#multinomial}. */
    synchronized long[] choose(double[] weights, int n, boolean single, int count) {
        int rows = weights.length / n;
        long[] out = new long[Math.multiplyExact(rows, count)];
        for (int r = 0; r < rows; r++) {
            Choice.withReplacement(draws, weights, r * n, n, single, out, r * count, count);
        }
        return out;
    }

    private static Generator freshlySeeded() {
        Generator generator = new Generator();
        generator.seed();
        return generator;
    }
}
