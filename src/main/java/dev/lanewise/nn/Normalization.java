package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.VarMean;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.LineNormOps;
import dev.lanewise.op.StandardizeOps;
import java.util.Arrays;

/** Normalisation by mean and variance. */
final class Normalization {
    private Normalization() {}

    /** The learned scale and shift, each may be null, and what is added to the variance. */
    record Affine(Tensor weight, Tensor bias, double eps) {}

    /** The statistics that are carried from call to call, both may be null, and how fast they follow. */
    record Running(Tensor mean, Tensor var, double momentum) {
        boolean known() {
            return mean != null && var != null;
        }
    }

    // ------------------------------------------------------------------ layers and groups

    static Tensor layerNorm(Tensor input, long[] normalizedShape, Affine affine) {
        checkLayer(input, normalizedShape, affine);
        int[] dims = new int[normalizedShape.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = input.dim() - dims.length + i;
        }
        Tensor x = wide(input).contiguous();
        long n = Arrays.stream(normalizedShape).reduce(1, (a, b) -> a * b);
        if (LineNormOps.takes(x, affine.weight(), affine.bias()) && n <= Integer.MAX_VALUE) {
            return LineNormOps.lines(x, (int) n, affine.weight(), affine.bias(), affine.eps())
                    .to(input.dtype());
        }
        return scaled(standardized(x, dims, affine.eps()), affine.weight(), affine.bias())
                .to(input.dtype());
    }

