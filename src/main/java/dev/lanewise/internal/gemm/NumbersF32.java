package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Floats; and the two halves, which are computed as floats. */
final class NumbersF32 extends Numbers<float[]> {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final DType dtype;
    private final HalfLines halves;

    NumbersF32(DType dtype) {
        this.dtype = dtype;
        this.halves = dtype.isHalf() ? new HalfLines(dtype) : null;
    }

    @Override
    DType dtype() {
        return dtype;
    }

    @Override
    int computeBytes() {
        return Float.BYTES;
    }

    @Override
    int kc() {
        return GemmBlocks.KC_F32;
    }

    @Override
    float[] make(int length) {
        return new float[length];
    }

    @Override
    int length(float[] array) {
        return array.length;
    }

    @Override
    void read(MemorySegment from, long byteOffset, long stride, int n, float[] to, int at) {
        if (halves != null) {
            halves.read(from, byteOffset, stride, n, to, at);
            return;
        }
        if (stride == 1) {
            MemorySegment.copy(from, FLOAT, byteOffset, to, at, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            to[at + i] = from.get(FLOAT, byteOffset + i * stride * Float.BYTES);
        }
    }

    @Override
    void write(float[] from, int at, MemorySegment to, long byteOffset, long stride, int n) {
        if (halves != null) {
            halves.write(from, at, to, byteOffset, stride, n);
            return;
        }
        if (stride == 1) {
            MemorySegment.copy(from, at, to, FLOAT, byteOffset, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            to.set(FLOAT, byteOffset + i * stride * Float.BYTES, from[at + i]);
        }
    }

    @Override
    void pack(float[] from, int at, MemorySegment to, long byteOffset, int n) {
        MemorySegment.copy(from, at, to, FLOAT, byteOffset, n);
    }

    @Override
    void unpack(MemorySegment from, long byteOffset, float[] to, int at, int n) {
        MemorySegment.copy(from, FLOAT, byteOffset, to, at, n);
    }

    @Override
    void zero(float[] array, int at, int n) {
        Arrays.fill(array, at, at + n, 0);
    }

    @Override
    void add(float[] from, int at, float[] to, int toAt, int n) {
        for (int i = 0; i < n; i++) {
            to[toAt + i] += from[at + i];
        }
    }

    @Override
    void addProduct(float[] a, int at, float[] b, int bAt, float[] sum, int sumAt, int n) {
        float x = a[at];
        for (int i = 0; i < n; i++) {
            sum[sumAt + i] = Math.fma(x, b[bAt + i], sum[sumAt + i]);
        }
    }

    @Override
    void dots(float[] a, int at, int step, float[] x, int xAt, int n, float[] sums, int sumAt, int rows) {
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            dots4(a, at + row * step, step, x, xAt, n, sums, sumAt + row);
        }
        for (; row < rows; row++) {
            float sum = 0;
            for (int p = 0; p < n; p++) {
                sum = Math.fma(a[at + row * step + p], x[xAt + p], sum);
            }
            sums[sumAt + row] = sum;
        }
    }

    private static void dots4(float[] a, int at, int step, float[] x, int xAt, int n, float[] sums, int sumAt) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int p = 0; p < n; p++) {
            float factor = x[xAt + p];
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
    void transpose(float[] from, int fromStep, int rows, int cols, float[] to, int at, int toStep) {
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
