package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Encoder layers one after the other, and a norm after the last if one is given.
 *
 * <p>Source: PyTorch's {@code torch.nn.TransformerEncoder}.
 */
public final class TransformerEncoder extends Module {
    private final ModuleList layers;
    private final LayerNorm norm;

    /** So many layers like the one given, which begin with its values, and no norm. */
    public TransformerEncoder(TransformerEncoderLayer layer, int numLayers) {
        this(layer, numLayers, null);
    }

    /** So many layers like the one given, which begin with its values, and a norm or null. */
    public TransformerEncoder(TransformerEncoderLayer layer, int numLayers, LayerNorm norm) {
        layers = new ModuleList();
        for (int i = 0; i < numLayers; i++) {
            layers.append(layer.copy());
        }
        register("layers", layers);
        this.norm = norm == null ? null : register("norm", norm);
    }

    @Override
    public Tensor forward(Tensor src) {
        return forward(src, MultiheadAttention.Masks.NONE);
    }

    /** The output where masked keys take no part in any layer. */
    public Tensor forward(Tensor src, MultiheadAttention.Masks masks) {
        Tensor x = src;
        for (Module layer : layers) {
            x = ((TransformerEncoderLayer) layer).forward(x, masks);
        }
        return noted(src, norm == null ? x : norm.forward(x));
    }
}
