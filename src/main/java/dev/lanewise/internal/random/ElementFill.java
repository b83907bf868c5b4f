package dev.lanewise.internal.random;

import dev.lanewise.internal.error.Check;

/** Fills that draw one uniform of 53 bits for every element, whatever the dtype. */
public final class ElementFill {
    private ElementFill() {}

    /** Fills with 1 where {@code u < p} and 0 elsewhere. */
    public static void bernoulli(Draws draws, Target target, double p) {
        checkProbability(p);
        long[] out = new long[target.chunk()];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            for (int i = 0; i < n; i++) {
                out[i] = draws.uniform53() < p ? 1 : 0;
            }
            target.put(at, out, n);
        }
    }

    /** Fills with exponential numbers of the given rate: {@code -1 / rate * log(1 - u)}. */
    public static void exponential(Draws draws, Target target, double rate) {
        target.floating("exponential");
        if (!(rate > 0)) {
            throw Check.argument("exponential", "rate must be positive")
                    .got(rate)
                    .error();
        }
        double scale = -1 / rate;
        double[] out = new double[target.chunk()];
        for (long at = 0; at < target.numel(); at += out.length) {
            int n = (int) Math.min(out.length, target.numel() - at);
            for (int i = 0; i < n; i++) {
                out[i] = scale * RoundedMath.log(1 - draws.uniform53());
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
