package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.PoolOps;
import java.util.Arrays;

/** Pools over one to three dimensions: sizes and checks around {@link PoolOps}. */
final class Pooling {
    private Pooling() {}

    // ------------------------------------------------------------------ windows of equal size

    /** The maxima, with positions only if they are asked for. */
    static ValuesIndices max(String op, Tensor input, Windows.Geometry g, boolean ceil, boolean indices) {
        return max(input, grid(op, input, g, ceil), indices);
    }

    /** Sums of windows, divided by the number of their elements, or by {@code divisor} if it is not null. */
    static Tensor avg(
            String op, Tensor input, Windows.Geometry g, boolean ceil, boolean countIncludePad, Long divisor) {
        if (divisor != null && divisor == 0) {
            throw Check.argument(op, "the divisor must not be zero").error();
        }
        PoolOps.Windows windows = grid(op, input, g, ceil);
        if (!input.isFloatingPoint() && input.dtype() != DType.INT64) {
            throw Check.dtype(op, "the input must be floating point or int64")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        return PoolOps.avgPool(input, windows, countIncludePad, divisor == null ? 0 : divisor);
    }

    /** {@code (Σ x^p)^(1/p)} of each window. */
    static Tensor lp(String op, Tensor input, Number p, Windows.Geometry g, boolean ceil) {
        Tensor means = avg(op, input.pow(p), g, ceil, true, null);
        long window = Arrays.stream(g.kernel()).reduce(1, (a, b) -> a * b);
        return means.sign().mul(means.abs().relu()).mul(window).pow(1 / p.doubleValue());
    }

    private static PoolOps.Windows grid(String op, Tensor input, Windows.Geometry g, boolean ceil) {
        int dims = g.kernel().length;
        checkRank(op, input, dims);
        checkHalf(op, input, g);
        long[] in = new long[dims];
        long[] out = new long[dims];
        for (int i = 0; i < dims; i++) {
            in[i] = input.size(i - dims);
            out[i] = windows(in[i], g, i, ceil);
            if (in[i] < 1 || out[i] < 1) {
                throw tooSmall(op, input, g, i);
            }
        }
        return PoolOps.Windows.of(in, out, g.kernel(), g.stride(), g.padding(), g.dilation());
    }

    /** The number of windows along a dimension; with {@code ceil}, the last may end beyond the padding, not begin there. */
    private static long windows(long size, Windows.Geometry g, int d, boolean ceil) {
        long padding = g.padding()[d];
        long stride = g.stride()[d];
        long room = size + 2 * padding - g.span(d);
        if (!ceil) {
            return Math.floorDiv(room, stride) + 1;
        }
        long count = Math.ceilDiv(room, stride) + 1;
        return (count - 1) * stride >= size + padding ? count - 1 : count;
    }

    private static RuntimeException tooSmall(String op, Tensor input, Windows.Geometry g, int d) {
        int dims = g.kernel().length;
        long[] padded = input.shape().toArray();
        for (int i = 0; i < dims; i++) {
            padded[padded.length - dims + i] += 2 * g.padding()[i];
        }
        int dim = padded.length - dims + d;
        return Check.shape(op, "the kernel must not be larger than the padded input")
                .expected("at most " + padded[dim] + " in dim " + dim)
                .got(g.span(d))
                .operand("padded input", input.dtype(), padded)
                .error();
    }

    // ------------------------------------------------------------------ as many windows as asked for

    static ValuesIndices adaptiveMax(String op, int dims, Tensor input, long[] outputSize, boolean indices) {
        return max(input, adaptive(op, dims, input, outputSize), indices);
    }

    static Tensor adaptiveAvg(String op, int dims, Tensor input, long... outputSize) {
        PoolOps.Windows windows = adaptive(op, dims, input, outputSize);
        if (!input.isFloatingPoint()) {
            throw Check.dtype(op, "the input must be floating point")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
        return PoolOps.avgPool(input, windows, false, 0);
    }

    private static PoolOps.Windows adaptive(String op, int dims, Tensor input, long... outputSize) {
        checkRank(op, input, dims);
        long[] out = outputSize.length == 1 ? Windows.filled(dims, outputSize[0]) : outputSize.clone();
        long[] in = new long[dims];
        for (int i = 0; i < dims; i++) {
            in[i] = input.size(i - dims);
            if (out.length == dims && out[i] == -1) {
                out[i] = in[i];
            }
            if (out.length != dims || out[i] < 0 || in[i] < 1) {
                throw Check.argument(op, "the output size must be given for each dimension, of which none may be empty")
                        .expected(dims == 1 ? "one number" : "one number or " + dims)
                        .got(outputSize)
                        .operand("input", input.dtype(), input.shape().toArray())
                        .hint("-1 stands for the input's own size.")
                        .error();
            }
        }
        return PoolOps.Windows.adaptive(in, out);
    }

    private static ValuesIndices max(Tensor input, PoolOps.Windows windows, boolean indices) {
        boolean wanted = indices || input.requiresGrad() && GradMode.isEnabled();
        Tensor positions = null;
        if (wanted) {
            positions = Tensor.empty(DType.INT64, windows.outShape(input.shape().toArray()));
        }
        return new ValuesIndices(PoolOps.maxPool(input, windows, positions), positions);
    }

    // ------------------------------------------------------------------ back to the places

    static Tensor unpool(String op, Tensor input, Tensor indices, Windows.Geometry g, long... outputSize) {
        int dims = g.kernel().length;
        checkRank(op, input, dims);
        if (!Arrays.equals(input.shape().toArray(), indices.shape().toArray())) {
            throw Check.shape(op, "input and indices must have the same sizes")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .operand("indices", indices.dtype(), indices.shape().toArray())
                    .error();
        }
        if (indices.dtype() != DType.INT64) {
            throw Check.dtype(op, "the indices must be int64")
                    .operand("indices", indices.dtype(), indices.shape().toArray())
                    .error();
        }
        long[] sizes = new long[dims];
        for (int i = 0; i < dims; i++) {
            sizes[i] = (input.size(i - dims) - 1) * g.stride()[i] + g.kernel()[i] - 2 * g.padding()[i];
        }
        return PoolOps.maxUnpool(input, indices, outputSize.length == 0 ? sizes : chosen(op, sizes, g, outputSize));
    }

    /** The sizes asked for, which must be less than a stride away from the usual ones. */
    private static long[] chosen(String op, long[] usual, Windows.Geometry g, long... outputSize) {
        int dims = usual.length;
        boolean all = outputSize.length == dims + 2;
        long[] sizes = all ? Arrays.copyOfRange(outputSize, 2, dims + 2) : outputSize;
        boolean fits = sizes.length == dims;
        for (int i = 0; fits && i < dims; i++) {
            fits = Math.abs(sizes[i] - usual[i]) < g.stride()[i];
        }
        if (!fits) {
            throw Check.argument(op, "the output size must be less than a stride away from the usual one")
                    .expected("about " + Arrays.toString(usual))
                    .got(outputSize)
                    .error();
        }
        return sizes;
    }

    // ------------------------------------------------------------------ checks

    private static void checkHalf(String op, Tensor input, Windows.Geometry g) {
        for (int i = 0; i < g.kernel().length; i++) {
            if (g.padding()[i] > g.kernel()[i] / 2) {
                throw Check.argument(op, "the padding must be at most half the kernel")
                        .expected("at most " + g.kernel()[i] / 2)
                        .got(g.padding()[i])
                        .operand("input", input.dtype(), input.shape().toArray())
                        .error();
            }
        }
    }

    private static void checkRank(String op, Tensor input, int dims) {
        if (input.dim() != dims + 1 && input.dim() != dims + 2) {
            Windows.refuseRank(op, input, dims);
        }
    }
}
