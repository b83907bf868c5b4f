package dev.lanewise.data;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.random.Mt19937;
import dev.lanewise.internal.random.RoundedMath;
import java.util.Arrays;

/**
 * NumPy's legacy random numbers: draws what {@code numpy.random.RandomState(seed)} draws.
 *
 * <p>Exact, except that a normal may differ in its last bit for about one logarithm in 1,500 that the C library does
 * not round to the nearest double. scikit-learn's {@code random_state} is such a generator. Not thread-safe.
 */
public final class NumPyRandom {
    private static final double TWO_26 = 67108864.0;
    private static final double TWO_53 = 9007199254740992.0;
    private static final long WORD_MAX = 0xffffffffL;

    private final Mt19937 engine;
    private boolean hasNormal;
    private double keptNormal;

    /** A generator started from a seed in {@code [0, 2^32 - 1]}. */
    public NumPyRandom(long seed) {
        if (seed < 0 || seed > WORD_MAX) {
            throw Check.argument("NumPyRandom", "seed must be in [0, 4294967295]")
                    .got(seed)
                    .error();
        }
        engine = new Mt19937((int) seed);
    }

    /** Uniform in [0, 1) with 53 bits from two words: {@code ((a >>> 5) * 2^26 + (b >>> 6)) / 2^53}. */
    public double randomSample() {
        int a = engine.next() >>> 5;
        int b = engine.next() >>> 6;
        return (a * TWO_26 + b) / TWO_53;
    }

    /** {@code n} uniforms in [0, 1). */
    public double[] randomSample(int n) {
        return uniform(0, 1, n);
    }

    /** Uniform in {@code [low, high)}: {@code low + (high - low) * randomSample()}. */
    public double uniform(double low, double high) {
        return low + (high - low) * randomSample();
    }

    /** {@code n} uniforms in {@code [low, high)}. */
    public double[] uniform(double low, double high, int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = uniform(low, high);
        }
        return out;
    }

    /** A standard normal by the polar method, which makes two at a time and keeps one for the next call. */
    public double standardNormal() {
        if (hasNormal) {
            hasNormal = false;
            return keptNormal;
        }
        double x1;
        double x2;
        double square;
        do {
            x1 = 2 * randomSample() - 1;
            x2 = 2 * randomSample() - 1;
            square = x1 * x1 + x2 * x2;
        } while (square >= 1 || square == 0);
        double factor = Math.sqrt(-2 * RoundedMath.log(square) / square);
        keptNormal = factor * x1;
        hasNormal = true;
        return factor * x2;
    }

    /** {@code n} uniforms in [0, 1). */
    public double[] rand(int n) {
        return randomSample(n);
    }

    /** {@code n} standard normals. */
    public double[] standardNormal(int n) {
        return randn(n);
    }

    /** {@code n} standard normals. */
    public double[] randn(int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = standardNormal();
        }
        return out;
    }

    /** A normal: {@code mean + std * standardNormal()}. */
    public double normal(double mean, double std) {
        return mean + std * standardNormal();
    }

    /** {@code n} normals. */
    public double[] normal(double mean, double std, int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = normal(mean, std);
        }
        return out;
    }

    /** A whole number from {@code [low, high)}. */
    public long randint(long low, long high) {
        if (low >= high) {
            throw Check.argument("randint", "low must be below high")
                    .got("low " + low + ", high " + high)
                    .error();
        }
        return low + upTo(high - 1 - low);
    }

    /** {@code n} whole numbers from {@code [low, high)}. */
    public long[] randint(long low, long high, int n) {
        long[] out = new long[n];
        for (int i = 0; i < n; i++) {
            out[i] = randint(low, high);
        }
        return out;
    }

    /** Puts the elements into random order, in place, from the last to the second. */
    public void shuffle(long[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = (int) upTo(i);
            long swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    /** The numbers 0 to {@code n - 1} in random order. */
    public long[] permutation(int n) {
        long[] out = new long[n];
        for (int i = 0; i < n; i++) {
            out[i] = i;
        }
        shuffle(out);
        return out;
    }

    /** The values in random order, a new array. */
    public long[] permutation(long[] values) {
        long[] out = values.clone();
        shuffle(out);
        return out;
    }

    /** {@code n} numbers of 0 to {@code size - 1}, with replacement. */
    public long[] choice(int size, int n) {
        return choice(size, n, true);
    }

    /** {@code n} numbers of 0 to {@code size - 1}, with replacement or the first ones of a permutation. */
    public long[] choice(int size, int n, boolean replacement) {
        if (replacement) {
            return randint(0, size, n);
        }
        if (n > size) {
            throw Check.argument("choice", "there cannot be more draws than numbers without replacement")
                    .expected("at most " + size)
                    .got(n)
                    .error();
        }
        return Arrays.copyOf(permutation(size), n);
    }

    /** {@code n} numbers with replacement, number i with probability {@code p[i]}: where the running sum passes a uniform. */
    public long[] choice(double[] p, int n) {
        double[] running = p.clone();
        for (int i = 1; i < running.length; i++) {
            running[i] += running[i - 1];
        }
        double total = running.length == 0 ? 0 : running[running.length - 1];
        if (!(Math.abs(total - 1) < 1e-8)) {
            throw Check.argument("choice", "the probabilities must sum to 1")
                    .got(total)
                    .error();
        }
        long[] out = new long[n];
        for (int i = 0; i < n; i++) {
            double u = randomSample();
            int low = 0;
            int high = running.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (running[middle] / total <= u) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            out[i] = low;
        }
        return out;
    }

    /** An exponential number of mean {@code scale}: {@code -scale * log(1 - u)}. */
    public double exponential(double scale) {
        return scale * -RoundedMath.log(1 - randomSample());
    }

    /** {@code n} exponential numbers of mean {@code scale}. */
    public double[] exponential(double scale, int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = exponential(scale);
        }
        return out;
    }

    // Uniform in [0, max], both unsigned: as many bits as max has, drawn again until they do not exceed it.
    private long upTo(long max) {
        if (max == 0) {
            return 0;
        }
        long mask = -1L >>> Long.numberOfLeadingZeros(max);
        boolean wide = Long.compareUnsigned(max, WORD_MAX) > 0;
        long value;
        do {
            value = (wide ? engine.nextLong() : Integer.toUnsignedLong(engine.next())) & mask;
        } while (Long.compareUnsigned(value, max) > 0);
        return value;
    }
}
