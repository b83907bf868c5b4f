package dev.lanewise.autograd;

import dev.lanewise.DType;
import dev.lanewise.GradException;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Compares the derivatives that backward computes with differences of function values.
 *
 * <p>With {@code L = ⟨w, f(x)⟩} for random weights {@code w}, the slope of {@code L} along a random direction {@code v} is
 * computed twice: as {@code ⟨∂L/∂x, v⟩} by backward, and as {@code (L(x + h·v) - L(x - h·v)) / 2h}. They must agree for
 * every input. Inputs are FLOAT64, since differences in a smaller dtype say nothing, and {@code f} must be smooth within
 * {@code h} of them. Tensors that are not floating point are passed through.
 *
 * <pre>{@code
 * GradCheck.check(in -> in[0].mul(in[1]).tanh(), a, b);
 * }</pre>
 */
public final class GradCheck {
    private final String name;
    private final Options options;
    private final Function<Tensor[], Tensor> f;
    private final SplittableRandom random;

    private GradCheck(String name, Options options, Function<Tensor[], Tensor> f) {
        this.name = name;
        this.options = options;
        this.f = f;
        this.random = new SplittableRandom(options.seed());
    }

    /**
     * How a check is done.
     *
     * @param step length of the step h along the direction, whose components are in [-1, 1]
     * @param rtol allowed difference relative to the larger slope
     * @param atol allowed difference whatever the slope
     * @param directions directions that are tried for each input
     * @param seed of the weights and directions
     */
    public record Options(double step, double rtol, double atol, int directions, long seed) {
        /** One direction, with a step near the cube root of the rounding error, where central differences are best. */
        public static final Options DEFAULT = new Options(1e-5, 1e-5, 1e-7, 1, 42);

        /** The same with another step. */
        public Options withStep(double length) {
            return new Options(length, rtol, atol, directions, seed);
        }

        /** The same with other tolerances. */
        public Options withTolerance(double relative, double absolute) {
            return new Options(step, relative, absolute, directions, seed);
        }

        /** The same with another number of directions. */
        public Options withDirections(int count) {
            return new Options(step, rtol, atol, count, seed);
        }

        /** The same with another seed. */
        public Options withSeed(long start) {
            return new Options(step, rtol, atol, directions, start);
        }
    }

    /**
     * What a check found: the first slope that differs, or the last one compared.
     *
     * @param passed true if all slopes agree
     * @param input which input, from 0
     * @param expected slope by differences
     * @param got slope by backward
     * @param message one line that says so, as the exception has it
     */
    public record Result(boolean passed, int input, double expected, double got, String message) {}

    /** Checks first derivatives; throws {@link GradException} with one line if they disagree. */
    public static void check(Function<Tensor[], Tensor> f, Tensor... inputs) {
        require(firstOrder("gradCheck", Options.DEFAULT, f, inputs));
    }

    /**
     * Checks the derivatives of first derivatives, through a gradient recorded with {@code createGraph}; throws
     * {@link GradException} with one line if they disagree.
     */
    public static void checkSecondOrder(Function<Tensor[], Tensor> f, Tensor... inputs) {
        require(secondOrder("gradCheck", Options.DEFAULT, f, inputs));
    }

    /** Compares first derivatives and says what was found; the name begins the message. */
    public static Result firstOrder(String name, Options options, Function<Tensor[], Tensor> f, Tensor... inputs) {
        return new GradCheck(name, options, f).run("slope along a random direction", inputs);
    }

