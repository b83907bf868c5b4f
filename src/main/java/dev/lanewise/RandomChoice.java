package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.random.Choice;
import dev.lanewise.internal.random.ElementFill;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.op.InPlace;

/** Random numbers whose parameters are the elements of tensors. No gradient flows to the parameters. */
final class RandomChoice {
    private RandomChoice() {}

    /** Sets the elements of {@code out} to 1 with the probabilities of {@code p}, broadcast to it. */
    static Tensor bernoulli(Tensor out, Tensor p, Generator generator) {
        checkFloating("bernoulli", "the probabilities", p);
        InPlace.checkFill("bernoulli_", out);
        for (double each : p.toDoubleArray()) {
            ElementFill.checkProbability(each);
        }
        // One uniform per element in the memory order of the result: 53 bits for float64 probabilities, 24 for others.
        DType drawn = p.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        Tensor u = RandomFill.uniform(RandomFill.emptyLike(out, drawn), 0, 1, generator);
        return InPlace.copy("bernoulli_", out, u.lt(p.detach().to(drawn)));
    }

    /** Normal numbers with the mean and the deviation of each element, or one for all. */
    static Tensor normal(Tensor mean, Tensor std, Generator generator) {
        checkFloating("normal", "mean", mean);
        checkFloating("normal", "std", std);
        checkDeviations(std);
        long[] shape = Shapes.broadcast("normal", mean.sizes(), std.sizes());
        Tensor out = RandomFill.normal(Tensor.empty(mean.dtype(), shape), 0, 1, generator);
        return GradMode.noGrad(() -> out.mul_(std).add_(mean));
    }

    static Tensor normal(Tensor mean, double std, Generator generator) {
        checkFloating("normal", "mean", mean);
        Tensor out = RandomFill.normal(Tensor.empty(mean.dtype(), mean.sizes()), 0, std, generator);
        return GradMode.noGrad(() -> out.add_(mean));
    }

    static Tensor normal(double mean, Tensor std, Generator generator) {
        checkFloating("normal", "std", std);
        checkDeviations(std);
        Tensor out = RandomFill.normal(Tensor.empty(std.dtype(), std.sizes()), 0, 1, generator);
        return GradMode.noGrad(() -> out.mul_(std).add_(mean));
    }

    static Tensor poisson(Tensor rates, Generator generator) {
        checkFloating("poisson", "the rates", rates);
        double[] counts = generator.poisson(rates.toDoubleArray());
        return Tensor.of(rates.dtype(), counts).reshape(rates.sizes());
    }

    static Tensor multinomial(Tensor weights, long count, boolean replacement, Generator generator) {
        checkWeights(weights, count, replacement);
        long n = weights.size(-1);
        long rows = weights.dim() == 2 ? weights.size(0) : 1;
        Tensor plain = weights.detach();
        Tensor drawn;
        if (replacement && count > 1) {
            boolean single = weights.dtype() != DType.FLOAT64;
            drawn = Tensor.of(generator.choose(plain.toDoubleArray(), (int) n, single, (int) count));
        } else {
            checkRows(plain.toDoubleArray(), (int) n);
            // The largest quotients of weights and exponential numbers: the order in which n clocks would ring.
            Tensor waits = RandomFill.exponential(RandomFill.emptyLike(plain, plain.dtype()), 1, generator);
            drawn = Tensor.of(largest(plain.div(waits).toDoubleArray(), (int) n, (int) count));
        }
        return weights.dim() == 2 ? drawn.reshape(rows, count) : drawn;
    }

    private static long[] largest(double[] values, int n, int count) {
        int rows = values.length / n;
        long[] out = new long[Math.multiplyExact(rows, count)];
        for (int r = 0; r < rows; r++) {
            Choice.largest(values, r * n, n, out, r * count, count);
        }
        return out;
    }

    private static void checkWeights(Tensor weights, long count, boolean replacement) {
        checkFloating("multinomial", "the weights", weights);
        if (weights.dim() < 1 || weights.dim() > 2 || weights.size(-1) == 0) {
            throw Check.shape("multinomial", "the weights must be one row or a matrix of rows, none of them empty")
                    .operand("self", weights.dtype(), weights.sizes())
                    .error();
        }
        if (count < 1 || count > Integer.MAX_VALUE || (!replacement && count > weights.size(-1))) {
            throw Check.argument("multinomial", "the number of draws must be positive")
                    .expected(replacement ? "at least 1" : "1 to " + weights.size(-1))
                    .got(count)
                    .operand("self", weights.dtype(), weights.sizes())
                    .hint(replacement ? "" : "More draws than weights need replacement.")
                    .error();
        }
    }

    private static void checkRows(double[] weights, int n) {
        for (int from = 0; from < weights.length; from += n) {
            double sum = 0;
            for (int i = from; i < from + n; i++) {
                Choice.checkWeight(weights[i]);
                sum += weights[i];
            }
            Choice.checkSum(sum);
        }
    }

    private static void checkDeviations(Tensor std) {
        for (double each : std.toDoubleArray()) {
            if (!(each >= 0)) {
                throw Check.argument("normal", "std must not be negative")
                        .got(each)
                        .operand("std", std.dtype(), std.sizes())
                        .error();
            }
        }
    }

    private static void checkFloating(String op, String what, Tensor tensor) {
        if (!tensor.isFloatingPoint()) {
            throw Check.dtype(op, what + " must be floating point")
                    .operand("self", tensor.dtype(), tensor.sizes())
                    .hint("Convert with to(DType.FLOAT32).")
                    .error();
        }
    }
}
