package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Generator;
import dev.lanewise.GradMode;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/**
 * First values of parameters, drawn from the default generator as PyTorch draws them.
 *
 * <p>All methods change the tensor they are given, outside the graph, and return it. A weight of shape
 * {@code [out, in, k1, ...]} has {@code fanIn = in·k1·…} and {@code fanOut = out·k1·…}. Source: PyTorch's
 * {@code torch.nn.init}.
 */
public final class Init {
    private Init() {}

    /** Which of a weight's two numbers of connections keeps its variance. */
    public enum FanMode {
        /** Keeps the variance in the forward pass. */
        FAN_IN,
        /** Keeps the variance of gradients in the backward pass. */
        FAN_OUT
    }

    /** The function that follows a layer. */
    public enum Nonlinearity {
        /** None, or a layer itself. */
        LINEAR,
        /** The logistic function. */
        SIGMOID,
        /** The hyperbolic tangent. */
        TANH,
        /** max(x, 0). */
        RELU,
        /** x, times a slope where negative. */
        LEAKY_RELU,
        /** The scaled exponential linear unit. */
        SELU
    }

    /** The recommended gain for a function; a leaky ReLU has a slope of 0.01. */
    public static double calculateGain(Nonlinearity nonlinearity) {
        return calculateGain(nonlinearity, 0.01);
    }

    /** The recommended gain for a function; {@code slope} counts for a leaky ReLU alone: {@code √(2 / (1 + slope²))}. */
    public static double calculateGain(Nonlinearity nonlinearity, double slope) {
        return switch (nonlinearity) {
            case LINEAR, SIGMOID -> 1;
            case TANH -> 5.0 / 3;
            case RELU -> Math.sqrt(2.0);
            case LEAKY_RELU -> Math.sqrt(2.0 / (1 + slope * slope));
            case SELU -> 3.0 / 4;
        };
    }

    /** Draws uniformly from [0, 1). */
    public static Tensor uniform_(Tensor tensor) {
        return uniform_(tensor, 0, 1);
    }

    /** Draws uniformly from {@code [from, to)}. */
    public static Tensor uniform_(Tensor tensor, double from, double to) {
        return GradMode.noGrad(() -> tensor.uniform_(from, to));
    }

    /** Draws from the standard normal distribution. */
    public static Tensor normal_(Tensor tensor) {
        return normal_(tensor, 0, 1);
    }

    /** Draws from a normal distribution. */
    public static Tensor normal_(Tensor tensor, double mean, double std) {
        return GradMode.noGrad(() -> tensor.normal_(mean, std));
    }

    /** Sets every element to a number. */
    public static Tensor constant_(Tensor tensor, double value) {
        return GradMode.noGrad(() -> tensor.fill_(value));
    }

    /** Sets every element to 0. */
    public static Tensor zeros_(Tensor tensor) {
        return constant_(tensor, 0);
    }

    /** Sets every element to 1. */
    public static Tensor ones_(Tensor tensor) {
        return constant_(tensor, 1);
    }

    /** Glorot's uniform values with gain 1. */
    public static Tensor xavierUniform_(Tensor tensor) {
        return xavierUniform_(tensor, 1);
    }

    /** Glorot's uniform values, between {@code ±gain·√(6 / (fanIn + fanOut))}. */
    public static Tensor xavierUniform_(Tensor tensor, double gain) {
        double bound = Math.sqrt(3.0) * xavierStd("xavierUniform_", tensor, gain);
        return uniform_(tensor, -bound, bound);
    }

    /** Glorot's normal values with gain 1. */
    public static Tensor xavierNormal_(Tensor tensor) {
        return xavierNormal_(tensor, 1);
    }

    /** Glorot's normal values, of standard deviation {@code gain·√(2 / (fanIn + fanOut))}. */
    public static Tensor xavierNormal_(Tensor tensor, double gain) {
        return normal_(tensor, 0, xavierStd("xavierNormal_", tensor, gain));
    }

    /** He's uniform values for a ReLU, by the fan in. */
    public static Tensor kaimingUniform_(Tensor tensor) {
        return kaimingUniform_(tensor, 0);
    }

