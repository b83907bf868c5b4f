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
    int nc() {
        return GemmBlocks.NC_F32;
    }

    @Override
    float[] make(int length) {
        return new float[length];
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
    void addToChains(float[] a, int at, float[] x, int xAt, float[] chain, int chainAt, int n) {
        int chains = chains();
        for (int p = 0; p < n; p += chains) {
            for (int c = 0; c < chains; c++) {
                chain[chainAt + c] = Math.fma(a[at + p + c], x[xAt + p + c], chain[chainAt + c]);
            }
        }
    }

    @Override
    void finishChains(
            float[] chain, int chainAt, float[] a, int at, float[] x, int xAt, int n, float[] sum, int sumAt) {
        for (int half = chains() / 2; half > 0; half /= 2) {
            for (int c = 0; c < half; c++) {
                chain[chainAt + c] += chain[chainAt + half + c];
            }
        }
        float last = chain[chainAt];
        for (int p = 0; p < n; p++) {
            last = Math.fma(a[at + p], x[xAt + p], last);
        }
        sum[sumAt] = last;
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
