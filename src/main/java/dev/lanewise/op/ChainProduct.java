package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/**
 * The product of several matrices in the order that needs the fewest multiplications, found by dynamic programming over
 * all ways to set brackets (Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms, matrix-chain multiplication).
 */
public final class ChainProduct {
    private ChainProduct() {}

    /** The product under the name of the method that was called; the first and the last may be vectors. */
    public static Tensor of(String op, Tensor... factors) {
        if (factors.length < 2) {
            throw Check.argument(op, "there must be at least two matrices")
                    .got(factors.length)
                    .error();
        }
        int last = factors.length - 1;
        boolean row = factors[0].dim() == 1;
        boolean column = factors[last].dim() == 1;
        Tensor[] matrices = factors.clone();
        matrices[0] = row ? factors[0].unsqueeze(0) : factors[0];
        matrices[last] = column ? factors[last].unsqueeze(1) : factors[last];
        for (int i = 0; i <= last; i++) {
            check(op, matrices, factors, i);
        }
        Tensor product = multiply(matrices, bestSplits(matrices), 0, last);
        Tensor withoutRow = row ? product.squeeze(0) : product;
        return column ? withoutRow.squeeze(-1) : withoutRow;
    }

    private static void check(String op, Tensor[] matrices, Tensor[] factors, int i) {
        if (matrices[i].dim() != 2) {
            throw Check.shape(op, "factor " + i + " must be a matrix; the first and the last may be vectors")
                    .operand("factor", factors[i].dtype(), factors[i].sizes())
                    .error();
        }
        if (i > 0 && matrices[i - 1].size(1) != matrices[i].size(0)) {
            throw Check.shape(op, "inner sizes of factors " + (i - 1) + " and " + i + " must match")
                    .expected(matrices[i - 1].size(1))
                    .got(matrices[i].size(0))
                    .error();
        }
    }

    /** {@code splits[i][j]}: the last factor of the left part of the product of factors i to j. */
    private static int[][] bestSplits(Tensor[] matrices) {
        int n = matrices.length;
        double[][] cost = new double[n][n];
        int[][] splits = new int[n][n];
        for (int length = 1; length < n; length++) {
            for (int i = 0; i + length < n; i++) {
                int j = i + length;
                cost[i][j] = Double.POSITIVE_INFINITY;
                for (int k = i; k < j; k++) {
                    double product = (double) matrices[i].size(0) * matrices[k].size(1) * matrices[j].size(1);
                    double total = cost[i][k] + cost[k + 1][j] + product;
                    if (total < cost[i][j]) {
                        cost[i][j] = total;
                        splits[i][j] = k;
                    }
                }
            }
        }
        return splits;
    }

    private static Tensor multiply(Tensor[] matrices, int[][] splits, int i, int j) {
        if (i == j) {
            return matrices[i];
        }
        int k = splits[i][j];
        return multiply(matrices, splits, i, k).mm(multiply(matrices, splits, k + 1, j));
    }
}
