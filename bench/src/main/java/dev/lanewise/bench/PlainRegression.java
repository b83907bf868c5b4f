package dev.lanewise.bench;

import java.util.SplittableRandom;

/** A line through points, fitted by gradient descent on the mean squared error: loops over heap arrays. */
final class PlainRegression {
    private static final float LR = 1e-2f;

    private final float[] x;
    private final float[] y;
    private float weight;
    private float bias;

    PlainRegression(int batch) {
        SplittableRandom random = new SplittableRandom(0);
        x = PlainMlp.uniform(random, batch, 1);
        y = PlainMlp.uniform(random, batch, 1);
    }

    /** One step; returns the loss before it. */
    double step() {
        float loss = 0;
        float weightGrad = 0;
        float biasGrad = 0;
        for (int i = 0; i < x.length; i++) {
            float error = weight * x[i] + bias - y[i];
            loss += error * error;
            weightGrad += 2 * error * x[i];
            biasGrad += 2 * error;
        }
        weight -= LR * weightGrad / x.length;
        bias -= LR * biasGrad / x.length;
        return loss / x.length;
    }
}
