package dev.lanewise.data;

import dev.lanewise.internal.random.RoundedMath;
import java.util.Arrays;

/** Points in the plane or in space, in scikit-learn's order and with its draws. */
final class Figures {
    private Figures() {}

    static Labelled moons(MoonsOptions options, NumPyRandom random) {
        double[] x = new double[2 * (options.outer() + options.inner())];
        double[] upper = linspace(Math.PI, options.outer(), true);
        for (int i = 0; i < upper.length; i++) {
            x[2 * i] = RoundedMath.cos(upper[i]);
            x[2 * i + 1] = RoundedMath.sin(upper[i]);
        }
        double[] lower = linspace(Math.PI, options.inner(), true);
        for (int i = 0; i < lower.length; i++) {
            int at = 2 * (options.outer() + i);
            x[at] = 1 - RoundedMath.cos(lower[i]);
            x[at + 1] = 1 - RoundedMath.sin(lower[i]) - 0.5;
        }
        Labelled points = new Labelled(2, x, twoClasses(options.outer(), options.inner()));
        return finished(points, options.shuffle(), options.noise(), random);
    }

    static Labelled circles(CirclesOptions options, NumPyRandom random) {
        double[] x = new double[2 * (options.outer() + options.inner())];
        int at = 0;
        for (double angle : linspace(2 * Math.PI, options.outer(), false)) {
            x[at++] = RoundedMath.cos(angle);
            x[at++] = RoundedMath.sin(angle);
        }
        for (double angle : linspace(2 * Math.PI, options.inner(), false)) {
            x[at++] = RoundedMath.cos(angle) * options.factor();
            x[at++] = RoundedMath.sin(angle) * options.factor();
        }
        Labelled points = new Labelled(2, x, twoClasses(options.outer(), options.inner()));
        return finished(points, options.shuffle(), options.noise(), random);
    }

    static Labelled blobs(BlobsOptions options, NumPyRandom random) {
        int features = options.features();
        int blobs = options.samples().size();
        double[] centers = options.centers().isEmpty()
                ? random.uniform(options.low(), options.high(), Math.multiplyExact(blobs, features))
                : options.centers().stream()
                        .flatMapToDouble(center -> center.stream().mapToDouble(Double::doubleValue))
                        .toArray();
        int samples = options.samples().stream().mapToInt(Integer::intValue).sum();
        double[] x = new double[Math.multiplyExact(samples, features)];
        long[] y = new long[samples];
        int row = 0;
        for (int blob = 0; blob < blobs; blob++) {
            double std = options.std().get(blob);
            for (int end = row + options.samples().get(blob); row < end; row++) {
                y[row] = blob;
                for (int k = 0; k < features; k++) {
                    x[row * features + k] = random.normal(centers[blob * features + k], std);
                }
            }
        }
        return finished(new Labelled(features, x, y), options.shuffle(), 0, random);
    }

    private static Labelled finished(Labelled points, boolean shuffle, double noise, NumPyRandom random) {
        Labelled ordered = shuffle ? points.take(random.permutation(points.yValues().length)) : points;
        return noise > 0 ? ordered.jittered(noise, random) : ordered;
    }

    private static long[] twoClasses(int first, int second) {
        long[] y = new long[first + second];
        Arrays.fill(y, first, y.length, 1);
        return y;
    }

    // From 0 to the end as NumPy computes it, the end included or not.
    private static double[] linspace(double end, int n, boolean included) {
        double[] out = new double[n];
        double step = end / (included ? n - 1 : n);
        for (int i = 0; i < n; i++) {
            out[i] = included && n > 1 && i == n - 1 ? end : n == 1 ? 0 : i * step;
        }
        return out;
    }
}
