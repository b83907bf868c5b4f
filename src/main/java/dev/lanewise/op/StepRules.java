package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.StepKernel;
import dev.lanewise.internal.kernel.StepMath;
import dev.lanewise.internal.kernel.StepRule;
import dev.lanewise.internal.simd.StepKernels;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The rules of the optimizers, each in PyTorch's order of operations and rounding where PyTorch's has one.
 *
 * <p>The numbers a rule takes follow the weight decay, which is number 0, in the order of its constants; its state is in the
 * order of its documentation.
 */
public final class StepRules {
    private StepRules() {}

    /** A rule with its kernels, one per dtype and flags. */
    public abstract static class Rule implements StepRule {
        private final AtomicReferenceArray<StepKernel> kernels =
                new AtomicReferenceArray<>(DType.values().length * StepMath.FLAGS);

        Rule() {}

        @Override
        public final MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        /** The kernel for a floating-point dtype; the 16-bit ones are computed in FLOAT32. */
        final StepKernel kernel(DType type, int flags) {
            int place = type.ordinal() * StepMath.FLAGS + flags;
            StepKernel kernel = kernels.get(place);
            if (kernel == null) {
                kernels.compareAndSet(place, null, make(type, flags));
                kernel = kernels.get(place);
            }
            return kernel;
        }

        private StepKernel make(DType type, int flags) {
            return type == DType.FLOAT32 || type == DType.FLOAT64
                    ? StepKernels.of(this, type, flags)
                    : StepKernels.staged(kernel(DType.FLOAT32, flags), type);
        }
    }

