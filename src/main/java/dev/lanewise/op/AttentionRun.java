package dev.lanewise.op;

import dev.lanewise.Tensor;

/** How attention is computed, and what one call keeps for its derivative. */
final class AttentionRun {
    private final boolean causal;
    private Tensor rows;

    /** A call; causal if a query sees no key after its own place. */
    AttentionRun(boolean causal) {
        this.causal = causal;
    }

    boolean isCausal() {
        return causal;
    }

    /** The largest score of each query and the reciprocal of the sum of its powers, {@code [heads, queries, 2]}. */
    Tensor rows() {
        return rows;
    }

    /** True if {@link #rows} can be read. */
    boolean hasRows() {
        return rows != null && !rows.isClosed();
    }

    void keep(Tensor values) {
        rows = values;
    }
}
