package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.EmbeddingOps;
import java.util.Arrays;

/** The lookups of {@link Functional}. */
abstract class EmbeddingFunctions extends Activations {
    /** Keeps the scale of a row of norm 0 finite. */
    private static final double NORM_EPS = 1e-7;

    EmbeddingFunctions() {}

    /** Rows of a table; see {@link #embedding(Tensor, Tensor, EmbeddingOptions)}. */
    public static Tensor embedding(Tensor input, Tensor weight) {
        return embedding(input, weight, EmbeddingOptions.DEFAULT);
    }

    /**
     * Rows of a table: {@code y[..., :] = weight[input[...], :]}.
     *
     * <p>Input INT64 or INT32 of any shape, weight {@code [rows, D]}; the result is {@code [..., D]}, a copy. With a largest
     * norm the weight is modified in place. Throws IndexException for a number that is no row.
     *
     * @param options the dtype is not read
     */
    public static Tensor embedding(Tensor input, Tensor weight, EmbeddingOptions options) {
        Tensor numbers = numbers("embedding", input);
        checkTable("embedding", weight);
        renormalize(weight, numbers, options);
        return lookUp(numbers, weight, padding("embedding", options, weight.size(0)), options);
    }

    private static Tensor lookUp(Tensor numbers, Tensor weight, long padding, EmbeddingOptions options) {
        EmbeddingOps.Lookup lookup = EmbeddingOps.Lookup.of(numbers, padding, options.scaleGradByFreq());
        return Dispatch.apply(EmbeddingOps.EMBEDDING, lookup, weight);
    }

    private static Tensor numbers(String op, Tensor input) {
        if (input.dtype() != DType.INT64 && input.dtype() != DType.INT32) {
            throw Check.dtype(op, "the numbers of rows must be int64 or int32")
                    .got(input.dtype())
                    .operand("input", input.dtype(), input.sizes())
                    .hint("Convert them with to(DType.INT64).")
                    .error();
        }
        return input.to(DType.INT64);
    }

    private static void checkTable(String op, Tensor weight) {
        if (weight.dim() != 2) {
            throw Check.shape(op, "the weight must have a row for each number")
                    .operand("weight", weight.dtype(), weight.sizes())
                    .error();
        }
    }

    /** The row for padding, counted from 0; -1 if there is none. */
    static long padding(String op, EmbeddingOptions options, long rows) {
        Long index = options.paddingIdx();
        if (index == null) {
            return -1;
        }
        if (index < -rows || index >= rows) {
            throw Check.argument(op, "paddingIdx must be a row of the table")
                    .expected(-rows + " to " + (rows - 1))
                    .got(index)
                    .error();
        }
        return index < 0 ? index + rows : index;
    }

    /** Scales the rows that are about to be looked up, where their norm is too large. */
    private static void renormalize(Tensor weight, Tensor numbers, EmbeddingOptions options) {
        if (options.maxNorm() == null || numbers.numel() == 0) {
            return;
        }
        try (var mode = GradMode.off()) {
            Tensor used = numbers.unique();
            Tensor rows = weight.detach().indexSelect(0, used);
            Tensor norms = rows.norm(options.normType(), new int[] {1}, true, weight.dtype());
            Tensor scales = norms.add(NORM_EPS).reciprocal().mul(options.maxNorm());
            Tensor scaled = Tensor.where(norms.gt(options.maxNorm()), rows.mul(scales), rows);
            weight.detach().indexCopy_(0, used, scaled);
        }
    }

    // ------------------------------------------------------------------ bags

    /** The means of bags, one for each row of the input; see the form with all arguments. */
    public static Tensor embeddingBag(Tensor input, Tensor weight) {
        return embeddingBag(input, weight, null);
    }

    /** The means of bags that begin at the offsets; see the form with all arguments. */
    public static Tensor embeddingBag(Tensor input, Tensor weight, Tensor offsets) {
        return embeddingBag(input, weight, offsets, EmbeddingBagOptions.DEFAULT, null);
    }

