package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.text.PythonText;

/**
 * A table of learned rows, looked up by number; see {@link Functional#embedding(Tensor, Tensor, EmbeddingOptions)}.
 *
 * <p>Input INT64 or INT32 {@code [...]}, output {@code [..., embeddingDim]}. Parameter {@code weight} of shape
 * {@code [numEmbeddings, embeddingDim]}, drawn from N(0, 1), the row for padding zeros. Source: PyTorch's
 * {@code torch.nn.Embedding}.
 */
public final class Embedding extends Module {
    private final EmbeddingOptions options;
    private final long padding;

    /** A FLOAT32 table with the usual options. */
    public Embedding(long numEmbeddings, long embeddingDim) {
        this(numEmbeddings, embeddingDim, EmbeddingOptions.DEFAULT);
    }

    /** A table with other options than the usual ones. */
    public Embedding(long numEmbeddings, long embeddingDim, EmbeddingOptions options) {
        this(empty("Embedding", numEmbeddings, embeddingDim, options.dtype()), options);
        resetParameters();
    }

    private Embedding(Tensor weight, EmbeddingOptions options) {
        this.options = options;
        padding = EmbeddingFunctions.padding("Embedding", options, weight.size(0));
        registerParameter("weight", weight);
    }

    static Tensor empty(String layer, long rows, long columns, DType dtype) {
        if (rows < 0 || columns < 0) {
            throw Check.argument(layer, "numbers of rows and columns must not be negative")
                    .got(rows + " and " + columns)
                    .error();
        }
        return Tensor.empty(dtype, rows, columns);
    }

    /** A layer with a given table, which it shares. */
    public static Embedding fromPretrained(Tensor embeddings, boolean freeze) {
        return fromPretrained(embeddings, freeze, EmbeddingOptions.DEFAULT);
    }

    /**
     * A layer with a given table, which it shares.
     *
     * @param embeddings {@code [rows, D]}
     * @param freeze true if the table is not to be learned
     * @param options the dtype is not read
     */
    public static Embedding fromPretrained(Tensor embeddings, boolean freeze, EmbeddingOptions options) {
        checkTable(embeddings);
        Embedding layer = new Embedding(embeddings, options);
        layer.weight().requiresGrad_(!freeze);
        return layer;
    }

    static void checkTable(Tensor embeddings) {
        if (embeddings.dim() != 2) {
            throw Check.shape("fromPretrained", "the table must have two dimensions")
                    .operand("embeddings", embeddings.dtype(), embeddings.sizes())
                    .error();
        }
    }

    /** Draws the table anew from the default generator. */
    public void resetParameters() {
        draw(weight(), padding);
    }

    static void draw(Tensor weight, long padding) {
        Init.normal_(weight);
        if (padding >= 0) {
            try (var mode = GradMode.off()) {
                weight.select(0, padding).fill_(0);
            }
        }
    }

    /** The table, {@code [numEmbeddings, embeddingDim]}. */
    public Parameter weight() {
        return parameter("weight");
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.embedding(input, weight(), options);
    }

    @Override
    protected String extraRepr() {
        String text = weight().size(0) + ", " + weight().size(1);
        if (padding >= 0) {
            text += ", padding_idx=" + padding;
        }
        return text + norm(options);
    }

    /** The options of norm and gradient that are not the usual ones, as PyTorch prints them. */
    static String norm(EmbeddingOptions options) {
        String text = "";
        if (options.maxNorm() != null) {
            text += ", max_norm=" + PythonText.of(options.maxNorm());
        }
        if (options.normType() != 2) {
            text += ", norm_type=" + PythonText.of(options.normType());
        }
        return options.scaleGradByFreq() ? text + ", scale_grad_by_freq=True" : text;
    }
}
