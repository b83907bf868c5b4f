package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.AttentionOps;

/** Values weighted by queries and keys. */
final class Attention {
    private Attention() {}

    /**
     * Attended values and the weights.
     *
     * @param output {@code [..., T, V]}
     * @param weights {@code [..., T, S]}
     */
    record Weighted(Tensor output, Tensor weights) {}

    static Tensor scaled(Tensor query, Tensor key, Tensor value, Tensor mask, double dropout, boolean isCausal) {
        check(query, key, value, mask, isCausal);
        if (mask == null && dropout == 0 && AttentionOps.takes(query, key, value)) {
            return AttentionOps.attend(query, key, value, isCausal);
        }
        Tensor added = isCausal ? causal(query.dtype(), query.size(-2), key.size(-2)) : additive(mask, query.dtype());
        return weighted(query, key, value, added, dropout).output();
    }

    /** Values and weights; the mask is added, or null. */
    static Weighted weighted(Tensor query, Tensor key, Tensor value, Tensor mask, double dropout) {
        Functional.checkDropout(dropout);
        Tensor weights = AttentionOps.weights(query, key, mask);
        Tensor kept = dropout > 0 ? Functional.dropout(weights, dropout, true) : weights;
        return new Weighted(kept.matmul(value), kept);
    }

    /** 0 where a BOOL mask is true and minus infinity elsewhere; other masks as they are. */
    private static Tensor additive(Tensor mask, DType type) {
        if (mask == null || mask.dtype() != DType.BOOL) {
            return mask;
        }
        return Tensor.zeros(type, mask.shape().toArray()).maskedFill(mask.logicalNot(), Double.NEGATIVE_INFINITY);
    }

    /** 0 on and below the diagonal and minus infinity above. */
    static Tensor causal(DType type, long queries, long keys) {
        return AttentionOps.causalMask(type, queries, keys);
    }

    private static void check(Tensor query, Tensor key, Tensor value, Tensor mask, boolean isCausal) {
        String op = "scaledDotProductAttention";
        boolean fits = query.dim() >= 2
                && key.dim() >= 2
                && value.dim() >= 2
                && query.size(-1) == key.size(-1)
                && key.size(-2) == value.size(-2);
        if (!fits) {
            throw Check.shape(op, "query must be [..., T, E], key [..., S, E] and value [..., S, V]")
                    .operand("query", query.dtype(), query.shape().toArray())
                    .operand("key", key.dtype(), key.shape().toArray())
                    .operand("value", value.dtype(), value.shape().toArray())
                    .error();
        }
        if (isCausal && mask != null) {
            throw Check.argument(op, "a causal attention takes no mask")
                    .operand("mask", mask.dtype(), mask.shape().toArray())
                    .error();
        }
        if (query.dtype() != key.dtype() || key.dtype() != value.dtype() || !query.isFloatingPoint()) {
            throw Check.dtype(op, "query, key and value must have one floating-point dtype")
                    .operand("query", query.dtype(), query.shape().toArray())
                    .operand("key", key.dtype(), key.shape().toArray())
                    .operand("value", value.dtype(), value.shape().toArray())
                    .error();
        }
        if (mask != null && mask.dtype() != DType.BOOL && mask.dtype() != query.dtype()) {
            throw Check.dtype(op, "the mask must be BOOL or have the dtype of the query")
                    .operand("mask", mask.dtype(), mask.shape().toArray())
                    .error();
        }
    }
}
