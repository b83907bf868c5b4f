package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Self-attention and two linear layers, each added to its input and normalised.
 *
 * <p>Input {@code [T, N, dModel]}, N first if made batch first, or without N. Source: PyTorch's
 * {@code torch.nn.TransformerEncoderLayer}; A. Vaswani et al., "Attention is all you need", 2017.
 */
public final class TransformerEncoderLayer extends Module {
    private final long dModel;
    private final long nhead;
    private final TransformerOptions options;
    private final MultiheadAttention selfAttn;
    private final Linear linear1;
    private final Dropout dropout;
    private final Linear linear2;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final Dropout dropout1;
    private final Dropout dropout2;

    /** The layer with the usual options. */
    public TransformerEncoderLayer(long dModel, long nhead) {
        this(dModel, nhead, TransformerOptions.DEFAULT);
    }

    /** The layer with other options than the usual ones; the heads must divide the size. */
    public TransformerEncoderLayer(long dModel, long nhead, TransformerOptions options) {
        this.dModel = dModel;
        this.nhead = nhead;
        this.options = options;
        Linear.Options linear = Linear.dtype(options.dtype());
        selfAttn = register("self_attn", new MultiheadAttention(dModel, nhead, options.attention()));
        linear1 = register("linear1", new Linear(dModel, options.dimFeedforward(), linear));
        dropout = register("dropout", new Dropout(options.dropout()));
        linear2 = register("linear2", new Linear(options.dimFeedforward(), dModel, linear));
        norm1 = register("norm1", options.norm(dModel));
        norm2 = register("norm2", options.norm(dModel));
        dropout1 = register("dropout1", new Dropout(options.dropout()));
        dropout2 = register("dropout2", new Dropout(options.dropout()));
    }

    /** A layer of the same options and values. */
    TransformerEncoderLayer copy() {
        return Copies.of(this, () -> new TransformerEncoderLayer(dModel, nhead, options));
    }

    @Override
    public Tensor forward(Tensor src) {
        return forward(src, MultiheadAttention.Masks.NONE);
    }

    /** The output where masked keys take no part. */
    public Tensor forward(Tensor src, MultiheadAttention.Masks masks) {
        if (options.normFirst()) {
            Tensor x = src.add(attend(norm1.forward(src), masks));
            return noted(src, x.add(feed(norm2.forward(x))));
        }
        Tensor x = norm1.forward(src.add(attend(src, masks)));
        return noted(src, norm2.forward(x.add(feed(x))));
    }

    private Tensor attend(Tensor x, MultiheadAttention.Masks masks) {
        return dropout1.forward(selfAttn.forward(x, x, x, masks, false, true).output());
    }

    private Tensor feed(Tensor x) {
        Tensor inner = options.activation().apply(linear1.forward(x));
        return dropout2.forward(linear2.forward(dropout.forward(inner)));
    }
}
