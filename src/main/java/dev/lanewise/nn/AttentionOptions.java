package dev.lanewise.nn;

import dev.lanewise.DType;

/**
 * How a {@link MultiheadAttention} is made; immutable, each method gives a changed copy.
 *
 * @param dropout probability with which a weight is set to 0 while training
 * @param bias true to add learned biases before and after
 * @param addBiasKv true for one more key and value that are learned
 * @param addZeroAttn true for one more key and value of zeros
 * @param kdim size of the keys; 0 for that of the queries
 * @param vdim size of the values; 0 for that of the queries
 * @param batchFirst true for {@code [N, T, E]}, false for {@code [T, N, E]}
 * @param dtype floating-point dtype of the parameters
 */
public record AttentionOptions(
        double dropout,
        boolean bias,
        boolean addBiasKv,
        boolean addZeroAttn,
        long kdim,
        long vdim,
        boolean batchFirst,
        DType dtype) {
    /** No dropout, biases, times first, in FLOAT32. */
    public static final AttentionOptions DEFAULT =
            new AttentionOptions(0, true, false, false, 0, 0, false, DType.FLOAT32);

    /** These options with a dropout. */
    public AttentionOptions dropout(double value) {
        return new AttentionOptions(value, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst, dtype);
    }

    /** These options with or without biases. */
    public AttentionOptions bias(boolean value) {
        return new AttentionOptions(dropout, value, addBiasKv, addZeroAttn, kdim, vdim, batchFirst, dtype);
    }

    /** These options with or without one more learned key and value. */
    public AttentionOptions addBiasKv(boolean value) {
        return new AttentionOptions(dropout, bias, value, addZeroAttn, kdim, vdim, batchFirst, dtype);
    }

    /** These options with or without one more key and value of zeros. */
    public AttentionOptions addZeroAttn(boolean value) {
        return new AttentionOptions(dropout, bias, addBiasKv, value, kdim, vdim, batchFirst, dtype);
    }

    /** These options with another size of keys. */
    public AttentionOptions kdim(long value) {
        return new AttentionOptions(dropout, bias, addBiasKv, addZeroAttn, value, vdim, batchFirst, dtype);
    }

    /** These options with another size of values. */
    public AttentionOptions vdim(long value) {
        return new AttentionOptions(dropout, bias, addBiasKv, addZeroAttn, kdim, value, batchFirst, dtype);
    }

    /** These options with samples or times first. */
    public AttentionOptions batchFirst(boolean value) {
        return new AttentionOptions(dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, value, dtype);
    }

    /** These options with another dtype. */
    public AttentionOptions dtype(DType value) {
        return new AttentionOptions(dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst, value);
    }
}
