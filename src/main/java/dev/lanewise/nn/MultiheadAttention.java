package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/**
 * Attention by several heads, each with its own part of the queries, keys and values.
 *
 * <p>Query {@code [T, N, E]}, key {@code [S, N, kdim]} and value {@code [S, N, vdim]}, N first if made batch first, or all
 * without N. Parameters {@code in_proj_weight [3E, E]}, or {@code q_proj_weight}, {@code k_proj_weight} and
 * {@code v_proj_weight} where the sizes differ, {@code in_proj_bias [3E]}, {@code bias_k} and {@code bias_v} if asked for, and
 * a linear layer {@code out_proj}. Weights are drawn as {@link Init#xavierUniform_(Tensor)}, {@code bias_k} and {@code bias_v}
 * as {@link Init#xavierNormal_(Tensor)}; other biases are 0. Source: PyTorch's {@code torch.nn.MultiheadAttention}.
 */
public final class MultiheadAttention extends Module {
    private final long embedDim;
    private final long numHeads;
    private final AttentionOptions options;
    private final boolean packed;
    private final Linear outProj;

    /**
     * What an attention gives.
     *
     * @param output the attended values, of the query's shape
     * @param weights {@code [N, T, S]}, the mean of all heads, or {@code [N, heads, T, S]}; without N for inputs without; null
     *     if not asked for
     */
    public record Output(Tensor output, Tensor weights) {}

    /**
     * What takes part.
     *
     * @param attention null, or {@code [T, S]} or {@code [N · heads, T, S]}: BOOL, true where a key does not take part, or
     *     numbers to be added
     * @param keyPadding null, or {@code [N, S]}: BOOL, true for a key that takes no part, or numbers to be added
     */
    public record Masks(Tensor attention, Tensor keyPadding) {
        /** All keys take part for all queries. */
        public static final Masks NONE = new Masks(null, null);
    }

    /** The layer with biases and without dropout, in FLOAT32. */
    public MultiheadAttention(long embedDim, long numHeads) {
        this(embedDim, numHeads, AttentionOptions.DEFAULT);
    }

    /** The layer with other options than the usual ones; the heads must divide the size. */
    public MultiheadAttention(long embedDim, long numHeads, AttentionOptions options) {
        if (embedDim < 1 || numHeads < 1 || embedDim % numHeads != 0) {
            throw Check.argument("MultiheadAttention", "the number of heads must divide the size of the queries")
                    .got(numHeads + " heads and size " + embedDim)
                    .error();
        }
        Functional.checkDropout(options.dropout());
        this.embedDim = embedDim;
        this.numHeads = numHeads;
        this.options = options;
        long keys = options.kdim() == 0 ? embedDim : options.kdim();
        long values = options.vdim() == 0 ? embedDim : options.vdim();
        packed = keys == embedDim && values == embedDim;
        DType type = options.dtype();
        if (packed) {
            registerParameter("in_proj_weight", Tensor.empty(type, 3 * embedDim, embedDim));
        } else {
            registerParameter("q_proj_weight", Tensor.empty(type, embedDim, embedDim));
            registerParameter("k_proj_weight", Tensor.empty(type, embedDim, keys));
            registerParameter("v_proj_weight", Tensor.empty(type, embedDim, values));
        }
        if (options.bias()) {
            registerParameter("in_proj_bias", Tensor.empty(type, 3 * embedDim));
        }
        // The last layer draws before the parameters do.
        outProj = register("out_proj", new NonDynamicallyQuantizableLinear(embedDim, options.bias(), type));
        if (options.addBiasKv()) {
            registerParameter("bias_k", Tensor.empty(type, 1, 1, embedDim));
            registerParameter("bias_v", Tensor.empty(type, 1, 1, embedDim));
        }
        resetParameters();
    }

    /** Draws the parameters anew from the default generator, but for the weight of the last layer. */
    public void resetParameters() {
        String[] weights = packed
                ? new String[] {"in_proj_weight"}
                : new String[] {"q_proj_weight", "k_proj_weight", "v_proj_weight"};
        for (String weight : weights) {
            Init.xavierUniform_(parameter(weight));
        }
        if (options.bias()) {
            Init.zeros_(parameter("in_proj_bias"));
            Init.zeros_(outProj.bias());
        }
        if (options.addBiasKv()) {
            Init.xavierNormal_(parameter("bias_k"));
            Init.xavierNormal_(parameter("bias_v"));
        }
    }

