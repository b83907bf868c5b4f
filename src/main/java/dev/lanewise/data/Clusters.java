package dev.lanewise.data;

import java.util.HashSet;
import java.util.Set;

/** Makes a random classification problem with scikit-learn's draws, in its order. */
final class Clusters {
    private final ClassificationOptions options;
    private final NumPyRandom random;
    private final int rows;
    private final int columns;
    private final int informative;
    private final double[] x;
    private final long[] y;

    Clusters(ClassificationOptions options, NumPyRandom random) {
        options.check();
        this.options = options;
        this.random = random;
        rows = options.samples();
        columns = options.features();
        informative = options.informative();
        x = new double[Math.multiplyExact(rows, columns)];
        y = new long[rows];
    }

    Labelled make() {
        int[] sizes = sizes();
        double[] centers = centers();
        normals(0, informative);
        int row = 0;
        for (int cluster = 0; cluster < sizes.length; cluster++) {
            double[] mix = symmetric(informative * informative);
            for (int end = row + sizes[cluster]; row < end; row++) {
                y[row] = cluster % options.classes();
                place(row, mix, centers, cluster);
            }
        }
        combine();
        repeat();
        int used = informative + options.redundant() + options.repeated();
        normals(used, columns - used);
        flip();
        shiftAndScale();
        if (!options.shuffle()) {
            return new Labelled(columns, x, y);
        }
        Labelled ordered = new Labelled(columns, x, y).take(random.permutation(rows));
        double[] exchanged = Datasets.takeColumns(ordered.xValues(), random.permutation(columns));
        return new Labelled(columns, exchanged, ordered.yValues());
    }

    private int[] sizes() {
        int[] sizes = new int[options.clusters()];
        int left = rows;
        int perClass = options.clusters() / options.classes();
        for (int k = 0; k < sizes.length; k++) {
            sizes[k] = (int) (rows * options.weight(k % options.classes()) / perClass);
            left -= sizes[k];
        }
        for (int i = 0; i < left; i++) {
            sizes[i % sizes.length]++;
        }
        return sizes;
    }

    // Corners of a cube of twice the separation around the origin.
    private double[] centers() {
        int clusters = options.clusters();
        long[] corners = withoutReplacement(1 << informative, clusters);
        double[] centers = new double[clusters * informative];
        for (int i = 0; i < centers.length; i++) {
            long bit = corners[i / informative] >>> (informative - 1 - i % informative) & 1;
            centers[i] = bit * (2 * options.classSep()) - options.classSep();
        }
        if (!options.hypercube()) {
            double[] byCluster = random.randomSample(clusters);
            for (int i = 0; i < centers.length; i++) {
                centers[i] *= byCluster[i / informative];
            }
            double[] byFeature = random.randomSample(informative);
            for (int i = 0; i < centers.length; i++) {
                centers[i] *= byFeature[i % informative];
            }
        }
        return centers;
    }

    // scikit-learn's sample_without_replacement chooses its method by the ratio.
    private long[] withoutReplacement(int population, int n) {
        double ratio = (double) n / population;
        if (ratio > 0.01 && ratio < 0.99) {
            return random.choice(population, n, false);
        }
        return ratio < 0.2 ? byTracking(population, n) : byReservoir(population, n);
    }

    private long[] byTracking(int population, int n) {
        Set<Long> seen = new HashSet<>();
        long[] out = new long[n];
        for (int i = 0; i < n; i++) {
            do {
                out[i] = random.randint(0, population);
            } while (!seen.add(out[i]));
        }
        return out;
    }

    private long[] byReservoir(int population, int n) {
        long[] out = new long[n];
        for (int i = 0; i < population; i++) {
            long j = i < n ? i : random.randint(0, i + 1);
            if (j < n) {
                out[(int) j] = i;
            }
        }
        return out;
    }

    private void normals(int from, int count) {
        for (int i = 0; i < rows * count; i++) {
            x[i / count * columns + from + i % count] = random.standardNormal();
        }
    }

    private double[] symmetric(int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = 2 * random.randomSample() - 1;
        }
        return out;
    }

    // The informative features of a row become their product with the cluster's matrix, plus its center.
    private void place(int row, double[] mix, double[] centers, int cluster) {
        double[] made = product(row, mix, informative);
        for (int k = 0; k < informative; k++) {
            x[row * columns + k] = made[k] + centers[cluster * informative + k];
        }
    }

    private double[] product(int row, double[] matrix, int width) {
        double[] out = new double[width];
        for (int k = 0; k < width; k++) {
            double sum = 0;
            for (int i = 0; i < informative; i++) {
                sum = Math.fma(x[row * columns + i], matrix[i * width + k], sum);
            }
            out[k] = sum;
        }
        return out;
    }

    private void combine() {
        int redundant = options.redundant();
        double[] mix = symmetric(informative * redundant);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(product(row, mix, redundant), 0, x, row * columns + informative, redundant);
        }
    }

    private void repeat() {
        int made = informative + options.redundant();
        int[] sources = new int[options.repeated()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = (int) ((made - 1) * random.randomSample() + 0.5);
        }
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < sources.length; i++) {
                x[row * columns + made + i] = x[row * columns + sources[i]];
            }
        }
    }

    private void flip() {
        if (options.flipY() < 0) {
            return;
        }
        boolean[] flipped = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            flipped[row] = random.randomSample() < options.flipY();
        }
        for (int row = 0; row < rows; row++) {
            if (flipped[row]) {
                y[row] = random.randint(0, options.classes());
            }
        }
    }

    private void shiftAndScale() {
        double[] shifts = new double[columns];
        double[] scales = new double[columns];
        for (int k = 0; k < columns; k++) {
            shifts[k] = options.shift(random);
        }
        for (int k = 0; k < columns; k++) {
            scales[k] = options.scale(random);
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = (x[i] + shifts[i % columns]) * scales[i % columns];
        }
    }
}
