package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import java.util.Arrays;

/** Chooses the product for the ranks of two tensors. */
public final class Matmul {
    private Matmul() {}

    /** See {@link Tensor#matmul}. */
    public static Tensor matmul(Tensor a, Tensor b) {
        if (a.dim() == 0 || b.dim() == 0) {
            throw Check.shape("matmul", "both operands must have at least 1 dimension")
                    .operand("a", a.dtype(), a.sizes())
                    .operand("b", b.dtype(), b.sizes())
                    .hint("Use mul for a 0-d tensor.")
                    .error();
        }
        MatmulOps.checkInner("matmul", a, b);
        if (a.dim() == 1 && b.dim() == 1) {
            return a.dot(b);
        }
        if (a.dim() == 2 && b.dim() == 1) {
            return a.mv(b);
        }
        if (a.dim() == 1 && b.dim() == 2) {
            return a.unsqueeze(0).mm(b).squeeze(0);
        }
        if (a.dim() == 2 && b.dim() == 2) {
            return a.mm(b);
        }
        if (a.dim() == 1) {
            return batched(a.unsqueeze(0), b).squeeze(-2);
        }
        if (b.dim() == 1) {
            return batched(a, b.unsqueeze(1)).squeeze(-1);
        }
        return batched(a, b);
    }

    private static Tensor batched(Tensor a, Tensor b) {
        long m = a.size(-2);
        long k = a.size(-1);
        long n = b.size(-1);
        if (b.dim() == 2) {
            // One product of all rows reads the small matrix once.
            long[] shape = a.sizes().clone();
            shape[shape.length - 1] = n;
            return ViewOps.unsafeView(a.reshape(rows(a), k).mm(b), shape);
        }
        long[] batch = Shapes.broadcast(
                "matmul", Arrays.copyOf(a.sizes(), a.dim() - 2), Arrays.copyOf(b.sizes(), b.dim() - 2));
        long count = Shapes.numel(batch);
        Tensor left = a.expand(with(batch, m, k)).reshape(count, m, k);
        Tensor right = b.expand(with(batch, k, n)).reshape(count, k, n);
        return ViewOps.unsafeView(left.bmm(right), with(batch, m, n));
    }

    private static long rows(Tensor a) {
        long rows = 1;
        for (int d = 0; d < a.dim() - 1; d++) {
            rows *= a.size(d);
        }
        return rows;
    }

    private static long[] with(long[] batch, long rows, long columns) {
        long[] shape = Arrays.copyOf(batch, batch.length + 2);
        shape[batch.length] = rows;
        shape[batch.length + 1] = columns;
        return shape;
    }
}
