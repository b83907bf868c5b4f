package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.internal.storage.Storage;

/** Products through copies: of halves as floats, and into a result that has neither rows nor columns in one piece. */
final class Copies {
    private final DType type;
    private final DType computed;

    private Copies(DType type, DType computed) {
        this.type = type;
        this.computed = computed;
    }

    /** The product of operands of {@code type}, computed in {@code computed} and rounded once. */
    static void multiply(
            DType type, DType computed, long m, long n, long k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
        Copies copies = new Copies(type, computed);
        Storage left = copies.memory(m, k);
        Storage right = copies.memory(k, n);
        Storage result = Storage.allocate(computed, m * n);
        Matrix sums = matrix(result, n, 1);
        if (accumulate) {
            copy(type, c, computed, sums, m, n);
        }
        Matrix widerA = copies.widened(left, a, m, k);
        Matrix widerB = copies.widened(right, b, k, n);
        Gemm.gemm(computed, m, n, k, widerA, widerB, sums, accumulate);
        copy(computed, sums, type, c, m, n);
        copies.close(left);
        copies.close(right);
        result.close();
    }

    private Storage memory(long rows, long cols) {
        return type == computed ? null : Storage.allocate(computed, rows * cols);
    }

    private void close(Storage storage) {
        if (storage != null) {
            storage.close();
        }
    }

    /** A copy in the order of the operand; the operand itself if it needs none. */
    private Matrix widened(Storage to, Matrix from, long rows, long cols) {
        if (to == null) {
            return from;
        }
        boolean columns = from.rowStride() == 1 && from.colStride() != 1;
        Matrix copy = columns ? matrix(to, 1, rows) : matrix(to, cols, 1);
        copy(type, from, computed, copy, rows, cols);
        return copy;
    }

    private static void copy(DType from, Matrix source, DType to, Matrix target, long rows, long cols) {
        long[] shape = {rows, cols};
        Elementwise.run(Kernels.cast(from, to), shape, operand(target, to), operand(source, from));
    }

    private static Operand operand(Matrix matrix, DType type) {
        long[] strides = {matrix.rowStride(), matrix.colStride()};
        return new Operand(matrix.segment(), matrix.byteOffset(), type, strides);
    }

    private static Matrix matrix(Storage storage, long rowStride, long colStride) {
        return new Matrix(storage.segment(), storage.byteOffset(), rowStride, colStride);
    }
}
