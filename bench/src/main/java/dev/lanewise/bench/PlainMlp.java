package dev.lanewise.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A multilayer perceptron with ReLU, cross entropy and Adam: loops over heap arrays, ordered so that the JIT can turn the
 * inner ones into vector code.
 */
final class PlainMlp {
    private static final float LR = 1e-3f;
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPS = 1e-8f;

    private final int batch;
    private final Layer[] layers;
    private final float[] x;
    private final int[] labels;
    private int steps;

    PlainMlp(int batch, int... sizes) {
        SplittableRandom random = new SplittableRandom(0);
        this.batch = batch;
        layers = new Layer[sizes.length - 1];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new Layer(random, batch, sizes[i], sizes[i + 1]);
        }
        x = uniform(random, batch * sizes[0], 1);
        labels = random.ints(batch, 0, sizes[layers.length]).toArray();
    }

    /** Numbers in [0, most). */
    static float[] uniform(SplittableRandom random, int n, double most) {
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            out[i] = (float) random.nextDouble(most);
        }
        return out;
    }

    /** One step; returns the loss before it. */
    double step() {
        int last = layers.length - 1;
        float[] in = x;
        for (int i = 0; i <= last; i++) {
            layers[i].forward(in, i < last);
            in = layers[i].out;
        }
        double loss = crossEntropy(layers[last]);
        for (int i = last; i >= 0; i--) {
            float[] inGrad = i == 0 ? null : layers[i - 1].outGrad;
            layers[i].backward(i == 0 ? x : layers[i - 1].out, inGrad);
        }
        steps++;
        for (Layer layer : layers) {
            layer.weight.adam(steps);
            layer.bias.adam(steps);
        }
        return loss;
    }

    /** The mean loss; sets the gradient of the scores. */
    private double crossEntropy(Layer scores) {
        double loss = 0;
        int classes = scores.outputs;
        for (int row = 0; row < batch; row++) {
            int from = row * classes;
            float max = Float.NEGATIVE_INFINITY;
            for (int j = from; j < from + classes; j++) {
                max = Math.max(max, scores.out[j]);
            }
            float sum = 0;
            for (int j = from; j < from + classes; j++) {
                float e = (float) Math.exp(scores.out[j] - max);
                scores.outGrad[j] = e;
                sum += e;
            }
            for (int j = from; j < from + classes; j++) {
                scores.outGrad[j] /= sum * batch;
            }
            int wanted = from + labels[row];
            loss += Math.log(sum) + max - scores.out[wanted];
            scores.outGrad[wanted] -= 1f / batch;
        }
        return loss / batch;
    }

    /** Parameters with gradient and Adam's moments. */
    private static final class Values {
        private final float[] value;
        private final float[] grad;
        private final float[] mean;
        private final float[] square;

        Values(float[] value) {
            this.value = value;
            grad = new float[value.length];
            mean = new float[value.length];
            square = new float[value.length];
        }

        void adam(int step) {
            float rate = LR / (1 - (float) Math.pow(BETA1, step));
            float correction = (float) Math.sqrt(1 - Math.pow(BETA2, step));
            for (int i = 0; i < value.length; i++) {
                mean[i] = BETA1 * mean[i] + (1 - BETA1) * grad[i];
                square[i] = BETA2 * square[i] + (1 - BETA2) * grad[i] * grad[i];
                value[i] -= rate * mean[i] / ((float) Math.sqrt(square[i]) / correction + EPS);
            }
        }
    }

    /** A linear layer, with ReLU behind it in all but the last; weights as rows of inputs. */
    private static final class Layer {
        private final int batch;
        private final int inputs;
        private final int outputs;
        private final Values weight;
        private final Values bias;
        private final float[] out;
        private final float[] outGrad;

        Layer(SplittableRandom random, int batch, int inputs, int outputs) {
            this.batch = batch;
            this.inputs = inputs;
            this.outputs = outputs;
            weight = new Values(uniform(random, inputs * outputs, 1 / Math.sqrt(inputs)));
            bias = new Values(new float[outputs]);
            out = new float[batch * outputs];
            outGrad = new float[batch * outputs];
        }

        void forward(float[] in, boolean relu) {
            for (int row = 0; row < batch; row++) {
                System.arraycopy(bias.value, 0, out, row * outputs, outputs);
                for (int p = 0; p < inputs; p++) {
                    addScaled(in[row * inputs + p], weight.value, p * outputs, out, row * outputs, outputs);
                }
            }
            for (int i = 0; relu && i < out.length; i++) {
                out[i] = Math.max(out[i], 0);
            }
        }

        /** Sets the gradients of the parameters, and of the input where it is wanted: it has been through a ReLU. */
        void backward(float[] in, float[] inGrad) {
            Arrays.fill(weight.grad, 0);
            Arrays.fill(bias.grad, 0);
            for (int row = 0; row < batch; row++) {
                addScaled(1, outGrad, row * outputs, bias.grad, 0, outputs);
                for (int p = 0; p < inputs; p++) {
                    addScaled(in[row * inputs + p], outGrad, row * outputs, weight.grad, p * outputs, outputs);
                }
            }
            for (int at = 0; inGrad != null && at < inGrad.length; at++) {
                inGrad[at] = in[at] > 0 ? dot(outGrad, at / inputs * outputs, weight.value, at % inputs * outputs) : 0;
            }
        }

        private float dot(float[] a, int from, float[] b, int start) {
            float sum = 0;
            for (int j = 0; j < outputs; j++) {
                sum += a[from + j] * b[start + j];
            }
            return sum;
        }

        private static void addScaled(float factor, float[] a, int from, float[] to, int start, int n) {
            for (int j = 0; j < n; j++) {
                to[start + j] += factor * a[from + j];
            }
        }
    }
}
