package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Self-attention, attention on an encoder's output, and two linear layers, each added to its input and normalised.
 *
 * <p>Target {@code [T, N, dModel]} and memory {@code [S, N, dModel]}, N first if made batch first, or both without N. Source:
 * PyTorch's {@code torch.nn.TransformerDecoderLayer}; A. Vaswani et al., "Attention is all you need", 2017.
 */
public final class TransformerDecoderLayer extends Module {
    private final long dModel;
    private final long nhead;
    private final TransformerOptions options;
    private final MultiheadAttention selfAttn;
    private final MultiheadAttention multiheadAttn;
    private final Linear linear1;
    private final Dropout dropout;
    private final Linear linear2;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final LayerNorm norm3;
    private final Dropout dropout1;
    private final Dropout dropout2;
    private final Dropout dropout3;

    /** The layer with the usual options. */
    public TransformerDecoderLayer(long dModel, long nhead) {
        this(dModel, nhead, TransformerOptions.DEFAULT);
    }

    /** The layer with other options than the usual ones; the heads must divide the size. */
    public TransformerDecoderLayer(long dModel, long nhead, TransformerOptions options) {
        this.dModel = dModel;
        this.nhead = nhead;
        this.options = options;
        Linear.Options linear = Linear.dtype(options.dtype());
        selfAttn = register("self_attn", new MultiheadAttention(dModel, nhead, options.attention()));
        multiheadAttn = register("multihead_attn", new MultiheadAttention(dModel, nhead, options.attention()));
        linear1 = register("linear1", new Linear(dModel, options.dimFeedforward(), linear));
        dropout = register("dropout", new Dropout(options.dropout()));
        linear2 = register("linear2", new Linear(options.dimFeedforward(), dModel, linear));
        norm1 = register("norm1", options.norm(dModel));
        norm2 = register("norm2", options.norm(dModel));
        norm3 = register("norm3", options.norm(dModel));
        dropout1 = register("dropout1", new Dropout(options.dropout()));
        dropout2 = register("dropout2", new Dropout(options.dropout()));
        dropout3 = register("dropout3", new Dropout(options.dropout()));
    }

    /** A layer of the same options and values. */
    TransformerDecoderLayer copy() {
        return Copies.of(this, () -> new TransformerDecoderLayer(dModel, nhead, options));
    }

    /** The output where all of the target and the memory takes part. */
    public Tensor forward(Tensor tgt, Tensor memory) {
        return forward(tgt, memory, MultiheadAttention.Masks.NONE, MultiheadAttention.Masks.NONE);
    }

    /** The output where masked keys of the target and of the memory take no part. */
    public Tensor forward(
            Tensor tgt, Tensor memory, MultiheadAttention.Masks tgtMasks, MultiheadAttention.Masks memoryMasks) {
        if (options.normFirst()) {
            Tensor x = tgt.add(own(norm1.forward(tgt), tgtMasks));
            Tensor y = x.add(cross(norm2.forward(x), memory, memoryMasks));
            return noted(tgt, y.add(feed(norm3.forward(y))));
        }
        Tensor x = norm1.forward(tgt.add(own(tgt, tgtMasks)));
        Tensor y = norm2.forward(x.add(cross(x, memory, memoryMasks)));
        return noted(tgt, norm3.forward(y.add(feed(y))));
    }

    private Tensor own(Tensor x, MultiheadAttention.Masks masks) {
        return dropout1.forward(selfAttn.forward(x, x, x, masks, false, true).output());
    }

    private Tensor cross(Tensor x, Tensor memory, MultiheadAttention.Masks masks) {
        return dropout2.forward(
                multiheadAttn.forward(x, memory, memory, masks, false, true).output());
    }

    private Tensor feed(Tensor x) {
        Tensor inner = options.activation().apply(linear1.forward(x));
        return dropout3.forward(linear2.forward(dropout.forward(inner)));
    }
}