    /** He's uniform values for a leaky ReLU with the given slope, by the fan in. */
    public static Tensor kaimingUniform_(Tensor tensor, double slope) {
        return kaimingUniform_(tensor, slope, FanMode.FAN_IN, Nonlinearity.LEAKY_RELU);
    }

    /** He's uniform values, between {@code ±gain·√(3 / fan)}; {@code slope} counts for a leaky ReLU alone. */
    public static Tensor kaimingUniform_(Tensor tensor, double slope, FanMode mode, Nonlinearity nonlinearity) {
        if (tensor.numel() == 0) {
            return tensor;
        }
        double bound = Math.sqrt(3.0) * kaimingStd("kaimingUniform_", tensor, slope, mode, nonlinearity);
        return uniform_(tensor, -bound, bound);
    }

    /** He's normal values for a ReLU, by the fan in. */
    public static Tensor kaimingNormal_(Tensor tensor) {
        return kaimingNormal_(tensor, 0);
    }

    /** He's normal values for a leaky ReLU with the given slope, by the fan in. */
    public static Tensor kaimingNormal_(Tensor tensor, double slope) {
        return kaimingNormal_(tensor, slope, FanMode.FAN_IN, Nonlinearity.LEAKY_RELU);
    }

    /** He's normal values, of standard deviation {@code gain / √fan}; {@code slope} counts for a leaky ReLU alone. */
    public static Tensor kaimingNormal_(Tensor tensor, double slope, FanMode mode, Nonlinearity nonlinearity) {
        if (tensor.numel() == 0) {
            return tensor;
        }
        return normal_(tensor, 0, kaimingStd("kaimingNormal_", tensor, slope, mode, nonlinearity));
    }

    /** Standard normal values cut off at ±2. */
    public static Tensor truncNormal_(Tensor tensor) {
        return truncNormal_(tensor, 0, 1);
    }

    /** Normal values cut off at -2 and 2, whatever the mean and the deviation. */
    public static Tensor truncNormal_(Tensor tensor, double mean, double std) {
        return truncNormal_(tensor, mean, std, -2, 2);
    }

    /** Normal values from {@code [low, high]}: the inverse of the distribution at uniform numbers between its bounds. */
    public static Tensor truncNormal_(Tensor tensor, double mean, double std, double low, double high) {
        return GradMode.noGrad(() -> {
            Tensor bounds = Tensor.of(DType.FLOAT64, low - mean, high - mean)
                    .div_(std)
                    .div_(Math.sqrt(2))
                    .erf_();
            tensor.uniform_(bounds.get(0).item(), bounds.get(1).item()).erfinv_();
            return tensor.mul_(std * Math.sqrt(2)).add_(mean).clamp_(low, high);
        });
    }

    /** Sets a matrix to ones on its diagonal and zeros elsewhere. */
    public static Tensor eye_(Tensor tensor) {
        checkMatrix("eye_", tensor);
        return GradMode.noGrad(() -> {
            tensor.zero_().diagonal(0, 0, 1).fill_(1);
            return tensor;
        });
    }

    /** Makes a convolution pass its channels on unchanged; see {@link #dirac_(Tensor, long)}. */
    public static Tensor dirac_(Tensor tensor) {
        return dirac_(tensor, 1);
    }

    /**
     * Makes a convolution pass on, in each group, as many channels as it has, unchanged: zeros, and a one in the middle of
     * the kernel from channel i to channel i.
     *
     * <p>The weight is {@code [out, in, k1, ...]} with one to three sizes of the kernel; groups divide {@code out}.
     */
    public static Tensor dirac_(Tensor tensor, long groups) {
        if (tensor.dim() < 3 || tensor.dim() > 5) {
            throw Check.shape("dirac_", "the tensor must have 3 to 5 dimensions")
                    .operand("tensor", tensor.dtype(), tensor.shape().toArray())
                    .error();
        }
        if (groups < 1 || tensor.size(0) % groups != 0) {
            throw Check.argument("dirac_", "the groups must divide the output channels")
                    .got(groups)
                    .operand("tensor", tensor.dtype(), tensor.shape().toArray())
                    .error();
        }
        return GradMode.noGrad(() -> {
            tensor.zero_();
            Tensor middle = tensor;
            for (int d = tensor.dim() - 1; d >= 2; d--) {
                middle = middle.select(d, tensor.size(d) / 2);
            }
            for (Tensor group : middle.split(tensor.size(0) / groups, 0)) {
                group.diagonal(0, 0, 1).fill_(1);
            }
            return tensor;
        });
    }

