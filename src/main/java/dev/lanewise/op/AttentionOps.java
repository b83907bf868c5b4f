package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Attention by blocks of queries, whose weights are never kept.
 *
 * <p>Source: A. Vaswani et al., "Attention is all you need", 2017; T. Dao et al., "FlashAttention", 2022, for computing the
 * weights again in the derivative.
 */
public final class AttentionOps {
    private AttentionOps() {}

    /** The inputs are queries {@code [..., T, E]}, keys {@code [..., S, E]} and values {@code [..., S, V]}. */
    static final class Attend extends StructuredOp<AttentionRun> {
        Attend() {
            super("scaledDotProductAttention", "Values weighted by the softmax of queries times keys.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.INPUT1, Saves.INPUT2);
            torch("torch.nn.functional.scaled_dot_product_attention");
        }

        @Override
        protected Tensor forward(AttentionRun run, Tensor... in) {
            return new AttentionPass(run, in[0], in[1], in[2]).forward();
        }

        @Override
        protected Tensor[] grad(AttentionRun run, Tensor g, Saved saved) {
            Tensor[] in = {saved.input(0), saved.input(1), saved.input(2)};
            return GradMode.isEnabled()
                    ? FormGradients.of(x -> composed(run.isCausal(), x), g, saved, in)
                    : new AttentionPass(run, in[0], in[1], in[2]).backward(g);
        }
    }

    private static final StructuredOp<AttentionRun> ATTEND = new Attend();

    /** Whether {@link #attend} takes these: no halves, one batch, nothing empty. */
    public static boolean takes(Tensor query, Tensor key, Tensor value) {
        int batch = query.dim() - 2;
        return !query.dtype().isHalf()
                && key.dim() == query.dim()
                && value.dim() == query.dim()
                && Arrays.equals(query.sizes(), 0, batch, key.sizes(), 0, batch)
                && Arrays.equals(query.sizes(), 0, batch, value.sizes(), 0, batch)
                && query.numel() > 0
                && key.numel() > 0
                && value.numel() > 0;
    }

    /** Attention without dropout, of inputs that it {@link #takes}. */
    public static Tensor attend(Tensor query, Tensor key, Tensor value, boolean causal) {
        return Dispatch.apply(ATTEND, new AttentionRun(causal), query, key, value);
    }

    /** The weights {@code softmax(q·kᵀ / √E + mask)} in tensor ops; the mask may be null. */
    public static Tensor weights(Tensor query, Tensor key, Tensor mask) {
        Tensor scores = query.div(Math.sqrt((double) query.size(-1))).matmul(key.transpose(-2, -1));
        return (mask == null ? scores : scores.add(mask)).softmax(-1);
    }

    /** 0 on and below the diagonal and minus infinity above. */
    public static Tensor causalMask(DType type, long queries, long keys) {
        return Tensor.full(type, Double.NEGATIVE_INFINITY, queries, keys).triu(1);
    }

    private static Tensor composed(boolean causal, Tensor... in) {
        Tensor mask = causal ? causalMask(in[0].dtype(), in[0].size(-2), in[1].size(-2)) : null;
        return weights(in[0], in[1], mask).matmul(in[2]);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(ATTEND);
    }
}
