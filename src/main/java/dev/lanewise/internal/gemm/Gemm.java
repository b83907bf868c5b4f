package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import dev.lanewise.internal.simd.GemmKernel;
import java.util.Arrays;

/**
 * Matrix products {@code C = A B} and {@code C = C + A B} of operands with any strides.
 *
 * <p>The result's bits depend on the values and on k alone: not on strides, threads, the width of vectors, whether
 * there are vectors at all, or whether their kernels are compiled yet; if one operand is a vector, on the strides of the
 * other too, see {@link Gemv}. FLOAT16 and BFLOAT16 are multiplied and summed in float and rounded once; integers wrap. C
 * must not overlap A or B.
 */
public final class Gemm {
    private Gemm() {}

    /**
     * {@code C = A B}, or {@code C = C + A B} if {@code accumulate}: A is m x k, B is k x n, C is m x n.
     *
     * <p>With k = 0 the product is zeros; with m = 0 or n = 0 nothing happens.
     *
     * @throws dev.lanewise.DTypeException for BOOL
     */
    public static void gemm(DType type, long m, long n, long k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
        if (m == 0 || n == 0 || (k == 0 && accumulate)) {
            return;
        }
        switch (type) {
            case FLOAT32 -> real(Element.F32, m, n, k, a, b, c, accumulate, null);
            case FLOAT16 -> half(Element.F16, m, n, k, a, b, c, accumulate);
            case BFLOAT16 -> half(Element.BF16, m, n, k, a, b, c, accumulate);
            case FLOAT64 -> real(Element.F64, m, n, k, a, b, c, accumulate, null);
            case INT64, INT32, INT16, INT8, UINT8 -> IntegerGemm.run(type, m, n, k, a, b, c, accumulate);
            case BOOL ->
                throw Check.dtype("matmul", "the dtype must be numeric")
                        .got(type)
                        .error();
        }
    }

    /**
     * {@code C = A B + row}, the row added to each row of C while it is in cache: the same bits as adding it afterwards.
     *
     * @param type FLOAT32 or FLOAT64
     * @param row 1 x n, in one piece
     */
    public static void gemmPlusRow(DType type, long m, long n, long k, Matrix a, Matrix b, Matrix c, Matrix row) {
        if (m == 0 || n == 0) {
            return;
        }
        if (type == DType.FLOAT32) {
            real(Element.F32, m, n, k, a, b, c, false, row);
        } else {
            real(Element.F64, m, n, k, a, b, c, false, row);
        }
    }

    /**
     * {@link #gemm} for every index of a batch: the matrices given are those of index 0.
     *
     * @param batch sizes of the batch's dimensions
     * @param aStrides from one index to the next, in elements, one per dimension of the batch; 0 where A is the same
     * @param bStrides the same for B
     * @param cStrides the same for C, where no two results may overlap
     */
    public static void batched(
            DType type,
            long[] batch,
            long m,
            long n,
            long k,
            Matrix a,
            long[] aStrides,
            Matrix b,
            long[] bStrides,
            Matrix c,
            long[] cStrides,
            boolean accumulate) {
        int last = batch.length - 1;
        if (last < 0) {
            gemm(type, m, n, k, a, b, c, accumulate);
            return;
        }
        boolean rowsGoOn = aStrides[last] == m * a.rowStride() && cStrides[last] == m * c.rowStride();
        if (batch[last] == 1 || (bStrides[last] == 0 && rowsGoOn)) {
            // The rows of all indices times the same matrix: one product, which packs it once.
            long[] rest = Arrays.copyOf(batch, last);
            batched(type, rest, m * batch[last], n, k, a, aStrides, b, bStrides, c, cStrides, accumulate);
            return;
        }
        long count = Arrays.stream(batch).reduce(1, (x, y) -> x * y);
        double products = (double) m * n * k;
        // Small products share the threads by whole products, large ones take all threads one after another.
        boolean each = products >= GemmBlocks.PARALLEL && count < 2L * Parallel.threads();
        long grain = each ? count : Math.max(1, (long) (GemmBlocks.BATCH_GRAIN / Math.max(1, products)));
        Parallel.forRange(count, grain, (from, to) -> {
            for (long index = from; index < to; index++) {
                Matrix ai = a.shifted(offset(index, batch, aStrides), type.shift());
                Matrix bi = b.shifted(offset(index, batch, bStrides), type.shift());
                Matrix ci = c.shifted(offset(index, batch, cStrides), type.shift());
                gemm(type, m, n, k, ai, bi, ci, accumulate);
            }
        });
    }

