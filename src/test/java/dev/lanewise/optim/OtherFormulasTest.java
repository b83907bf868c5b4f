package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Optimizers with all their options against their formulas for a single number, and L-BFGS on a curved valley. */
class OtherFormulasTest {
    private static final int STEPS = 12;

    /** What a formula remembers of one number; {@code step} counts from 1. */
    private static final class Memory {
        private final double[] values = new double[4];
        private int step;
    }

    /** The next parameter from parameter and gradient. */
    private interface Formula {
        double next(double p, double g, Memory memory);
    }

    private static void check(Function<List<Tensor>, Optimizer<?>> maker, Formula formula, double... begin) {
        Random random = new Random(5);
        int n = 9;
        double[] p = random.doubles(n, -2, 2).toArray();
        Memory[] memories = new Memory[n];
        for (int i = 0; i < n; i++) {
            memories[i] = new Memory();
            System.arraycopy(begin, 0, memories[i].values, 0, begin.length);
        }
        Tensor parameter = Tensor.of(DType.FLOAT64, p).requiresGrad_();
        Optimizer<?> optimizer = maker.apply(List.of(parameter));
        for (int step = 1; step <= STEPS; step++) {
            double[] g = random.doubles(n, -1, 1).toArray();
            parameter.setGrad(Tensor.of(DType.FLOAT64, g));
            optimizer.step();
            double[] got = parameter.toDoubleArray();
            for (int i = 0; i < n; i++) {
                memories[i].step = step;
                p[i] = formula.next(p[i], g[i], memories[i]);
                assertEquals(p[i], got[i], 1e-12, optimizer + " step " + step + " element " + i);
            }
        }
    }

    @Test
    void rmspropCentredWithMomentum() {
        var options = RMSprop.lr(0.1).alpha(0.8).centered(true).momentum(0.7).weightDecay(0.1);
        check(parameters -> new RMSprop(parameters, options), (p, grad, m) -> {
            double g = grad + 0.1 * p;
            m.values[0] = 0.8 * m.values[0] + 0.2 * g * g;
            m.values[1] = 0.8 * m.values[1] + 0.2 * g;
            double deviation = Math.sqrt(m.values[0] - m.values[1] * m.values[1]) + 1e-8;
            m.values[2] = 0.7 * m.values[2] + g / deviation;
            return p - 0.1 * m.values[2];
        });
    }

    @Test
    void adagradWithDecay() {
        var options = Adagrad.lr(0.1).lrDecay(0.2).initialAccumulator(0.5).maximize(true);
        check(
                parameters -> new Adagrad(parameters, options),
                (p, grad, m) -> {
                    m.values[0] += grad * grad;
                    return p + 0.1 / (1 + (m.step - 1) * 0.2) * grad / (Math.sqrt(m.values[0]) + 1e-10);
                },
                0.5);
    }

    @Test
    void adadelta() {
        check(parameters -> new Adadelta(parameters, Adadelta.lr(0.5).rho(0.7).weightDecay(0.2)), (p, grad, m) -> {
            double g = grad + 0.2 * p;
            m.values[0] = 0.7 * m.values[0] + 0.3 * g * g;
            double d = g * Math.sqrt(m.values[1] + 1e-6) / Math.sqrt(m.values[0] + 1e-6);
            m.values[1] = 0.7 * m.values[1] + 0.3 * d * d;
            return p - 0.5 * d;
        });
    }

    @Test
    void adamax() {
        check(parameters -> new Adamax(parameters, Adamax.lr(0.1).betas(0.6, 0.9)), (p, g, m) -> {
            m.values[0] = 0.6 * m.values[0] + 0.4 * g;
            m.values[1] = Math.max(0.9 * m.values[1], Math.abs(g) + 1e-8);
            return p - 0.1 / (1 - Math.pow(0.6, m.step)) * m.values[0] / m.values[1];
        });
    }

    @Test
    void averagedDescent() {
        // The rate is kept as a float32.
        check(
                parameters ->
                        new ASGD(parameters, ASGD.lr(0.25).lambd(0.5).alpha(1).t0(3)),
                (p, g, m) -> {
                    double next = (1 - 0.5 * m.values[0]) * p - m.values[0] * g;
                    m.values[0] = (float) (0.25 / (1 + 0.5 * 0.25 * m.step));
                    return next;
                },
                0.25);
    }

