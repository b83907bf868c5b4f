package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/**
 * An encoder and a decoder, each with a norm at its end.
 *
 * <p>Source {@code [S, N, dModel]} and target {@code [T, N, dModel]}, N first if made batch first, or both without N. All
 * parameters with two dimensions are drawn as {@link Init#xavierUniform_(Tensor)}. Source: PyTorch's
 * {@code torch.nn.Transformer}; A. Vaswani et al., "Attention is all you need", 2017.
 */
public final class Transformer extends Module {
    private final long dModel;
    private final TransformerOptions options;
    private final TransformerEncoder encoder;
    private final TransformerDecoder decoder;

    /** What takes part where; each may be {@link MultiheadAttention.Masks#NONE}. */
    public record Masks(MultiheadAttention.Masks src, MultiheadAttention.Masks tgt, MultiheadAttention.Masks memory) {
        /** All takes part. */
        public static final Masks NONE =
                new Masks(MultiheadAttention.Masks.NONE, MultiheadAttention.Masks.NONE, MultiheadAttention.Masks.NONE);
    }

    /** Size 512, 8 heads, 6 layers in the encoder and in the decoder. */
    public Transformer() {
        this(512, 8, 6, 6, TransformerOptions.DEFAULT);
    }

    /** The layer with all parameters. */
    public Transformer(
            long dModel, long nhead, int numEncoderLayers, int numDecoderLayers, TransformerOptions options) {
        this.dModel = dModel;
        this.options = options;
        encoder = register(
                "encoder",
                new TransformerEncoder(
                        new TransformerEncoderLayer(dModel, nhead, options), numEncoderLayers, options.norm(dModel)));
        decoder = register(
                "decoder",
                new TransformerDecoder(
                        new TransformerDecoderLayer(dModel, nhead, options), numDecoderLayers, options.norm(dModel)));
        resetParameters();
    }

    /** Draws the parameters with more than one dimension anew from the default generator. */
    public void resetParameters() {
        for (Parameter parameter : parameters()) {
            if (parameter.dim() > 1) {
                Init.xavierUniform_(parameter);
            }
        }
    }

    /** The decoder's output where all takes part. */
    public Tensor forward(Tensor src, Tensor tgt) {
        return forward(src, tgt, Masks.NONE);
    }

    /** The decoder's output where masked keys take no part. */
    public Tensor forward(Tensor src, Tensor tgt, Masks masks) {
        boolean fits = src.dim() == tgt.dim() && src.size(-1) == dModel && tgt.size(-1) == dModel;
        if (fits && src.dim() == 3) {
            int samples = options.batchFirst() ? 0 : 1;
            fits = src.size(samples) == tgt.size(samples);
        }
        if (!fits) {
            throw Check.shape("Transformer", "source and target must have as many samples, and the last size " + dModel)
                    .operand("src", src.dtype(), src.shape().toArray())
                    .operand("tgt", tgt.dtype(), tgt.shape().toArray())
                    .error();
        }
        Tensor memory = encoder.forward(src, masks.src());
        return noted(src, decoder.forward(tgt, memory, masks.tgt(), masks.memory()));
    }

    /** The mask {@code [size, size]} of a sequence that must not see what comes later: 0, and minus infinity above. */
    public static Tensor generateSquareSubsequentMask(long size) {
        return Attention.causal(DType.FLOAT32, size, size);
    }
}
