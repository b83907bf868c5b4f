package dev.lanewise.data;

import dev.lanewise.Tensor;

/** A regression problem with its true coefficients: {@code y = x @ coef + bias + noise}. */
public final class Regression {
    private final RegressionOptions options;
    private final double[] x;
    private final double[] y;
    private final double[] coef;

    Regression(RegressionOptions options, double[] x, double[] y, double[] coef) {
        this.options = options;
        this.x = x;
        this.y = y;
        this.coef = coef;
    }

    /** The features as a new tensor, float64 [samples, features]. */
    public Tensor x() {
        return Tensor.fromArray(x).reshape(options.samples(), options.features());
    }

    /** The targets as a new tensor, float64 [samples, targets], without the sizes that are 1. */
    public Tensor y() {
        return squeezed(y, options.samples(), options.targets());
    }

    /** The true coefficients as a new tensor, float64 [features, targets], without the sizes that are 1. */
    public Tensor coef() {
        return squeezed(coef, options.features(), options.targets());
    }

    /** The features in row-major order, a new array. */
    public double[] xValues() {
        return x.clone();
    }

    /** The targets in row-major order, a new array. */
    public double[] yValues() {
        return y.clone();
    }

    /** The true coefficients in row-major order, a new array. */
    public double[] coefValues() {
        return coef.clone();
    }

    // scikit-learn returns y and coef through numpy.squeeze.
    private static Tensor squeezed(double[] values, long rows, long columns) {
        Tensor flat = Tensor.fromArray(values);
        if (rows > 1 && columns > 1) {
            return flat.reshape(rows, columns);
        }
        return values.length == 1 ? flat.reshape() : flat;
    }
}
