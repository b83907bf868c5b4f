package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import java.util.Arrays;

/** Products of tensors of any rank, laid out as one product of matrices. */
public final class Contraction {
    private Contraction() {}

    /** See {@link Tensor#inner}. */
    public static Tensor inner(Tensor a, Tensor b) {
        if (a.dim() == 0 || b.dim() == 0) {
            return a.mul(b);
        }
        return contract("inner", a, b, new int[] {a.dim() - 1}, new int[] {b.dim() - 1});
    }

    /** See {@link Tensor#tensordot(Tensor, int)}. */
    public static Tensor tensordot(Tensor a, Tensor b, int dims) {
        if (dims < 0 || dims > a.dim() || dims > b.dim()) {
            throw Check.argument("tensordot", "dims must be a number of dimensions that both operands have")
                    .got(dims)
                    .operand("self", a.dtype(), a.sizes())
                    .operand("other", b.dtype(), b.sizes())
                    .error();
        }
        int[] last = new int[dims];
        int[] first = new int[dims];
        for (int i = 0; i < dims; i++) {
            last[i] = a.dim() - dims + i;
            first[i] = i;
        }
        return contract("tensordot", a, b, last, first);
    }

    /** See {@link Tensor#tensordot(Tensor, int[], int[])}. */
    public static Tensor tensordot(Tensor a, Tensor b, int[] dims, int[] otherDims) {
        if (dims.length != otherDims.length) {
            throw Check.argument("tensordot", "both operands must have as many dimensions to sum over")
                    .expected(dims.length)
                    .got(otherDims.length)
                    .error();
        }
        return contract(
                "tensordot",
                a,
                b,
                Shapes.wrapDims("tensordot", dims, a.dim()),
                Shapes.wrapDims("tensordot", otherDims, b.dim()));
    }

    /** See {@link Tensor#kron}. */
    public static Tensor kron(Tensor a, Tensor b) {
        int rank = Math.max(a.dim(), b.dim());
        long[] left = new long[2 * rank];
        long[] right = new long[2 * rank];
        long[] shape = new long[rank];
        for (int d = 0; d < rank; d++) {
            long m = sizeOr1(a, d - rank + a.dim());
            long n = sizeOr1(b, d - rank + b.dim());
            left[2 * d] = m;
            left[2 * d + 1] = 1;
            right[2 * d] = 1;
            right[2 * d + 1] = n;
            shape[d] = m * n;
        }
        return a.reshape(left).mul(b.reshape(right)).reshape(shape);
    }

    private static long sizeOr1(Tensor x, int dim) {
        return dim < 0 ? 1 : x.size(dim);
    }

    private static Tensor contract(String op, Tensor a, Tensor b, int[] dims, int[] otherDims) {
        for (int i = 0; i < dims.length; i++) {
            if (a.size(dims[i]) != b.size(otherDims[i])) {
                throw Check.shape(op, "the sizes that are summed over must match")
                        .expected(a.size(dims[i]))
                        .got(b.size(otherDims[i]))
                        .operand("self", a.dtype(), a.sizes())
                        .operand("other", b.dtype(), b.sizes())
                        .error();
            }
        }
        int[] freeA = others(a.dim(), dims);
        int[] freeB = others(b.dim(), otherDims);
        long[] rows = sizes(a, freeA);
        long[] columns = sizes(b, freeB);
        long k = Shapes.numel(sizes(a, dims));
        Tensor left = a.permute(concat(freeA, dims)).reshape(Shapes.numel(rows), k);
        Tensor right = b.permute(concat(otherDims, freeB)).reshape(k, Shapes.numel(columns));
        long[] shape = Arrays.copyOf(rows, rows.length + columns.length);
        System.arraycopy(columns, 0, shape, rows.length, columns.length);
        return left.mm(right).reshape(shape);
    }

    private static int[] others(int rank, int[] dims) {
        int[] out = new int[rank - dims.length];
        int n = 0;
        for (int d = 0; d < rank; d++) {
            int dim = d;
            if (Arrays.stream(dims).noneMatch(x -> x == dim)) {
                out[n++] = d;
            }
        }
        return out;
    }

    private static long[] sizes(Tensor x, int[] dims) {
        return Arrays.stream(dims).mapToLong(x::size).toArray();
    }

    private static int[] concat(int[] a, int[] b) {
        int[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }
}
