package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elements;
import dev.lanewise.internal.parallel.Parallel;
import java.util.Arrays;

/** Products of integer matrices: exact modulo two to the power of the dtype's bits, whatever the order of the sums. */
final class IntegerGemm {
    private static final int ROWS = 64;
    private static final int COLS = 256;
    private static final int DEPTH = 64;

    private final DType type;
    private final long n;
    private final long k;
    private final Matrix a;
    private final Matrix b;
    private final Matrix c;
    private final boolean accumulate;

    private IntegerGemm(DType type, long n, long k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
        this.type = type;
        this.n = n;
        this.k = k;
        this.a = a;
        this.b = b;
        this.c = c;
        this.accumulate = accumulate;
    }

    static void run(DType type, long m, long n, long k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
        IntegerGemm product = new IntegerGemm(type, n, k, a, b, c, accumulate);
        boolean large = (double) m * n * k >= GemmBlocks.PARALLEL;
        Parallel.forRange(m, large ? ROWS : m, product::rows);
    }

    private void rows(long from, long to) {
        long[] sums = new long[ROWS * COLS];
        long[] block = new long[DEPTH * COLS];
        long[] line = new long[DEPTH];
        for (long i = from; i < to; i += ROWS) {
            int height = (int) Math.min(ROWS, to - i);
            for (long j = 0; j < n; j += COLS) {
                int width = (int) Math.min(COLS, n - j);
                start(i, j, height, width, sums);
                for (long p = 0; p < k; p += DEPTH) {
                    int depth = (int) Math.min(DEPTH, k - p);
                    for (int row = 0; row < depth; row++) {
                        read(b, p + row, j, width, block, row * COLS);
                    }
                    for (int row = 0; row < height; row++) {
                        read(a, i + row, p, depth, line, 0);
                        multiply(line, depth, block, width, sums, row * COLS);
                    }
                }
                finish(i, j, height, width, sums);
            }
        }
    }

    private static void multiply(long[] line, int depth, long[] block, int width, long[] sums, int at) {
        for (int p = 0; p < depth; p++) {
            long factor = line[p];
            int from = p * COLS;
            for (int col = 0; col < width; col++) {
                sums[at + col] += factor * block[from + col];
            }
        }
    }

    private void start(long i, long j, int height, int width, long[] sums) {
        for (int row = 0; row < height; row++) {
            if (accumulate) {
                read(c, i + row, j, width, sums, row * COLS);
            } else {
                Arrays.fill(sums, row * COLS, row * COLS + width, 0);
            }
        }
    }

    private void finish(long i, long j, int height, int width, long[] sums) {
        long step = c.colStride() << type.shift();
        for (int row = 0; row < height; row++) {
            long offset = c.at(i + row, j, type.shift());
            for (int col = 0; col < width; col++) {
                Elements.setLong(type, c.segment(), offset + col * step, sums[row * COLS + col]);
            }
        }
    }

    private void read(Matrix from, long row, long col, int count, long[] to, int at) {
        long offset = from.at(row, col, type.shift());
        long step = from.colStride() << type.shift();
        for (int i = 0; i < count; i++) {
            to[at + i] = Elements.getLong(type, from.segment(), offset + i * step);
        }
    }
}
