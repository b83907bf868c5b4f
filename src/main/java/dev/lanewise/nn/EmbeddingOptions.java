package dev.lanewise.nn;

import dev.lanewise.DType;

/**
 * How a table is looked up; immutable, each method gives a changed copy. Begin with {@link #DEFAULT}.
 *
 * @param paddingIdx the row that stands for no entry and has no gradient, counted from the end if below 0; null for none
 * @param maxNorm rows of a larger norm are scaled down to it, in the table itself, before they are looked up; null not to
 * @param normType which norm that is: p of the p-norm
 * @param scaleGradByFreq divides the gradient of each row by how often it was looked up
 * @param dtype floating-point dtype of the parameters
 */
public record EmbeddingOptions(Long paddingIdx, Double maxNorm, double normType, boolean scaleGradByFreq, DType dtype) {
    /** No padding, no largest norm, gradients as they are, FLOAT32. */
    public static final EmbeddingOptions DEFAULT = new EmbeddingOptions(null, null, 2, false, DType.FLOAT32);

    /** These options with a row for padding. */
    public EmbeddingOptions paddingIdx(long value) {
        return new EmbeddingOptions(value, maxNorm, normType, scaleGradByFreq, dtype);
    }

    /** These options with a largest norm. */
    public EmbeddingOptions maxNorm(double value) {
        return new EmbeddingOptions(paddingIdx, value, normType, scaleGradByFreq, dtype);
    }

    /** These options with another kind of norm. */
    public EmbeddingOptions normType(double value) {
        return new EmbeddingOptions(paddingIdx, maxNorm, value, scaleGradByFreq, dtype);
    }

    /** These options with or without gradients divided by frequency. */
    public EmbeddingOptions scaleGradByFreq(boolean value) {
        return new EmbeddingOptions(paddingIdx, maxNorm, normType, value, dtype);
    }

    /** These options with another dtype. */
    public EmbeddingOptions dtype(DType value) {
        return new EmbeddingOptions(paddingIdx, maxNorm, normType, scaleGradByFreq, value);
    }
}
