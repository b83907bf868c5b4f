package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.function.UnaryOperator;

/**
 * How the layers of a {@link Transformer} are made; immutable, each method gives a changed copy.
 *
 * @param dimFeedforward size between the two linear layers
 * @param dropout probability of all dropouts
 * @param activation what is applied between the two linear layers
 * @param layerNormEps what the norms add to the variance
 * @param batchFirst true for {@code [N, T, E]}, false for {@code [T, N, E]}
 * @param normFirst true to normalise before each part, false to do so after it
 * @param dtype floating-point dtype of the parameters
 */
public record TransformerOptions(
        long dimFeedforward,
        double dropout,
        UnaryOperator<Tensor> activation,
        double layerNormEps,
        boolean batchFirst,
        boolean normFirst,
        DType dtype) {
    /** Size 2048, dropout 0.1, ReLU, eps 1e-5, times first, norms last, in FLOAT32. */
    public static final TransformerOptions DEFAULT =
            new TransformerOptions(2048, 0.1, Functional::relu, 1e-5, false, false, DType.FLOAT32);

    /** These options with another size between the linear layers. */
    public TransformerOptions dimFeedforward(long value) {
        return new TransformerOptions(value, dropout, activation, layerNormEps, batchFirst, normFirst, dtype);
    }

    /** These options with another dropout. */
    public TransformerOptions dropout(double value) {
        return new TransformerOptions(dimFeedforward, value, activation, layerNormEps, batchFirst, normFirst, dtype);
    }

    /** These options with another activation, such as {@code Functional::gelu}. */
    public TransformerOptions activation(UnaryOperator<Tensor> value) {
        return new TransformerOptions(dimFeedforward, dropout, value, layerNormEps, batchFirst, normFirst, dtype);
    }

    /** These options with another eps of the norms. */
    public TransformerOptions layerNormEps(double value) {
        return new TransformerOptions(dimFeedforward, dropout, activation, value, batchFirst, normFirst, dtype);
    }

    /** These options with samples or times first. */
    public TransformerOptions batchFirst(boolean value) {
        return new TransformerOptions(dimFeedforward, dropout, activation, layerNormEps, value, normFirst, dtype);
    }

    /** These options with the norms first or last. */
    public TransformerOptions normFirst(boolean value) {
        return new TransformerOptions(dimFeedforward, dropout, activation, layerNormEps, batchFirst, value, dtype);
    }

    /** These options with another dtype. */
    public TransformerOptions dtype(DType value) {
        return new TransformerOptions(dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst, value);
    }

    AttentionOptions attention() {
        return AttentionOptions.DEFAULT.dropout(dropout).batchFirst(batchFirst).dtype(dtype);
    }

    LayerNorm norm(long size) {
        return new LayerNorm(new long[] {size}, layerNormEps, true, dtype);
    }
}