    /** The attended values of a sequence that is query, key and value in one. */
    @Override
    public Tensor forward(Tensor input) {
        return forward(input, input, input, Masks.NONE, false, true).output();
    }

    /** Attended values and mean weights, where all keys take part. */
    public Output forward(Tensor query, Tensor key, Tensor value) {
        return forward(query, key, value, Masks.NONE, true, true);
    }

    /**
     * Attended values and weights.
     *
     * @param needWeights false for no weights, which is faster
     * @param averageWeights true for the mean of all heads
     */
    public Output forward(
            Tensor query, Tensor key, Tensor value, Masks masks, boolean needWeights, boolean averageWeights) {
        boolean single = query.dim() == 2;
        check(query, key, value, masks);
        Tensor q = timesFirst(query, single);
        Tensor k = key == query ? q : timesFirst(key, single);
        Tensor v = value == key ? k : value == query ? q : timesFirst(value, single);
        Masks batched = single && masks.keyPadding() != null
                ? new Masks(masks.attention(), masks.keyPadding().unsqueeze(0))
                : masks;
        Attention.Weighted result = attend(q, k, v, batched);
        Tensor out = options.batchFirst() && !single
                ? result.output().transpose(0, 1)
                : single ? result.output().squeeze(1) : result.output();
        if (!needWeights) {
            return new Output(noted(query, out), null);
        }
        Tensor heads = result.weights().unflatten(0, q.size(1), numHeads);
        Tensor weights = averageWeights ? heads.mean(1) : heads;
        return new Output(noted(query, out), single ? weights.squeeze(0) : weights);
    }

    /** Products of queries with keys and of weights with values, in an attention of a sequence to itself. */
    long attended(Tensor query) {
        long times = query.size(query.dim() == 3 && options.batchFirst() ? 1 : 0);
        return 2 * query.numel() * times;
    }

    private Tensor timesFirst(Tensor x, boolean single) {
        return single ? x.unsqueeze(1) : options.batchFirst() ? x.transpose(0, 1) : x;
    }

    /** Attends on {@code [T, N, E]}; the weights are {@code [N · heads, T, S]}. */
    private Attention.Weighted attend(Tensor query, Tensor key, Tensor value, Masks masks) {
        long times = query.size(0);
        long batch = query.size(1);
        Tensor[] parts = projected(query, key, value);
        Tensor attention = masks.attention();
        Tensor padding = masks.keyPadding();
        long extra = 0;
        if (options.addBiasKv()) {
            parts[1] = Tensor.cat(0, parts[1], parameter("bias_k").expand(1, batch, embedDim));
            parts[2] = Tensor.cat(0, parts[2], parameter("bias_v").expand(1, batch, embedDim));
            extra++;
        }
        Tensor q = heads(parts[0]);
        Tensor k = heads(parts[1]);
        Tensor v = heads(parts[2]);
        if (options.addZeroAttn()) {
            Tensor zeros = Tensor.zeros(k.dtype(), batch * numHeads, 1, embedDim / numHeads);
            k = Tensor.cat(1, k, zeros);
            v = Tensor.cat(1, v, zeros);
            extra++;
        }
        Tensor mask = merged(widened(attention, extra), widened(padding, extra), batch, k.size(1), q.dtype());
        Attention.Weighted result = Attention.weighted(q, k, v, mask, isTraining() ? options.dropout() : 0);
        Tensor joint = result.output().transpose(0, 1).reshape(times, batch, embedDim);
        return new Attention.Weighted(outProj.forward(joint), result.weights());
    }

