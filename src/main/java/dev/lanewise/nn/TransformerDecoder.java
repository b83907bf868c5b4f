package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Decoder layers one after the other, and a norm after the last if one is given.
 *
 * <p>Source: PyTorch's {@code torch.nn.TransformerDecoder}.
 */
public final class TransformerDecoder extends Module {
    private final ModuleList layers;
    private final LayerNorm norm;

    /** So many layers like the one given, which begin with its values, and no norm. */
    public TransformerDecoder(TransformerDecoderLayer layer, int numLayers) {
        this(layer, numLayers, null);
    }

    /** So many layers like the one given, which begin with its values, and a norm or null. */
    public TransformerDecoder(TransformerDecoderLayer layer, int numLayers, LayerNorm norm) {
        layers = new ModuleList();
        for (int i = 0; i < numLayers; i++) {
            layers.append(layer.copy());
        }
        register("layers", layers);
        this.norm = norm == null ? null : register("norm", norm);
    }

    /** The output where all of the target and the memory takes part. */
    public Tensor forward(Tensor tgt, Tensor memory) {
        return forward(tgt, memory, MultiheadAttention.Masks.NONE, MultiheadAttention.Masks.NONE);
    }

    /** The output where masked keys of the target and of the memory take no part in any layer. */
    public Tensor forward(
            Tensor tgt, Tensor memory, MultiheadAttention.Masks tgtMasks, MultiheadAttention.Masks memoryMasks) {
        Tensor x = tgt;
        for (Module layer : layers) {
            x = ((TransformerDecoderLayer) layer).forward(x, memory, tgtMasks, memoryMasks);
        }
        return noted(tgt, norm == null ? x : norm.forward(x));
    }
}
