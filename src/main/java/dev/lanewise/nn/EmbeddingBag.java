package dev.lanewise.nn;

import dev.lanewise.Tensor;
import java.util.Locale;

/**
 * A table of learned rows of which bags are summed up; see
 * {@link Functional#embeddingBag(Tensor, Tensor, Tensor, EmbeddingBagOptions, Tensor)}.
 *
 * <p>Input INT64 or INT32 {@code [bags, n]}, or {@code [N]} with offsets; output {@code [bags, embeddingDim]}. Parameter
 * {@code weight} of shape {@code [numEmbeddings, embeddingDim]}, drawn from N(0, 1), the row for padding zeros. Source:
 * PyTorch's {@code torch.nn.EmbeddingBag}.
 */
public final class EmbeddingBag extends Module {
    private final EmbeddingBagOptions options;
    private final long padding;

    /** A FLOAT32 table whose bags give means. */
    public EmbeddingBag(long numEmbeddings, long embeddingDim) {
        this(numEmbeddings, embeddingDim, EmbeddingBagOptions.DEFAULT);
    }

    /** A table with other options than the usual ones. */
    public EmbeddingBag(long numEmbeddings, long embeddingDim, EmbeddingBagOptions options) {
        this(
                Embedding.empty(
                        "EmbeddingBag",
                        numEmbeddings,
                        embeddingDim,
                        options.table().dtype()),
                options);
        resetParameters();
    }

    private EmbeddingBag(Tensor weight, EmbeddingBagOptions options) {
        this.options = options;
        padding = EmbeddingFunctions.padding("EmbeddingBag", options.table(), weight.size(0));
        registerParameter("weight", weight);
    }

    /**
     * A layer with a given table, which it shares.
     *
     * @param embeddings {@code [rows, D]}
     * @param freeze true if the table is not to be learned
     * @param options the dtype is not read
     */
    public static EmbeddingBag fromPretrained(Tensor embeddings, boolean freeze, EmbeddingBagOptions options) {
        Embedding.checkTable(embeddings);
        EmbeddingBag layer = new EmbeddingBag(embeddings, options);
        layer.weight().requiresGrad_(!freeze);
        return layer;
    }

    /** Draws the table anew from the default generator. */
    public void resetParameters() {
        Embedding.draw(weight(), padding);
    }

    /** The table, {@code [numEmbeddings, embeddingDim]}. */
    public Parameter weight() {
        return parameter("weight");
    }

    @Override
    public Tensor forward(Tensor input) {
        return forward(input, null);
    }

    /** Bags that begin at the offsets. */
    public Tensor forward(Tensor input, Tensor offsets) {
        return forward(input, offsets, null);
    }

    /** Bags that begin at the offsets, or the rows of the input if they are null, with a factor for each number. */
    public Tensor forward(Tensor input, Tensor offsets, Tensor perSampleWeights) {
        return Functional.embeddingBag(input, weight(), offsets, options, perSampleWeights);
    }

    @Override
    protected String extraRepr() {
        String text = weight().size(0) + ", " + weight().size(1) + Embedding.norm(options.table()) + ", mode='"
                + options.mode().name().toLowerCase(Locale.ROOT) + "'";
        return padding >= 0 ? text + ", padding_idx=" + padding : text;
    }
}
