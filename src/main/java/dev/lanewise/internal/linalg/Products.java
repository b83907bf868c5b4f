package dev.lanewise.internal.linalg;

import dev.lanewise.DType;
import dev.lanewise.internal.gemm.Gemm;
import dev.lanewise.internal.gemm.Matrix;
import dev.lanewise.internal.storage.Storage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** Products of blocks of {@code double[]} matrices; large ones are copied to native memory and multiplied there. */
public final class Products {
    /** Up to so many multiplications plain loops are faster than copying. */
    private static final double SMALL = 30_000;

    private Products() {}

    /**
     * A block of a row-major matrix, or of a transposed one.
     *
     * @param values the elements of the whole matrix
     * @param at place of the block's first element
     * @param row from one row of the block to the next
     * @param col from one column of the block to the next: 1, or the width of the matrix for a transposed one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Block(double[] values, int at, int row, int col) {
        /** A block of a row-major matrix of the given width. */
        static Block of(double[] values, int width, int i, int j) {
            return new Block(values, i * width + j, width, 1);
        }

        Block transposed() {
            return new Block(values, at, col, row);
        }
    }

    /** The product of an m x k matrix and a k x n matrix, as a new array. */
    public static double[] multiply(double[] a, double[] b, int m, int n, int k) {
        double[] c = new double[m * n];
        add(1, Block.of(a, k, 0, 0), Block.of(b, n, 0, 0), Block.of(c, n, 0, 0), m, n, k);
        return c;
    }

    /** {@code C = C - A B} for blocks of m x k, k x n and m x n; C is not transposed. */
    static void subtract(Block a, Block b, Block c, int m, int n, int k) {
        add(-1, a, b, c, m, n, k);
    }

    /** {@code C = C + sign * A B}. */
    static void add(double sign, Block a, Block b, Block c, int m, int n, int k) {
        if (m == 0 || n == 0 || k == 0) {
            return;
        }
        if ((double) m * n * k <= SMALL || n == 1) {
            small(sign, a, b, c, m, n, k);
        } else {
            large(sign, a, b, c, m, n, k);
        }
    }

    private static void small(double sign, Block a, Block b, Block c, int m, int n, int k) {
        for (int i = 0; i < m; i++) {
            int line = c.at + i * c.row;
            for (int p = 0; p < k; p++) {
                double factor = sign * a.values[a.at + i * a.row + p * a.col];
                int from = b.at + p * b.row;
                if (b.col == 1) {
                    Dense.axpy(n, factor, b.values, from, c.values, line);
                } else {
                    for (int j = 0; j < n; j++) {
                        c.values[line + j] += factor * b.values[from + j * b.col];
                    }
                }
            }
        }
    }

    private static void large(double sign, Block a, Block b, Block c, int m, int n, int k) {
        Storage left = copied(a, m, k);
        Storage right = copied(b, k, n);
        Storage out = Storage.allocate(DType.FLOAT64, (long) m * n);
        Gemm.gemm(DType.FLOAT64, m, n, k, matrix(left, a, m, k), matrix(right, b, k, n), rows(out, n), false);
        MemorySegment memory = out.segment();
        double[] line = new double[n];
        for (int i = 0; i < m; i++) {
            MemorySegment.copy(memory, ValueLayout.JAVA_DOUBLE, offset(out, (long) i * n), line, 0, n);
            Dense.axpy(n, sign, line, 0, c.values, c.at + i * c.row);
        }
        Reference.reachabilityFence(left);
        Reference.reachabilityFence(right);
        left.close();
        right.close();
        out.close();
    }

    /** The block in native memory, in the order it has on the heap. */
    private static Storage copied(Block block, int rows, int cols) {
        boolean across = block.col == 1;
        int lines = across ? rows : cols;
        int width = across ? cols : rows;
        int step = across ? block.row : block.col;
        Storage storage = Storage.allocate(DType.FLOAT64, (long) rows * cols);
        for (int i = 0; i < lines; i++) {
            MemorySegment.copy(
                    block.values,
                    block.at + i * step,
                    storage.segment(),
                    ValueLayout.JAVA_DOUBLE,
                    offset(storage, (long) i * width),
                    width);
        }
        return storage;
    }

    private static Matrix matrix(Storage storage, Block block, int rows, int cols) {
        return block.col == 1 ? rows(storage, cols) : rows(storage, rows).transposed();
    }

    private static Matrix rows(Storage storage, int width) {
        return new Matrix(storage.segment(), storage.byteOffset(), width, 1);
    }

    private static long offset(Storage storage, long element) {
        return storage.byteOffset() + (element << DType.FLOAT64.shift());
    }
}
