package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Doubles. */
final class NumbersF64 extends Numbers<double[]> {
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    @Override
    DType dtype() {
        return DType.FLOAT64;
    }

    @Override
    int computeBytes() {
        return Double.BYTES;
    }

    @Override
    int kc() {
        return GemmBlocks.KC_F64;
    }

    @Override
    double[] make(int length) {
        return new double[length];
    }

    @Override
    int length(double[] array) {
        return array.length;
    }

    @Override
    void read(MemorySegment from, long byteOffset, long stride, int n, double[] to, int at) {
        if (stride == 1) {
            MemorySegment.copy(from, DOUBLE, byteOffset, to, at, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            to[at + i] = from.get(DOUBLE, byteOffset + i * stride * Double.BYTES);
        }
    }

    @Override
    void write(double[] from, int at, MemorySegment to, long byteOffset, long stride, int n) {
        if (stride == 1) {
            MemorySegment.copy(from, at, to, DOUBLE, byteOffset, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            to.set(DOUBLE, byteOffset + i * stride * Double.BYTES, from[at + i]);
        }
    }

    @Override
    void pack(double[] from, int at, MemorySegment to, long byteOffset, int n) {
        MemorySegment.copy(from, at, to, DOUBLE, byteOffset, n);
    }

    @Override
    void unpack(MemorySegment from, long byteOffset, double[] to, int at, int n) {
        MemorySegment.copy(from, DOUBLE, byteOffset, to, at, n);
    }

    @Override
    void zero(double[] array, int at, int n) {
        Arrays.fill(array, at, at + n, 0);
    }

    @Override
    void add(double[] from, int at, double[] to, int toAt, int n) {
        for (int i = 0; i < n; i++) {
            to[toAt + i] += from[at + i];
        }
    }

    @Override
    void addProduct(double[] a, int at, double[] b, int bAt, double[] sum, int sumAt, int n) {
        double x = a[at];
        for (int i = 0; i < n; i++) {
            sum[sumAt + i] = Math.fma(x, b[bAt + i], sum[sumAt + i]);
        }
    }

    @Override
    void dots(double[] a, int at, int step, double[] x, int xAt, int n, double[] sums, int sumAt, int rows) {
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            dots4(a, at + row * step, step, x, xAt, n, sums, sumAt + row);
        }
        for (; row < rows; row++) {
            double sum = 0;
            for (int p = 0; p < n; p++) {
                sum = Math.fma(a[at + row * step + p], x[xAt + p], sum);
            }
            sums[sumAt + row] = sum;
        }
    }

    private static void dots4(double[] a, int at, int step, double[] x, int xAt, int n, double[] sums, int sumAt) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int p = 0; p < n; p++) {
            double factor = x[xAt + p];
            s0 = Math.fma(a[at + p], factor, s0);
            s1 = Math.fma(a[at + step + p], factor, s1);
            s2 = Math.fma(a[at + 2 * step + p], factor, s2);
            s3 = Math.fma(a[at + 3 * step + p], factor, s3);
        }
        sums[sumAt] = s0;
        sums[sumAt + 1] = s1;
        sums[sumAt + 2] = s2;
        sums[sumAt + 3] = s3;
    }

    @Override
    void transpose(double[] from, int fromStep, int rows, int cols, double[] to, int at, int toStep) {
        for (int c0 = 0; c0 < cols; c0 += 8) {
            int c1 = Math.min(cols, c0 + 8);
            for (int r = 0; r < rows; r++) {
                for (int c = c0; c < c1; c++) {
                    to[at + c * toStep + r] = from[r * fromStep + c];
                }
            }
        }
    }
}
