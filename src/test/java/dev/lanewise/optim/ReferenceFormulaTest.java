package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The optimizers against their formulas written out in plain Java, for all combinations of options. */
class ReferenceFormulaTest {
    private static final int N = 37;
    private static final int STEPS = 6;

    @Test
    void sgdFollowsItsFormula() {
        List<SGD.Options> all = new ArrayList<>();
        for (double momentum : new double[] {0, 0.9}) {
            for (double dampening : new double[] {0, 0.3}) {
                for (double decay : new double[] {0, 0.1}) {
                    for (boolean maximize : new boolean[] {false, true}) {
                        var options = SGD.lr(0.05).momentum(momentum).dampening(dampening);
                        all.add(options.weightDecay(decay).maximize(maximize));
                        if (momentum > 0 && dampening == 0) {
                            all.add(options.weightDecay(decay)
                                    .maximize(maximize)
                                    .nesterov(true));
                        }
                    }
                }
            }
        }
        for (SGD.Options options : all) {
            Run run = new Run();
            var optimizer = new SGD(List.of(run.parameter), options);
            double[] buffer = new double[N];
            for (int step = 0; step < STEPS; step++) {
                double[] grad = run.nextGrad();
                for (int i = 0; i < N; i++) {
                    double g = (options.maximize() ? -grad[i] : grad[i]) + options.weightDecay() * run.p[i];
                    buffer[i] = step == 0 ? g : options.momentum() * buffer[i] + (1 - options.dampening()) * g;
                    if (options.momentum() > 0) {
                        g = options.nesterov() ? g + options.momentum() * buffer[i] : buffer[i];
                    }
                    run.p[i] -= options.lr() * g;
                }
                optimizer.step();
                run.check(options);
            }
        }
    }

    @Test
    void adamFollowsItsFormula() {
        for (AdamOptions options : adamOptions()) {
            Run run = new Run();
            adam(run, options, new Adam(List.of(run.parameter), options), false);
        }
    }

    @Test
    void adamWFollowsItsFormula() {
        for (AdamOptions options : adamOptions()) {
            Run run = new Run();
            adam(run, options, new AdamW(List.of(run.parameter), options), true);
        }
    }

    private static List<AdamOptions> adamOptions() {
        List<AdamOptions> all = new ArrayList<>();
        for (double beta1 : new double[] {0, 0.9}) {
            for (double decay : new double[] {0, 0.1}) {
                for (boolean amsgrad : new boolean[] {false, true}) {
                    for (boolean maximize : new boolean[] {false, true}) {
                        var options = Adam.lr(0.02).betas(beta1, 0.7).eps(1e-3).weightDecay(decay);
                        all.add(options.amsgrad(amsgrad).maximize(maximize));
                    }
                }
            }
        }
        return all;
    }

    private static void adam(Run run, AdamOptions options, Optimizer<AdamOptions> optimizer, boolean decoupled) {
        double[] m = new double[N];
        double[] v = new double[N];
        double[] largest = new double[N];
        for (int step = 1; step <= STEPS; step++) {
            double[] grad = run.nextGrad();
            for (int i = 0; i < N; i++) {
                double g = options.maximize() ? -grad[i] : grad[i];
                if (decoupled) {
                    run.p[i] *= 1 - options.lr() * options.weightDecay();
                } else {
                    g += options.weightDecay() * run.p[i];
                }
                m[i] = options.beta1() * m[i] + (1 - options.beta1()) * g;
                v[i] = options.beta2() * v[i] + (1 - options.beta2()) * g * g;
                largest[i] = options.amsgrad() ? Math.max(largest[i], v[i]) : v[i];
                double root = Math.sqrt(largest[i] / (1 - Math.pow(options.beta2(), step)));
                run.p[i] -= options.lr() * m[i] / (1 - Math.pow(options.beta1(), step)) / (root + options.eps());
            }
            optimizer.step();
            run.check(options);
        }
    }

    /** A parameter, its reference, and gradients for both. */
    private static final class Run {
        private final Random random = new Random(7);
        private final double[] p = values(1);
        private final Parameter parameter = new Parameter(Tensor.of(DType.FLOAT64, p));
        private double size = 1;

        double[] nextGrad() {
            // Gradients shrink, so that AMSGrad differs.
            size /= 2;
            double[] grad = values(size);
            parameter.setGrad(Tensor.of(DType.FLOAT64, grad));
            return grad;
        }

        private double[] values(double scale) {
            double[] out = new double[N];
            for (int i = 0; i < N; i++) {
                out[i] = random.nextGaussian() * scale;
            }
            return out;
        }

        void check(Object options) {
            assertArrayEquals(p, parameter.toDoubleArray(), 1e-12, options.toString());
        }
    }
}
