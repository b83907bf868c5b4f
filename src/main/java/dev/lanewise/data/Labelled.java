package dev.lanewise.data;

import dev.lanewise.Tensor;

/** Points with the number of the class that each belongs to. */
public final class Labelled {
    private final int features;
    private final double[] x;
    private final long[] y;

    Labelled(int features, double[] x, long[] y) {
        this.features = features;
        this.x = x;
        this.y = y;
    }

    /** The points as a new tensor, float64 [samples, features]. */
    public Tensor x() {
        return Tensor.fromArray(x).reshape(y.length, features);
    }

    /** The classes as a new tensor, int64 [samples]. */
    public Tensor y() {
        return Tensor.of(y);
    }

    /** The points in row-major order, a new array. */
    public double[] xValues() {
        return x.clone();
    }

    /** The classes, a new array. */
    public long[] yValues() {
        return y.clone();
    }

    /** The points in another order. */
    Labelled take(long[] order) {
        long[] labels = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            labels[i] = y[(int) order[i]];
        }
        return new Labelled(features, Datasets.takeRows(x, order, features), labels);
    }

    /** The points moved by normal noise. */
    Labelled jittered(double noise, NumPyRandom random) {
        double[] moved = x.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += random.normal(0, noise);
        }
        return new Labelled(features, moved, y);
    }
}
