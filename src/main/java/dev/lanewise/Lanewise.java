package dev.lanewise;

import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.simd.Simd;
import dev.lanewise.internal.storage.MemoryBudget;

/** Settings of the whole library, and what it runs on. All methods suit {@code import static}. */
public final class Lanewise {
    private Lanewise() {}

    /** Starts the default generator from a seed, as {@code torch.manual_seed}, and returns the generator. */
    public static Generator manualSeed(long seed) {
        return Generator.defaultGenerator().manualSeed(seed);
    }

    /** The seed that the default generator was last started with, as {@code torch.initial_seed}. */
    public static long initialSeed() {
        return Generator.defaultGenerator().initialSeed();
    }

    /** Starts the default generator from a seed that differs from call to call, and returns it, as {@code torch.seed}. */
    public static long seed() {
        return Generator.defaultGenerator().seed();
    }

    /** The state of the default generator, as {@code torch.get_rng_state}. */
    public static GeneratorState getRngState() {
        return Generator.defaultGenerator().getState();
    }

    /** Continues the default generator from a state, as {@code torch.set_rng_state}. */
    public static void setRngState(GeneratorState state) {
        Generator.defaultGenerator().setState(state);
    }

    /** How many threads an operation may use, the caller's included. */
    public static int numThreads() {
        return Parallel.threads();
    }

    /**
     * Sets how many threads an operation may use, the caller's included; results do not depend on it.
     *
     * <p>At first that is {@code -Dlanewise.threads}, or the number of processors.
     */
    public static void setNumThreads(int count) {
        Parallel.setThreads(count);
    }

    /**
     * Sets how many bytes of memory tensors may take from the system; beyond that, allocating throws
     * {@link MemoryException}.
     */
    public static void setMemoryBudget(long bytes) {
        MemoryBudget.setLimit(bytes);
    }

    /** Some lines on the JDK, SIMD and why it is on or off, lanes per dtype, threads, and the memory in use. */
    public static String describe() {
        return "jdk: " + System.getProperty("java.vm.name") + ' ' + Runtime.version() + ", "
                + System.getProperty("java.vm.vendor") + '\n'
                + Simd.describe() + '\n'
                + "threads: " + numThreads() + '\n'
                + MemoryBudget.describe();
    }
}