    @Test
    void averageOfTheLaterSteps() {
        Tensor parameter = Tensor.of(DType.FLOAT64, 1.0).requiresGrad_();
        ASGD optimizer =
                new ASGD(List.of(parameter), ASGD.lr(0.25).lambd(0).alpha(0).t0(1));
        double[] values = new double[4];
        for (int step = 0; step < values.length; step++) {
            parameter.setGrad(Tensor.of(DType.FLOAT64, 1.0 + step));
            optimizer.step();
            values[step] = parameter.item();
        }
        // The first three steps replace the average, the fourth counts as much as the third.
        double expected = (values[2] + values[3]) / 2;
        Map<?, ?> state = (Map<?, ?>) optimizer.stateDict().get("state");
        Map<?, ?> first = (Map<?, ?>) state.values().iterator().next();
        assertEquals(expected, ((Tensor) first.get("ax")).item(), 1e-6);
    }

    @Test
    void rprop() {
        check(
                parameters -> new Rprop(parameters, Rprop.lr(0.1)),
                (p, grad, m) -> {
                    double sign = Math.signum(grad * m.values[0]);
                    double factor = sign > 0 ? 1.2 : sign < 0 ? 0.5 : 1;
                    m.values[1] = Math.min(50, Math.max(1e-6, m.values[1] * factor));
                    m.values[0] = sign < 0 ? 0 : grad;
                    return p - Math.signum(m.values[0]) * m.values[1];
                },
                0,
                0.1);
    }

    @Test
    void lion() {
        check(parameters -> new Lion(parameters, Lion.lr(0.1).betas(0.6, 0.8).weightDecay(0.3)), (p, g, m) -> {
            double direction = Math.signum(0.6 * m.values[0] + 0.4 * g);
            m.values[0] = 0.8 * m.values[0] + 0.2 * g;
            return p * (1 - 0.1 * 0.3) - 0.1 * direction;
        });
    }

    @Test
    void lbfgsFindsTheEndOfACurvedValley() {
        for (boolean search : new boolean[] {true, false}) {
            Tensor x = Tensor.of(DType.FLOAT64, -1.5, 2.0).requiresGrad_();
            double lr = search ? 1 : 0.02;
            LBFGS optimizer = new LBFGS(List.of(x), LBFGS.lr(lr).strongWolfe(search));
            for (int step = 0; step < (search ? 10 : 200); step++) {
                optimizer.step(() -> {
                    optimizer.zeroGrad();
                    Tensor loss = rosenbrock(x);
                    loss.backward();
                    return loss;
                });
            }
            assertTrue(rosenbrock(x).item() < 1e-6, "search " + search + ": " + x);
        }
    }

    private static Tensor rosenbrock(Tensor x) {
        Tensor a = x.get(0);
        Tensor b = x.get(1);
        return b.sub(a.mul(a)).square().mul(100).add(a.rsub(1).square());
    }

    @Test
    void lbfgsNeedsAClosure() {
        Tensor x = Tensor.zeros(2).requiresGrad_();
        x.sum().backward();
        LBFGS optimizer = new LBFGS(List.of(x));
        assertEquals(
                "LBFGS: a step must have a closure that computes the loss. "
                        + "Call step(() -> { optimizer.zeroGrad(); Tensor loss = ...; loss.backward(); return loss; }).",
                assertThrows(IllegalArgumentException.class, optimizer::step).getMessage());
    }

    @Test
    void lbfgsHasOneGroup() {
        LBFGS optimizer = new LBFGS(List.of(Tensor.zeros(2).requiresGrad_()));
        optimizer.addGroup(List.of(Tensor.zeros(2).requiresGrad_()), LBFGS.lr(1));
        assertEquals(
                "LBFGS: there must be one group of parameters, got 2. Give all parameters to the constructor.",
                assertThrows(IllegalArgumentException.class, () -> optimizer.step(() -> Tensor.zeros(1)))
                        .getMessage());
    }

    @Test
    void optionsSurviveAMap() {
        var options = RMSprop.lr(0.5).alpha(0.25).eps(0.125).momentum(0.75).centered(true);
        assertEquals(options, RMSprop.lr(1).withValues(options.values()));
        var pairs = Rprop.lr(0.5).etas(0.25, 2).stepSizes(0.1, 3);
        assertEquals(pairs, Rprop.lr(1).withValues(pairs.values()));
        var wolfe = LBFGS.lr(0.5).maxIter(7).historySize(3).strongWolfe(true);
        assertEquals(wolfe, LBFGS.lr(1).withValues(wolfe.values()));
        assertThrows(IllegalArgumentException.class, () -> RMSprop.lr(-1));
    }
}