    /** Of {@code torch.optim.SGD}; state: the momentum buffer, if there is a momentum. */
    static final class Sgd extends Rule {
        private static final int RATE = 1;
        private static final int MOMENTUM = 2;
        private static final int REST = 3;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V d = x.gradient(i);
                if (x.has(HAS_MOMENTUM)) {
                    V buffer = x.fma(d, x.number(REST), x.mul(x.state(0, i), x.number(MOMENTUM)));
                    x.setState(0, i, buffer);
                    d = x.has(NESTEROV) ? x.fma(buffer, x.number(MOMENTUM), d) : buffer;
                }
                x.setParameter(i, x.fma(d, x.number(RATE), x.parameter(i)));
            }
        }
    }

    /** Of Adam, and of AdamW if it shrinks; state: mean of the gradient, of its square, with AMSGRAD the largest of that. */
    static final class Adam extends Rule {
        private static final int RATE = 1;
        private static final int BETA1 = 2;
        private static final int REST1 = 3;
        private static final int BETA2 = 4;
        private static final int REST2 = 5;
        private static final int CORRECTION = 6;
        private static final int EPS = 7;
        private static final int FACTOR = 8;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V g = x.gradient(i);
                V mean = x.fma(g, x.number(REST1), x.mul(x.state(0, i), x.number(BETA1)));
                V square = x.fma(x.mul(g, g), x.number(REST2), x.mul(x.state(1, i), x.number(BETA2)));
                x.setState(0, i, mean);
                x.setState(1, i, square);
                V bound = square;
                if (x.has(AMSGRAD)) {
                    bound = x.max(x.state(2, i), square);
                    x.setState(2, i, bound);
                }
                V denominator = x.add(x.div(x.sqrt(bound), x.number(CORRECTION)), x.number(EPS));
                V p = x.has(SHRINKS) ? x.mul(x.parameter(i), x.number(FACTOR)) : x.parameter(i);
                x.setParameter(i, x.add(p, x.div(x.mul(mean, x.number(RATE)), denominator)));
            }
        }
    }

    /** Of {@code torch.optim.Adamax}; state: mean of the gradient, largest decayed gradient. */
    static final class Adamax extends Rule {
        private static final int RATE = 1;
        private static final int BETA1 = 2;
        private static final int REST1 = 3;
        private static final int BETA2 = 4;
        private static final int EPS = 5;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V g = x.gradient(i);
                V mean = x.fma(g, x.number(REST1), x.mul(x.state(0, i), x.number(BETA1)));
                V largest = x.max(x.mul(x.state(1, i), x.number(BETA2)), x.add(x.abs(g), x.number(EPS)));
                x.setState(0, i, mean);
                x.setState(1, i, largest);
                x.setParameter(i, x.fma(x.div(mean, largest), x.number(RATE), x.parameter(i)));
            }
        }
    }

    /** Of {@code torch.optim.NAdam}; state: mean of the gradient, of its square. */
    static final class NAdam extends Rule {
        private static final int GRADIENT_RATE = 1;
        private static final int BETA1 = 2;
        private static final int REST1 = 3;
        private static final int BETA2 = 4;
        private static final int REST2 = 5;
        private static final int CORRECTION = 6;
        private static final int EPS = 7;
        private static final int MEAN_RATE = 8;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V g = x.gradient(i);
                V mean = x.fma(g, x.number(REST1), x.mul(x.state(0, i), x.number(BETA1)));
                V square = x.fma(x.mul(g, g), x.number(REST2), x.mul(x.state(1, i), x.number(BETA2)));
                x.setState(0, i, mean);
                x.setState(1, i, square);
                V denominator = x.add(x.sqrt(x.div(square, x.number(CORRECTION))), x.number(EPS));
                V p = x.fma(x.div(g, denominator), x.number(GRADIENT_RATE), x.parameter(i));
                x.setParameter(i, x.fma(x.div(mean, denominator), x.number(MEAN_RATE), p));
            }
        }
    }

    /** Of {@code torch.optim.RAdam}; state: mean of the gradient, of its square, which divides if ADAPTIVE. */
    static final class RAdam extends Rule {
        private static final int RATE = 1;
        private static final int BETA1 = 2;
        private static final int REST1 = 3;
        private static final int BETA2 = 4;
        private static final int REST2 = 5;
        private static final int MEAN_CORRECTION = 6;
        private static final int EPS = 7;
        private static final int SQUARE_CORRECTION = 8;
        private static final int FACTOR = 9;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V g = x.gradient(i);
                V mean = x.fma(g, x.number(REST1), x.mul(x.state(0, i), x.number(BETA1)));
                V square = x.fma(x.mul(g, g), x.number(REST2), x.mul(x.state(1, i), x.number(BETA2)));
                x.setState(0, i, mean);
                x.setState(1, i, square);
                V d = x.mul(x.div(mean, x.number(MEAN_CORRECTION)), x.number(RATE));
                if (x.has(ADAPTIVE)) {
                    V adaptive = x.div(x.number(SQUARE_CORRECTION), x.add(x.sqrt(square), x.number(EPS)));
                    d = x.mul(x.mul(d, adaptive), x.number(FACTOR));
                }
                x.setParameter(i, x.sub(x.parameter(i), d));
            }
        }
    }

    /** Of RMSprop; state: mean of the square, with momentum its buffer, then if CENTERED the mean of the gradient. */
    static final class RmsProp extends Rule {
        private static final int RATE = 1;
        private static final int ALPHA = 2;
        private static final int REST = 3;
        private static final int EPS = 4;
        private static final int MOMENTUM = 5;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V g = x.gradient(i);
                V square = x.fma(x.mul(g, g), x.number(REST), x.mul(x.state(0, i), x.number(ALPHA)));
                x.setState(0, i, square);
                V average = square;
                if (x.has(CENTERED)) {
                    int place = x.has(HAS_MOMENTUM) ? 2 : 1;
                    V mean = x.fma(g, x.number(REST), x.mul(x.state(place, i), x.number(ALPHA)));
                    x.setState(place, i, mean);
                    average = x.sub(square, x.mul(mean, mean));
                }
                V d = x.div(g, x.add(x.sqrt(average), x.number(EPS)));
                if (x.has(HAS_MOMENTUM)) {
                    d = x.add(x.mul(x.state(1, i), x.number(MOMENTUM)), d);
                    x.setState(1, i, d);
                }
                x.setParameter(i, x.fma(d, x.number(RATE), x.parameter(i)));
            }
        }
    }

    /** Of {@code torch.optim.Adagrad}; state: sum of the squares. */
    static final class Adagrad extends Rule {
        private static final int RATE = 1;
        private static final int EPS = 2;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V g = x.gradient(i);
                V sum = x.add(x.state(0, i), x.mul(g, g));
                x.setState(0, i, sum);
                V d = x.div(g, x.add(x.sqrt(sum), x.number(EPS)));
                x.setParameter(i, x.fma(d, x.number(RATE), x.parameter(i)));
            }
        }
    }

    /** Of {@code torch.optim.Adadelta}; state: mean of the gradient's square, of the step's square. */
    static final class Adadelta extends Rule {
        private static final int RATE = 1;
        private static final int RHO = 2;
        private static final int REST = 3;
        private static final int EPS = 4;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V g = x.gradient(i);
                V square = x.fma(x.mul(g, g), x.number(REST), x.mul(x.state(0, i), x.number(RHO)));
                x.setState(0, i, square);
                V deviation = x.sqrt(x.add(square, x.number(EPS)));
                V steps = x.state(1, i);
                V d = x.mul(x.div(x.sqrt(x.add(steps, x.number(EPS))), deviation), g);
                x.setState(1, i, x.fma(x.mul(d, d), x.number(REST), x.mul(steps, x.number(RHO))));
                x.setParameter(i, x.fma(d, x.number(RATE), x.parameter(i)));
            }
        }
    }

    /** Of {@code torch.optim.ASGD}; state: the average, which begins with the parameter unless AVERAGES. */
    static final class Asgd extends Rule {
        private static final int RATE = 1;
        private static final int FACTOR = 2;
        private static final int MU = 3;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V p = x.fma(x.gradient(i), x.number(RATE), x.mul(x.parameter(i), x.number(FACTOR)));
                V average = x.state(0, i);
                x.setParameter(i, p);
                x.setState(0, i, x.has(AVERAGES) ? x.add(average, x.mul(x.sub(p, average), x.number(MU))) : p);
            }
        }
    }

    /** Of {@code torch.optim.Rprop}; state: the gradient before, the step sizes. */
    static final class Rprop extends Rule {
        private static final int ETA_MINUS = 1;
        private static final int ETA_PLUS = 2;
        private static final int SMALLEST = 3;
        private static final int LARGEST = 4;
        private static final int ONE = 5;
        private static final int ZERO = 6;
        private static final int MINUS_ONE = 7;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V g = x.gradient(i);
                V turn = x.mul(g, x.state(0, i));
                V factor =
                        x.ifPositive(turn, x.number(ETA_PLUS), x.ifNegative(turn, x.number(ETA_MINUS), x.number(ONE)));
                V size = x.min(x.max(x.mul(x.state(1, i), factor), x.number(SMALLEST)), x.number(LARGEST));
                V used = x.ifNegative(turn, x.number(ZERO), g);
                x.setState(0, i, used);
                x.setState(1, i, size);
                V sign = x.ifPositive(used, x.number(ONE), x.ifNegative(used, x.number(MINUS_ONE), x.number(ZERO)));
                x.setParameter(i, x.sub(x.parameter(i), x.mul(sign, size)));
            }
        }
    }

    /** Of Lion; state: mean of the gradient. */
    static final class Lion extends Rule {
        private static final int RATE = 1;
        private static final int BETA1 = 2;
        private static final int REST1 = 3;
        private static final int BETA2 = 4;
        private static final int REST2 = 5;
        private static final int FACTOR = 6;
        private static final int ONE = 7;
        private static final int ZERO = 8;
        private static final int MINUS_ONE = 9;

        @Override
        public <V> void step(StepMath<V> x) {
            int n = x.count();
            for (int i = 0; i < n; i += x.width()) {
                V g = x.gradient(i);
                V mean = x.state(0, i);
                V mixed = x.fma(g, x.number(REST1), x.mul(mean, x.number(BETA1)));
                V sign = x.ifPositive(mixed, x.number(ONE), x.ifNegative(mixed, x.number(MINUS_ONE), x.number(ZERO)));
                x.setState(0, i, x.fma(g, x.number(REST2), x.mul(mean, x.number(BETA2))));
                x.setParameter(i, x.fma(sign, x.number(RATE), x.mul(x.parameter(i), x.number(FACTOR))));
            }
        }
    }

    /** Flag of SGD and RMSprop: there is a momentum. */
    public static final int HAS_MOMENTUM = StepMath.OWN_FLAG;

    /** Flag of SGD: the momentum is Nesterov's. */
    public static final int NESTEROV = StepMath.OWN_FLAG << 1;

    /** Flag of Adam: the largest mean of the square divides. */
    public static final int AMSGRAD = StepMath.OWN_FLAG;

    /** Flag of Adam: the parameter is multiplied first. */
    public static final int SHRINKS = StepMath.OWN_FLAG << 1;

    /** Flag of RMSprop: the deviation divides. */
    public static final int CENTERED = StepMath.OWN_FLAG << 1;

    /** Flag of RAdam: the variance is known well enough to divide. */
    public static final int ADAPTIVE = StepMath.OWN_FLAG;

    /** Flag of ASGD: the average has begun. */
    public static final int AVERAGES = StepMath.OWN_FLAG;

    public static final Rule SGD = new Sgd();
    public static final Rule ADAM = new Adam();
    public static final Rule ADAMAX = new Adamax();
    public static final Rule NADAM = new NAdam();
    public static final Rule RADAM = new RAdam();
    public static final Rule RMSPROP = new RmsProp();
    public static final Rule ADAGRAD = new Adagrad();
    public static final Rule ADADELTA = new Adadelta();
    public static final Rule ASGD = new Asgd();
    public static final Rule RPROP = new Rprop();
    public static final Rule LION = new Lion();
}
