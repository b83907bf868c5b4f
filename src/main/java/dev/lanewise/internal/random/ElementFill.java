package dev.lanewise.internal.random;

import dev.lanewise.internal.error.Check;

/** Fills that draw 53-bit uniforms or single normals for every element, whatever the dtype. */
public final class ElementFill {
    private static final double TWO_53 = 0x1p53;

    private ElementFill() {}

    /** The next value of a distribution. */
    private interface Sample {
        double next();
    }

    /** Fills with 1 where {@code u < p} and 0 elsewhere. */
    public static void bernoulli(Draws draws, Target target, double p) {
        checkProbability(p);
        // u = bits / 2^53 is below p exactly if the whole number bits is below p * 2^53, which is rounded up here.
        long limit = (long) Math.ceil(p * TWO_53);
        WordLoops loops = draws.loops(target.numel());
        int[] words = new int[2 * target.chunk()];
        long[] out = new long[target.chunk()];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            draws.engine().fill(words, 2 * n, loops);
            for (int i = 0; i < n; i++) {
                out[i] = (Draws.bits53(words[2 * i], words[2 * i + 1]) - limit) >>> 63;
            }
            target.put(at, out, n);
        }
    }

    /** Fills with exponential numbers of the given rate: {@code -1 / rate * log(1 - u)}. */
    public static void exponential(Draws draws, Target target, double rate) {
        target.floating("exponential_");
        if (!(rate > 0)) {
            throw Check.argument("exponential_", "the rate must be positive")
                    .got(rate)
                    .error();
        }
        double scale = -1 / rate;
        fill(target, () -> scale * RoundedMath.log(1 - draws.uniform53()));
    }

    /** Fills with how many tries the first success takes: {@code ceil(log(u) / log(1 - p))}. */
    public static void geometric(Draws draws, Target target, double p) {
        if (!(p > 0 && p < 1)) {
            throw Check.argument("geometric_", "p must be between 0 and 1")
                    .got(p)
                    .error();
        }
        double scale = RoundedMath.log(1 - p);
        fill(target, () -> {
            double u = draws.uniform53();
            return Math.ceil((u == 0 ? Double.NEGATIVE_INFINITY : RoundedMath.log(u)) / scale);
        });
    }

    /** Fills with Cauchy numbers: {@code median + sigma * tan(pi * (u - 1/2))}. */
    public static void cauchy(Draws draws, Target target, double median, double sigma) {
        target.floating("cauchy_");
        if (!(sigma > 0)) {
            throw Check.argument("cauchy_", "sigma must be positive").got(sigma).error();
        }
        fill(target, () -> median + sigma * Math.tan(Math.PI * (draws.uniform53() - 0.5)));
    }

    /** Fills with numbers whose logarithms are normal, drawn one by one: {@code e^(mean + std * n)}. */
    public static void logNormal(Draws draws, Target target, double mean, double std) {
        target.floating("logNormal_");
        if (!(std > 0)) {
            throw Check.argument("logNormal_", "std must be positive").got(std).error();
        }
        fill(target, () -> Math.exp(Math.fma(draws.normal(), std, mean)));
    }

    private static void fill(Target target, Sample sample) {
        double[] out = new double[target.chunk()];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            for (int i = 0; i < n; i++) {
                out[i] = sample.next();
            }
            target.put(at, out, n);
        }
    }

    /** Refuses what is not a probability. */
    public static void checkProbability(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw Check.argument("bernoulli", "p must be in [0, 1]").got(p).error();
        }
    }
}
