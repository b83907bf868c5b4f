package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elements;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Matrices in every layout, and products by the textbook. */
final class GemmCases {
    /** How a matrix lies in memory. */
    enum Layout {
        ROWS,
        COLUMNS,
        OFFSET_ROWS,
        STEPPED
    }

    /** A matrix and its sizes. */
    record Case(Matrix matrix, DType type, long rows, long cols) {
        double get(long row, long col) {
            return Elements.getDouble(type, matrix.segment(), matrix.at(row, col, type.shift()));
        }

        long getLong(long row, long col) {
            return Elements.getLong(type, matrix.segment(), matrix.at(row, col, type.shift()));
        }

        void set(long row, long col, double value) {
            Elements.setDouble(type, matrix.segment(), matrix.at(row, col, type.shift()), value);
        }

        /** A hash of the bits of all elements, in row-major order. */
        long bits() {
            long hash = 1;
            for (long row = 0; row < rows; row++) {
                for (long col = 0; col < cols; col++) {
                    long offset = matrix.at(row, col, type.shift());
                    for (int b = 0; b < type.byteSize(); b++) {
                        hash = hash * 31 + matrix.segment().get(java.lang.foreign.ValueLayout.JAVA_BYTE, offset + b);
                    }
                }
            }
            return hash;
        }
    }

    private GemmCases() {}

    /** A matrix of multiples of 1/64 in [-1, 1) (integers in [-100, 100]); what lies around it is NaN or -1. */
    static Case matrix(Arena arena, DType type, long rows, long cols, Layout layout, long seed) {
        long rowStride = switch (layout) {
            case ROWS -> cols;
            case COLUMNS -> 1;
            case OFFSET_ROWS -> cols + 3;
            case STEPPED -> 2 * cols + 5;
        };
        long colStride = layout == Layout.COLUMNS ? rows : layout == Layout.STEPPED ? 2 : 1;
        long start = layout == Layout.ROWS ? 0 : 7;
        long size = start + rows * rowStride + cols * colStride + 1;
        MemorySegment segment = arena.allocate(size * type.byteSize(), 64);
        segment.fill((byte) -1);
        Matrix matrix = new Matrix(segment, start * type.byteSize(), rowStride, colStride);
        Case made = new Case(matrix, type, rows, cols);
        SplittableRandom random = new SplittableRandom(seed);
        for (long row = 0; row < rows; row++) {
            for (long col = 0; col < cols; col++) {
                double value = type.isFloatingPoint() ? random.nextInt(-64, 64) / 64.0 : random.nextInt(-100, 101);
                made.set(row, col, type == DType.UINT8 ? Math.abs(value) : value);
            }
        }
        return made;
    }

    /** The same with values whose products and sums round. */
    static Case rough(Arena arena, DType type, long rows, long cols, Layout layout, long seed) {
        Case made = matrix(arena, type, rows, cols, layout, seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (long row = 0; row < rows; row++) {
            for (long col = 0; col < cols; col++) {
                made.set(row, col, (random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(8)));
            }
        }
        return made;
    }

    static void multiply(DType type, Case a, Case b, Case c, boolean accumulate) {
        Gemm.gemm(type, a.rows, b.cols, a.cols, a.matrix, b.matrix, c.matrix, accumulate);
    }

    static double dot(Case a, Case b, long row, long col) {
        double sum = 0;
        for (long p = 0; p < a.cols; p++) {
            sum += a.get(row, p) * b.get(p, col);
        }
        return sum;
    }

    /** The documented order of a float product: chains of fma over equal blocks up to 320, their sums added from the left. */
    static float dotF32(Case a, Case b, long row, long col, float start, boolean accumulate) {
        float sum = start;
        long depth = GemmBlocks.depth(a.cols, 320);
        for (long p0 = 0; p0 < a.cols; p0 += depth) {
            float chain = 0;
            for (long p = p0; p < Math.min(a.cols, p0 + depth); p++) {
                chain = Math.fma((float) a.get(row, p), (float) b.get(p, col), chain);
            }
            sum = p0 == 0 && !accumulate ? chain : sum + chain;
        }
        return sum;
    }

    /** The same for doubles, blocks up to 256. */
    static double dotF64(Case a, Case b, long row, long col, double start, boolean accumulate) {
        double sum = start;
        long depth = GemmBlocks.depth(a.cols, 256);
        for (long p0 = 0; p0 < a.cols; p0 += depth) {
            double chain = 0;
            for (long p = p0; p < Math.min(a.cols, p0 + depth); p++) {
                chain = Math.fma(a.get(row, p), b.get(p, col), chain);
            }
            sum = p0 == 0 && !accumulate ? chain : sum + chain;
        }
        return sum;
    }

    /** The documented order of a sum of FLOAT32 or FLOAT64 products. */
    static double dot(DType type, Case a, Case b, long row, long col, double start, boolean accumulate) {
        return type == DType.FLOAT32
                ? dotF32(a, b, row, col, (float) start, accumulate)
                : dotF64(a, b, row, col, start, accumulate);
    }

    /** The documented order of a product with a vector by rows: 64 bytes of chains, halved, and the rest one by one. */
    static double dotInChains(DType type, Case a, Case x, long row, double start, boolean accumulate) {
        boolean single = type == DType.FLOAT32;
        int chains = 64 / type.byteSize();
        double[] sums = new double[chains];
        long whole = a.cols / chains * chains;
        for (long p = 0; p < whole; p++) {
            int chain = (int) (p % chains);
            sums[chain] = fma(single, a.get(row, p), x.get(p, 0), sums[chain]);
        }
        for (int half = chains / 2; half > 0; half /= 2) {
            for (int c = 0; c < half; c++) {
                double sum = sums[c] + sums[half + c];
                sums[c] = single ? (float) sum : sum;
            }
        }
        for (long p = whole; p < a.cols; p++) {
            sums[0] = fma(single, a.get(row, p), x.get(p, 0), sums[0]);
        }
        double sum = start + sums[0];
        return !accumulate ? sums[0] : single ? (float) sum : sum;
    }

    private static double fma(boolean single, double a, double b, double c) {
        return single ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }
}
