package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The functions of {@link Functional} that weigh values by queries and keys. */
abstract class AttentionFunctions {
    AttentionFunctions() {}

    /** {@code softmax(q·kᵀ / √E)·v}; see the form with all parameters. */
    public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
        return scaledDotProductAttention(query, key, value, null, 0, false);
    }

    /**
     * {@code dropout(softmax(q·kᵀ / √E + mask))·v}.
     *
     * <p>A query whose keys are all masked gives NaN. Source: A. Vaswani et al., "Attention is all you need", 2017.
     *
     * @param query {@code [..., T, E]}
     * @param key {@code [..., S, E]}
     * @param value {@code [..., S, V]}
     * @param mask null, or broadcast to {@code [..., T, S]}: BOOL, true where a key takes part, or numbers to be added
     * @param dropout probability with which a weight is set to 0; draws as {@link Functional#dropout}
     * @param isCausal true if query i takes keys 0 to i only; then there is no mask
     * @return {@code [..., T, V]}
     */
    public static Tensor scaledDotProductAttention(
            Tensor query, Tensor key, Tensor value, Tensor mask, double dropout, boolean isCausal) {
        return Attention.scaled(query, key, value, mask, dropout, isCausal);
    }
}