    /**
     * Sums, means or maxima over bags of rows: {@code y[b, :] = mode over i in bag b of weight[input[i], :]}.
     *
     * <p>Input INT64 or INT32, {@code [bags, n]} without offsets or {@code [N]} with them; weight {@code [rows, D]}; the result
     * is {@code [bags, D]}. An empty bag gives zeros.
     *
     * @param offsets where each bag begins, 1-d, rising from 0; null for an input of two dimensions
     * @param options the dtype is not read
     * @param perSampleWeights a factor for each row, of the shape of the input, for sums only; null for ones
     */
    public static Tensor embeddingBag(
            Tensor input, Tensor weight, Tensor offsets, EmbeddingBagOptions options, Tensor perSampleWeights) {
        Tensor numbers = numbers("embeddingBag", input);
        checkTable("embeddingBag", weight);
        checkBags(input, weight, offsets, options, perSampleWeights);
        renormalize(weight, numbers, options.table());
        long padding = padding("embeddingBag", options.table(), weight.size(0));
        return Bags.of(numbers, offsets, options.includeLastOffset())
                .weighted(perSampleWeights)
                .without(padding)
                .reduce(options.mode(), used -> lookUp(used, weight, -1, options.table()), weight);
    }

    private static void checkBags(
            Tensor input, Tensor weight, Tensor offsets, EmbeddingBagOptions options, Tensor perSampleWeights) {
        if (offsets == null && input.dim() != 2) {
            throw Check.shape("embeddingBag", "without offsets each row of the input is a bag")
                    .operand("input", input.dtype(), input.sizes())
                    .error();
        }
        if (offsets != null && (input.dim() != 1 || offsets.dim() != 1)) {
            throw Check.shape("embeddingBag", "input and offsets must be 1-d")
                    .operand("input", input.dtype(), input.sizes())
                    .operand("offsets", offsets.dtype(), offsets.sizes())
                    .error();
        }
        if (options.mode() == BagMode.MAX && options.table().scaleGradByFreq()) {
            throw Check.argument("embeddingBag", "maxima cannot have gradients scaled by frequency")
                    .error();
        }
        if (perSampleWeights == null) {
            return;
        }
        if (options.mode() != BagMode.SUM) {
            throw Check.argument("embeddingBag", "only sums can be weighted")
                    .expected(BagMode.SUM)
                    .got(options.mode())
                    .error();
        }
        if (!perSampleWeights.shape().equals(input.shape()) || perSampleWeights.dtype() != weight.dtype()) {
            throw Check.shape("embeddingBag", "there must be a factor of the weight's dtype for each number")
                    .operand("input", input.dtype(), input.sizes())
                    .operand("perSampleWeights", perSampleWeights.dtype(), perSampleWeights.sizes())
                    .error();
        }
    }

    // ------------------------------------------------------------------ one hot

    /** As {@link #oneHot(Tensor, long)} with as many classes as the largest number needs. */
    public static Tensor oneHot(Tensor input) {
        return oneHot(input, -1);
    }

    /**
     * For each number a row that is 1 at its place and 0 elsewhere: INT64, {@code [..., numClasses]}. No gradient.
     *
     * @param input INT64, from 0 on
     * @param numClasses more than the largest number; -1 for just that
     */
    public static Tensor oneHot(Tensor input, long numClasses) {
        if (input.dtype() != DType.INT64) {
            throw Check.dtype("oneHot", "the numbers must be int64")
                    .got(input.dtype())
                    .operand("input", input.dtype(), input.sizes())
                    .hint("Convert them with to(DType.INT64).")
                    .error();
        }
        boolean open = numClasses == -1;
        if (input.numel() == 0 ? numClasses <= 0 : numClasses < 1 && !open) {
            throw Check.argument("oneHot", "numClasses must be a number of classes")
                    .expected("at least 1")
                    .got(numClasses)
                    .operand("input", input.dtype(), input.sizes())
                    .error();
        }
        long least = input.numel() == 0 ? 0 : input.min().itemLong();
        long most = input.numel() == 0 ? 0 : input.max().itemLong();
        if (least < 0 || !open && most >= numClasses && input.numel() > 0) {
            throw Check.argument("oneHot", "the numbers must be classes")
                    .expected(open ? "0 or more" : "0 to " + (numClasses - 1))
                    .got(least < 0 ? least : most)
                    .operand("input", input.dtype(), input.sizes())
                    .error();
        }
        long[] shape = input.shape().toArray();
        long[] wide = Arrays.copyOf(shape, shape.length + 1);
        wide[shape.length] = open ? most + 1 : numClasses;
        return Tensor.zeros(DType.INT64, wide).scatter_(-1, input.unsqueeze(-1), 1);
    }
}