    /**
     * Compares second derivatives and says what was found; the name begins the message.
     *
     * <p>What is checked is {@code Σ ⟨u, ∂⟨w, f(x)⟩/∂x⟩}, as a function of the inputs and, as one more input, {@code w}.
     */
    public static Result secondOrder(String name, Options options, Function<Tensor[], Tensor> f, Tensor... inputs) {
        SplittableRandom random = new SplittableRandom(options.seed() + 1);
        Tensor[] directions = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            directions[i] = inputs[i].isFloatingPoint()
                    ? uniform(random, inputs[i].shape().toArray())
                    : null;
        }
        Tensor sample = GradMode.noGrad(() -> f.apply(inputs.clone()));
        Tensor[] all = Arrays.copyOf(inputs, inputs.length + 1);
        all[inputs.length] = uniform(random, sample.shape().toArray());
        return new GradCheck(name, options, in -> slopes(f, in, directions))
                .run("second slope along a random direction", all);
    }

    private static void require(Result result) {
        if (!result.passed()) {
            throw new GradException(result.message());
        }
    }

    private static Tensor slopes(Function<Tensor[], Tensor> f, Tensor[] in, Tensor[] directions) {
        try (var mode = GradMode.on()) {
            Tensor[] x = new Tensor[in.length - 1];
            List<Tensor> wanted = new ArrayList<>();
            List<Tensor> along = new ArrayList<>();
            for (int i = 0; i < x.length; i++) {
                x[i] = directions[i] == null || in[i].requiresGrad()
                        ? in[i]
                        : in[i].detach().requiresGrad_();
                if (directions[i] != null) {
                    wanted.add(x[i]);
                    along.add(directions[i]);
                }
            }
            Tensor y = f.apply(x);
            Tensor total = Tensor.zeros(DType.FLOAT64);
            if (!y.requiresGrad()) {
                return total;
            }
            Autograd.Options graph =
                    Autograd.Options.DEFAULT.withCreateGraph(true).withAllowUnused(true);
            Tensor[] grads = Autograd.grad(List.of(y), wanted, List.of(in[x.length]), graph);
            for (int i = 0; i < grads.length; i++) {
                if (grads[i] != null) {
                    total = total.add(grads[i].mul(along.get(i)).sum());
                }
            }
            return total;
        }
    }

    private Result run(String what, Tensor[] inputs) {
        checkDTypes(inputs);
        Tensor[] leaves = new Tensor[inputs.length];
        List<Tensor> wanted = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            leaves[i] = inputs[i].isFloatingPoint() ? inputs[i].detach().requiresGrad_() : inputs[i];
            if (inputs[i].isFloatingPoint()) {
                wanted.add(leaves[i]);
            }
        }
        Tensor y;
        try (var mode = GradMode.on()) {
            y = f.apply(leaves.clone());
        }
        Tensor weights = uniform(random, y.shape().toArray());
        Tensor[] grads = gradients(y, wanted, weights);
        Result result = new Result(true, -1, 0, 0, name + ": there was no input to check.");
        int place = 0;
        for (int i = 0; i < inputs.length; i++) {
            for (int d = 0; inputs[i].isFloatingPoint() && d < options.directions(); d++) {
                result = compare(what, inputs, i, grads[place], weights);
                if (!result.passed()) {
                    return result;
                }
            }
            place += inputs[i].isFloatingPoint() ? 1 : 0;
        }
        return result;
    }

    private void checkDTypes(Tensor[] inputs) {
        for (int i = 0; i < inputs.length; i++) {
            DType type = inputs[i].dtype();
            if (type.isFloatingPoint() && type != DType.FLOAT64) {
                throw Check.dtype(name, "floating-point inputs must be float64")
                        .got(type)
                        .operand("input " + i, type, inputs[i].shape().toArray())
                        .hint("Convert with to(DType.FLOAT64) first.")
                        .error();
            }
        }
    }

    private static Tensor[] gradients(Tensor y, List<Tensor> wanted, Tensor weights) {
        if (!y.requiresGrad()) {
            return new Tensor[wanted.size()];
        }
        Autograd.Options unused = Autograd.Options.DEFAULT.withAllowUnused(true);
        return Autograd.grad(List.of(y), wanted, List.of(weights), unused);
    }

    private Result compare(String what, Tensor[] inputs, int which, Tensor grad, Tensor weights) {
        try (var mode = GradMode.off()) {
            Tensor x = inputs[which].detach();
            Tensor direction = uniform(random, x.shape().toArray());
            double got = grad == null ? 0 : grad.mul(direction).sum().item();
            Tensor step = direction.mul(options.step());
            double above = value(inputs, which, x.add(step), weights);
            double below = value(inputs, which, x.sub(step), weights);
            double expected = (above - below) / (2 * options.step());
            double allowed = options.atol() + options.rtol() * Math.max(Math.abs(expected), Math.abs(got));
            boolean passed = Math.abs(expected - got) <= allowed;
            String message = Check.grad(name, what + " must be that of the function's values")
                    .expected(expected)
                    .got(got + " for input " + which)
                    .operand("input " + which, x.dtype(), x.shape().toArray())
                    .hint("Allowed difference " + allowed + ", seed " + options.seed() + ".")
                    .error()
                    .getMessage();
            return new Result(passed, which, expected, got, message);
        }
    }

    private double value(Tensor[] inputs, int which, Tensor moved, Tensor weights) {
        Tensor[] in = new Tensor[inputs.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = i == which ? moved : inputs[i].detach();
        }
        return f.apply(in).mul(weights).sum().item();
    }

    private static Tensor uniform(SplittableRandom random, long[] shape) {
        long n = 1;
        for (long size : shape) {
            n *= size;
        }
        double[] values = new double[Math.toIntExact(n)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble(-1, 1);
        }
        return Tensor.of(DType.FLOAT64, values).reshape(shape);
    }
}