    /** Query, key and value after their linear maps, with one product for what is the same tensor. */
    private Tensor[] projected(Tensor query, Tensor key, Tensor value) {
        Tensor bias = options.bias() ? parameter("in_proj_bias") : null;
        if (packed && query == key && key == value) {
            return Functional.linear(query, parameter("in_proj_weight"), bias)
                    .chunk(3, -1)
                    .toArray(Tensor[]::new);
        }
        Tensor[] biases = bias == null ? new Tensor[3] : bias.chunk(3, 0).toArray(Tensor[]::new);
        Tensor[] weights = packed
                ? parameter("in_proj_weight").chunk(3, 0).toArray(Tensor[]::new)
                : new Tensor[] {parameter("q_proj_weight"), parameter("k_proj_weight"), parameter("v_proj_weight")};
        return new Tensor[] {
            Functional.linear(query, weights[0], biases[0]),
            Functional.linear(key, weights[1], biases[1]),
            Functional.linear(value, weights[2], biases[2])
        };
    }

    /** {@code [T, N, E]} as {@code [N · heads, T, E / heads]}. */
    private Tensor heads(Tensor x) {
        return x.contiguous()
                .view(x.size(0), x.size(1) * numHeads, embedDim / numHeads)
                .transpose(0, 1);
    }

    /** A mask that lets the keys added at the end take part. */
    private static Tensor widened(Tensor mask, long extra) {
        return mask == null || extra == 0
                ? mask
                : Functional.pad(mask, new long[] {0, extra}, mask.dtype() == DType.BOOL ? (Number) 0L : 0.0);
    }

    /** Both masks as one of numbers to be added, or null. */
    private Tensor merged(Tensor attention, Tensor padding, long batch, long keys, DType type) {
        Tensor mask = numbers(attention, type);
        if (padding == null) {
            return mask;
        }
        Tensor keysOut = numbers(padding, type)
                .view(batch, 1, 1, keys)
                .expand(batch, numHeads, 1, keys)
                .reshape(batch * numHeads, 1, keys);
        return mask == null ? keysOut : mask.add(keysOut);
    }

    private static Tensor numbers(Tensor mask, DType type) {
        return mask == null || mask.dtype() != DType.BOOL
                ? mask
                : Tensor.zeros(type, mask.shape().toArray()).maskedFill(mask, Double.NEGATIVE_INFINITY);
    }

    private void check(Tensor query, Tensor key, Tensor value, Masks masks) {
        int rank = query.dim();
        int samples = options.batchFirst() ? 0 : 1;
        int times = 1 - samples;
        boolean fits = (rank == 2 || rank == 3) && key.dim() == rank && value.dim() == rank;
        fits = fits && query.size(-1) == embedDim;
        if (fits && rank == 3) {
            fits = key.size(samples) == query.size(samples) && value.size(samples) == query.size(samples);
        }
        fits = fits && key.size(rank == 2 ? 0 : times) == value.size(rank == 2 ? 0 : times);
        if (!fits) {
            throw Check.shape(
                            "MultiheadAttention",
                            "query, key and value must all have a batch or none, the query's last size " + embedDim)
                    .operand("query", query.dtype(), query.shape().toArray())
                    .operand("key", key.dtype(), key.shape().toArray())
                    .operand("value", value.dtype(), value.shape().toArray())
                    .error();
        }
        long sequences = rank == 2 ? 1 : query.size(samples);
        long t = query.size(rank == 2 ? 0 : times);
        long s = key.size(rank == 2 ? 0 : times);
        checkMask(
                "attention", masks.attention(), query.dtype(), new long[] {t, s}, new long[] {sequences * numHeads, t, s
                });
        checkMask(
                "keyPadding",
                masks.keyPadding(),
                query.dtype(),
                rank == 2 ? new long[] {s} : new long[] {sequences, s});
    }

    private static void checkMask(String name, Tensor mask, DType type, long[]... shapes) {
        if (mask == null) {
            return;
        }
        boolean fits = false;
        for (long[] shape : shapes) {
            fits |= java.util.Arrays.equals(shape, mask.shape().toArray());
        }
        if (!fits) {
            throw Check.shape("MultiheadAttention", "the mask must have a place for each query and key")
                    .expected(java.util.Arrays.deepToString(shapes))
                    .operand(name, mask.dtype(), mask.shape().toArray())
                    .error();
        }
        if (mask.dtype() != DType.BOOL && mask.dtype() != type) {
            throw Check.dtype("MultiheadAttention", "a mask must be BOOL or have the dtype of the query")
                    .operand(name, mask.dtype(), mask.shape().toArray())
                    .error();
        }
    }
}
