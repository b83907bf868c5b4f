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
    int nc() {
        return GemmBlocks.NC_F64;
    }

    @Override
    double[] make(int length) {
        return new double[length];
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
    void addToChains(double[] a, int at, double[] x, int xAt, double[] chain, int chainAt, int n) {
        int chains = chains();
        for (int p = 0; p < n; p += chains) {
            for (int c = 0; c < chains; c++) {
                chain[chainAt + c] = Math.fma(a[at + p + c], x[xAt + p + c], chain[chainAt + c]);
            }
        }
    }

    @Override
    void finishChains(
            double[] chain, int chainAt, double[] a, int at, double[] x, int xAt, int n, double[] sum, int sumAt) {
        for (int half = chains() / 2; half > 0; half /= 2) {
            for (int c = 0; c < half; c++) {
                chain[chainAt + c] += chain[chainAt + half + c];
            }
        }
        double last = chain[chainAt];
        for (int p = 0; p < n; p++) {
            last = Math.fma(a[at + p], x[xAt + p], last);
        }
        sum[sumAt] = last;
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