    static Tensor groupNorm(Tensor input, long groups, Affine affine) {
        String op = "groupNorm";
        checkFloating(op, input);
        checkChannels(op, input, affine);
        if (groups < 1 || input.size(1) % groups != 0) {
            throw Check.argument(op, "the number of groups must divide the number of channels")
                    .expected("a divisor of " + input.size(1))
                    .got(groups)
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        long[] shape = input.shape().toArray();
        checkMany(op, input, shape[0] * shape[1] / groups * places(shape));
        Tensor rows = wide(input).reshape(shape[0], groups, shape[1] / groups * places(shape));
        Tensor out = standardized(rows, new int[] {2}, affine.eps()).reshape(shape);
        return perChannel(out, affine).to(input.dtype());
    }

    // ------------------------------------------------------------------ batches and instances

    static Tensor batchNorm(Tensor input, Running running, Affine affine, boolean training) {
        String op = "batchNorm";
        checkFloating(op, input);
        checkChannels(op, input, affine);
        checkRunning(op, input, running);
        if (!training) {
            if (!running.known()) {
                throw Check.argument(
                                op, "the running mean and variance must be given where those of the batch are not used")
                        .operand("input", input.dtype(), input.shape().toArray())
                        .error();
            }
            return withGiven(input, running, affine);
        }
        long[] shape = input.shape().toArray();
        checkMany(op, input, shape[0] * places(shape));
        Tensor x = wide(input);
        int[] dims = allBut1(input.dim());
        VarMean values = statistics(x, dims);
        update(running, values, shape[0] * places(shape));
        if (LineNormOps.takes(x, affine.weight(), affine.bias()) && places(shape) <= Integer.MAX_VALUE) {
            Tensor mean = values.mean().flatten();
            Tensor var = values.var().flatten();
            return LineNormOps.channels(x, affine.weight(), affine.bias(), mean, var, affine.eps())
                    .to(input.dtype());
        }
        return perChannel(StandardizeOps.standardize(x, dims, affine.eps(), values), affine)
                .to(input.dtype());
    }

    static Tensor instanceNorm(Tensor input, Running running, Affine affine, boolean useInputStats) {
        String op = "instanceNorm";
        checkFloating(op, input);
        checkChannels(op, input, affine);
        checkRunning(op, input, running);
        long[] shape = input.shape().toArray();
        if (useInputStats) {
            checkMany(op, input, places(shape));
        } else if (!running.known()) {
            throw Check.argument(
                            op, "the running mean and variance must be given where those of the input are not used")
                    .operand("input", input.dtype(), shape)
                    .error();
        } else {
            return withGiven(input, running, affine);
        }
        Tensor x = wide(input);
        int[] dims = new int[shape.length - 2];
        Arrays.setAll(dims, i -> i + 2);
        VarMean values = statistics(x, dims);
        GradMode.noGrad(() -> {
            // The running values of all instances are averaged after each has taken its step.
            VarMean means =
                    new VarMean(values.var().meanKeepDim(0), values.mean().meanKeepDim(0));
            update(running, means, places(shape));
        });
        return perChannel(StandardizeOps.standardize(x, dims, affine.eps(), values), affine)
                .to(input.dtype());
    }

    private static Tensor withGiven(Tensor input, Running running, Affine affine) {
        Tensor x = wide(input);
        Tensor scale = column(wide(running.var()).add(affine.eps()).rsqrt(), x.dim());
        Tensor out = x.sub(column(wide(running.mean()), x.dim())).mul(scale);
        return perChannel(out, affine).to(input.dtype());
    }

    /** Moves the running statistics towards those of a batch of n values per channel, whose variance is biased. */
    private static void update(Running running, VarMean values, long n) {
        GradMode.noGrad(() -> {
            double step = running.momentum();
            if (running.mean() != null) {
                running.mean().mul_(1 - step).add_(values.mean().flatten().mul(step));
            }
            if (running.var() != null) {
                double unbiased = (double) n / (n - 1);
                running.var().mul_(1 - step).add_(values.var().flatten().mul(unbiased * step));
            }
        });
    }

    // ------------------------------------------------------------------ neighbouring channels

    static Tensor localResponseNorm(Tensor input, long size, double alpha, double beta, double k) {
        if (input.dim() < 3 || size < 1) {
            throw Check.shape("localResponseNorm", "the input must be [N, C, ...] and the size positive")
                    .got("size " + size)
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        if (input.numel() == 0) {
            return input;
        }
        long[] shape = input.shape().toArray();
        Tensor squares = input.mul(input).reshape(shape[0], 1, shape[1], places(shape));
        Tensor padded = Functional.pad(squares, 0, 0, size / 2, (size - 1) / 2);
        Tensor means = Functional.avgPool2d(padded, new long[] {size, 1}, new long[] {1}, new long[] {0}, true);
        return input.div(means.reshape(shape).mul(alpha).add(k).pow(beta));
    }

    // ------------------------------------------------------------------ parts

    /** Half types are computed in FLOAT32. */
    private static Tensor wide(Tensor x) {
        boolean half = x.dtype() == DType.FLOAT16 || x.dtype() == DType.BFLOAT16;
        return half ? x.to(DType.FLOAT32) : x;
    }

    private static VarMean statistics(Tensor x, int[] dims) {
        return GradMode.noGrad(() -> x.varMean(dims, 0, true));
    }

    private static Tensor standardized(Tensor x, int[] dims, double eps) {
        return StandardizeOps.standardize(x, dims, eps, statistics(x, dims));
    }

    private static Tensor scaled(Tensor x, Tensor weight, Tensor bias) {
        Tensor out = weight == null ? x : x.mul(weight);
        return bias == null ? out : out.add(bias);
    }

    private static Tensor perChannel(Tensor x, Affine affine) {
        return scaled(x, column(affine.weight(), x.dim()), column(affine.bias(), x.dim()));
    }

    /** A vector along dimension 1 of a tensor of some rank. */
    private static Tensor column(Tensor vector, int rank) {
        if (vector == null) {
            return null;
        }
        long[] shape = Windows.filled(rank - 1, 1);
        shape[0] = vector.numel();
        return vector.reshape(shape);
    }

    private static int[] allBut1(int rank) {
        int[] dims = new int[rank - 1];
        Arrays.setAll(dims, i -> i == 0 ? 0 : i + 1);
        return dims;
    }

    /** The product of all sizes after the channels. */
    private static long places(long[] shape) {
        return Arrays.stream(shape).skip(2).reduce(1, (a, b) -> a * b);
    }

    private static void checkMany(String op, Tensor input, long count) {
        if (count == 1) {
            throw Check.argument(op, "there must be more than one value to take a variance of")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .hint("In evaluation mode, batch norm uses the running statistics.")
                    .error();
        }
    }

    private static void checkChannels(String op, Tensor input, Affine affine) {
        boolean fits = input.dim() >= 2;
        for (Tensor one : new Tensor[] {affine.weight(), affine.bias()}) {
            fits = fits && (one == null || one.dim() == 1 && one.size(0) == input.size(1));
        }
        if (!fits) {
            throw Check.shape(op, "the input must be [N, C, ...], weight and bias [C]")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
    }

    private static void checkRunning(String op, Tensor input, Running running) {
        for (Tensor one : new Tensor[] {running.mean(), running.var()}) {
            if (one != null && one.numel() != input.size(1)) {
                throw Check.shape(op, "running mean and variance must have one value per channel")
                        .expected(input.size(1))
                        .got(one.numel())
                        .operand("input", input.dtype(), input.shape().toArray())
                        .error();
            }
        }
    }

    private static void checkLayer(Tensor input, long[] normalizedShape, Affine affine) {
        int count = normalizedShape.length;
        long[] sizes = input.shape().toArray();
        boolean fits = count > 0
                && count <= sizes.length
                && Arrays.equals(normalizedShape, Arrays.copyOfRange(sizes, sizes.length - count, sizes.length));
        for (Tensor one : new Tensor[] {affine.weight(), affine.bias()}) {
            fits &= one == null || Arrays.equals(one.shape().toArray(), normalizedShape);
        }
        if (!fits) {
            throw Check.shape("layerNorm", "the input must end in the normalized shape, which weight and bias have")
                    .expected("normalized shape " + Arrays.toString(normalizedShape))
                    .operand("input", input.dtype(), sizes)
                    .error();
        }
        checkFloating("layerNorm", input);
    }

    private static void checkFloating(String op, Tensor input) {
        if (!input.isFloatingPoint()) {
            throw Check.dtype(op, "the input must be floating point")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
    }
}
