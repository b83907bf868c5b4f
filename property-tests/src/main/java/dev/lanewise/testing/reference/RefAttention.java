package dev.lanewise.testing.reference;

/** Attention by its formula, one query at a time. */
public final class RefAttention {
    private RefAttention() {}

    /**
     * {@code softmax(q·kᵀ / √E)·v} of queries {@code [N, T, E]}, keys {@code [N, S, E]} and values {@code [N, S, V]}; a causal
     * query sees the keys up to its own position only.
     */
    public static Ref attend(boolean causal, Ref q, Ref k, Ref v) {
        int batch = (int) q.size(0);
        int queries = (int) q.size(1);
        int width = (int) v.size(2);
        double[] out = new double[batch * queries * width];
        for (int n = 0; n < batch; n++) {
            for (int t = 0; t < queries; t++) {
                double[] weights = weights(q, k, n, t, causal ? Math.min(t + 1, k.size(1)) : k.size(1));
                for (int w = 0; w < width; w++) {
                    double sum = 0;
                    for (int s = 0; s < weights.length; s++) {
                        sum += weights[s] * v.at(n, s, w);
                    }
                    out[(n * queries + t) * width + w] = sum;
                }
            }
        }
        return Ref.floating(q.dtype(), new long[] {batch, queries, width}, out);
    }

    private static double[] weights(Ref q, Ref k, int n, int t, long keys) {
        double[] weights = new double[(int) keys];
        double most = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < keys; s++) {
            double score = 0;
            for (int e = 0; e < q.size(2); e++) {
                score += q.at(n, t, e) * k.at(n, s, e);
            }
            weights[s] = score / Math.sqrt((double) q.size(2));
            most = Math.max(most, weights[s]);
        }
        double total = 0;
        for (int s = 0; s < keys; s++) {
            weights[s] = Math.exp(weights[s] - most);
            total += weights[s];
        }
        for (int s = 0; s < keys; s++) {
            weights[s] /= total;
        }
        return weights;
    }
}