    /** A random orthogonal matrix with gain 1. */
    public static Tensor orthogonal_(Tensor tensor) {
        return orthogonal_(tensor, 1);
    }

    /**
     * A random orthogonal matrix times {@code gain}: its rows or columns, whichever are fewer, are orthonormal.
     *
     * <p>Dimensions from 1 on count as columns. Source: A. Saxe et al., "Exact solutions to the nonlinear dynamics of
     * learning in deep linear neural networks", 2013.
     */
    public static Tensor orthogonal_(Tensor tensor, double gain) {
        if (tensor.dim() < 2) {
            throw tooFewDimensions("orthogonal_", tensor);
        }
        if (tensor.numel() == 0) {
            return tensor;
        }
        int rows = Math.toIntExact(tensor.size(0));
        int columns = Math.toIntExact(tensor.numel() / rows);
        return GradMode.noGrad(() -> {
            Tensor drawn = Tensor.randn(tensor.dtype(), rows, columns);
            boolean wide = rows < columns;
            // The transpose of the taller form, row by row, is that form column by column.
            double[] tall = (wide ? drawn : drawn.t()).toDoubleArray();
            Orthogonal.of(tall, Math.max(rows, columns), Math.min(rows, columns));
            Tensor q = wide
                    ? Tensor.of(tensor.dtype(), tall).reshape(rows, columns)
                    : Tensor.of(tensor.dtype(), tall).reshape(columns, rows).t();
            return tensor.copy_(q.reshape(tensor.shape().toArray())).mul_(gain);
        });
    }

    /** Normal values of deviation 0.01 of which a fraction of every column is 0. */
    public static Tensor sparse_(Tensor tensor, double sparsity) {
        return sparse_(tensor, sparsity, 0.01);
    }

    /** Normal values, of which {@code ceil(sparsity · rows)} in every column of the matrix are 0. */
    public static Tensor sparse_(Tensor tensor, double sparsity, double std) {
        checkMatrix("sparse_", tensor);
        int rows = Math.toIntExact(tensor.size(0));
        int columns = Math.toIntExact(tensor.size(1));
        int zeros = (int) Math.ceil(sparsity * rows);
        return GradMode.noGrad(() -> {
            double[] values = tensor.normal_(0, std).toDoubleArray();
            for (int c = 0; c < columns; c++) {
                long[] order = Generator.defaultGenerator().randperm(rows);
                for (int i = 0; i < Math.min(zeros, rows); i++) {
                    values[(int) order[i] * columns + c] = 0;
                }
            }
            return tensor.copy_(Tensor.of(tensor.dtype(), values).reshape(rows, columns));
        });
    }

    private static void checkMatrix(String op, Tensor tensor) {
        if (tensor.dim() != 2) {
            throw Check.shape(op, "the tensor must have 2 dimensions")
                    .operand("tensor", tensor.dtype(), tensor.shape().toArray())
                    .error();
        }
    }

    // The order of operations is PyTorch's, so that the bounds have its bits.
    private static double xavierStd(String op, Tensor tensor, double gain) {
        long sum = fan(op, tensor, FanMode.FAN_IN) + fan(op, tensor, FanMode.FAN_OUT);
        return gain * Math.sqrt(2.0 / (double) sum);
    }

    private static double kaimingStd(String op, Tensor tensor, double slope, FanMode mode, Nonlinearity nonlinearity) {
        return calculateGain(nonlinearity, slope) / Math.sqrt((double) fan(op, tensor, mode));
    }

    private static long fan(String op, Tensor tensor, FanMode mode) {
        if (tensor.dim() < 2) {
            throw tooFewDimensions(op, tensor);
        }
        long area = 1;
        for (int d = 2; d < tensor.dim(); d++) {
            area *= tensor.size(d);
        }
        return area * tensor.size(mode == FanMode.FAN_IN ? 1 : 0);
    }

    private static ShapeException tooFewDimensions(String op, Tensor tensor) {
        return Check.shape(op, "the tensor must have at least 2 dimensions")
                .operand("tensor", tensor.dtype(), tensor.shape().toArray())
                .error();
    }
}