    /**
     * The products of two operands whose last two dimensions are matrices: {@code out = a b}.
     *
     * @param shape of the result, [batch…, m, n]
     * @param k the inner size
     * @param a [batch…, m, k]; strides of 0 where it is broadcast along the batch
     * @param b [batch…, k, n], the same
     * @param out as many dimensions as {@code shape}
     */
    public static void batched(DType type, long[] shape, long k, Operand a, Operand b, Operand out) {
        int batch = shape.length - 2;
        batched(
                type,
                Arrays.copyOf(shape, batch),
                shape[batch],
                shape[batch + 1],
                k,
                last(a, batch),
                a.strides(),
                last(b, batch),
                b.strides(),
                last(out, batch),
                out.strides(),
                false);
    }

    private static Matrix last(Operand operand, int batch) {
        long[] strides = operand.strides();
        return new Matrix(operand.segment(), operand.byteOffset(), strides[batch], strides[batch + 1]);
    }

    private static long offset(long index, long[] sizes, long[] strides) {
        long rest = index;
        long offset = 0;
        for (int dim = sizes.length - 1; dim >= 0; dim--) {
            offset += rest % sizes[dim] * strides[dim];
            rest /= sizes[dim];
        }
        return offset;
    }

    private static <T> void real(
            Element<T> type, long m, long n, long k, Matrix a, Matrix b, Matrix c, boolean accumulate, Matrix row) {
        GemmKernel<T> main = type.main();
        boolean packed = isPacked(m, n, k, main != null);
        boolean rowDone = false;
        if (!packed) {
            small(type, m, n, k, a, b, c, accumulate);
        } else if (c.colStride() == 1) {
            new PackedGemm<>(type, main, m, n, k, a, b, c, accumulate, row, null).run();
            rowDone = true;
        } else if (c.rowStride() == 1) {
            Matrix left = b.transposed();
            new PackedGemm<>(type, main, n, m, k, left, a.transposed(), c.transposed(), accumulate, null, null).run();
        } else {
            Copies.multiply(type.type(), type.type(), m, n, k, a, b, c, accumulate);
        }
        if (row != null && !rowDone) {
            addRow(type.pool(), m, n, c, row);
        }
    }

    private static void half(
            Element<float[]> type, long m, long n, long k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
        if (isPacked(m, n, k, false)) {
            Copies.multiply(type.type(), DType.FLOAT32, m, n, k, a, b, c, accumulate);
        } else {
            small(type, m, n, k, a, b, c, accumulate);
        }
    }

    /** Whether a product is worth packing; else it is small or one operand is a vector. */
    static boolean isPacked(long m, long n, long k, boolean warm) {
        return k > 0 && n > 1 && m > 1 && !TinyGemm.takes(m, n, k, warm);
    }

    private static <T> void small(
            Element<T> type, long m, long n, long k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
        if (k == 0) {
            zeros(type.pool(), m, n, c);
        } else if (n == 1) {
            new Gemv<>(type, m, k, a, b, c, accumulate).run();
        } else if (m == 1) {
            new Gemv<>(type, n, k, b.transposed(), a.transposed(), c.transposed(), accumulate).run();
        } else {
            TinyGemm.run(type.pool(), (int) m, (int) n, (int) k, a, b, c, accumulate);
        }
    }

    private static <T> void addRow(ScratchPool<Workspace<T>> pool, long m, long n, Matrix c, Matrix row) {
        Workspace<T> space = pool.take();
        Numbers<T> numbers = space.numbers;
        int shift = numbers.dtype().shift();
        int strip = GemmBlocks.TINY;
        T line = space.small();
        for (long col = 0; col < n; col += strip) {
            int count = (int) Math.min(strip, n - col);
            numbers.read(row.segment(), row.at(0, col, shift), 1, count, line, 0);
            for (long i = 0; i < m; i++) {
                numbers.read(c.segment(), c.at(i, col, shift), c.colStride(), count, line, strip);
                numbers.add(line, 0, line, strip, count);
                numbers.write(line, strip, c.segment(), c.at(i, col, shift), c.colStride(), count);
            }
        }
        pool.give(space);
    }

    private static <T> void zeros(ScratchPool<Workspace<T>> pool, long m, long n, Matrix c) {
        Workspace<T> space = pool.take();
        Numbers<T> numbers = space.numbers;
        int strip = GemmBlocks.TINY;
        T line = space.small();
        numbers.zero(line, 0, strip);
        for (long row = 0; row < m; row++) {
            for (long col = 0; col < n; col += strip) {
                long offset = c.at(row, col, numbers.dtype().shift());
                numbers.write(line, 0, c.segment(), offset, c.colStride(), (int) Math.min(strip, n - col));
            }
        }
        pool.give(space);
    }
}
