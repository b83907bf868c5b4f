package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.shape.Shapes;
import java.util.Arrays;

/**
 * The order that the rows of a batch of matrices were brought into.
 *
 * @param forward INT64 [batch…, m]: row i of the new order was row {@code forward[i]}
 * @param back the inverse
 */
public record Permutation(Tensor forward, Tensor back) {
    /** The permutation that a batch of row exchanges makes; pivots count from 1. */
    public static Permutation of(Tensor pivots, long rows) {
        int k = (int) pivots.size(-1);
        int m = Math.toIntExact(rows);
        int[] exchanges = pivots.toIntArray();
        int count = Math.toIntExact(Shapes.numel(Arrays.copyOf(pivots.sizes(), pivots.dim() - 1)));
        long[] forward = new long[count * m];
        long[] back = new long[count * m];
        for (int b = 0; b < count; b++) {
            for (int i = 0; i < m; i++) {
                forward[b * m + i] = i;
            }
            for (int i = 0; i < k; i++) {
                int other = exchanges[b * k + i] - 1;
                long kept = forward[b * m + i];
                forward[b * m + i] = forward[b * m + other];
                forward[b * m + other] = kept;
            }
            for (int i = 0; i < m; i++) {
                back[b * m + (int) forward[b * m + i]] = i;
            }
        }
        long[] shape = pivots.sizes().clone();
        shape[shape.length - 1] = m;
        return new Permutation(
                Tensor.of(forward).reshape(shape), Tensor.of(back).reshape(shape));
    }

    /** The rows in their new order. */
    public Tensor order(Tensor x) {
        return rows(x, forward);
    }

    /** The rows as they were before. */
    public Tensor restore(Tensor x) {
        return rows(x, back);
    }

    private static Tensor rows(Tensor x, Tensor index) {
        return x.gather(-2, index.unsqueeze(-1).expand(x.sizes()));
    }
}
