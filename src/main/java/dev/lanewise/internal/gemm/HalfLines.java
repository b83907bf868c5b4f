package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Half;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Lines of FLOAT16 or BFLOAT16 elements, read into floats and rounded (to nearest, ties to even) when written. */
final class HalfLines {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final int STRIP = 512;

    private final boolean brain;
    private final short[] bits = new short[STRIP];

    HalfLines(DType dtype) {
        this.brain = dtype == DType.BFLOAT16;
    }

    void read(MemorySegment from, long byteOffset, long stride, int n, float[] to, int at) {
        for (int done = 0; done < n; done += STRIP) {
            int count = Math.min(STRIP, n - done);
            long start = byteOffset + done * stride * Short.BYTES;
            if (stride == 1) {
                MemorySegment.copy(from, SHORT, start, bits, 0, count);
            } else {
                for (int i = 0; i < count; i++) {
                    bits[i] = from.get(SHORT, start + i * stride * Short.BYTES);
                }
            }
            widen(count, to, at + done);
        }
    }

    void write(float[] from, int at, MemorySegment to, long byteOffset, long stride, int n) {
        for (int done = 0; done < n; done += STRIP) {
            int count = Math.min(STRIP, n - done);
            long start = byteOffset + done * stride * Short.BYTES;
            narrow(from, at + done, count);
            if (stride == 1) {
                MemorySegment.copy(bits, 0, to, SHORT, start, count);
            } else {
                for (int i = 0; i < count; i++) {
                    to.set(SHORT, start + i * stride * Short.BYTES, bits[i]);
                }
            }
        }
    }

    private void widen(int n, float[] to, int at) {
        if (brain) {
            for (int i = 0; i < n; i++) {
                to[at + i] = Float.intBitsToFloat(bits[i] << 16);
            }
        } else {
            for (int i = 0; i < n; i++) {
                to[at + i] = Float.float16ToFloat(bits[i]);
            }
        }
    }

    private void narrow(float[] from, int at, int n) {
        if (brain) {
            for (int i = 0; i < n; i++) {
                bits[i] = Half.floatToBfloat16(from[at + i]);
            }
        } else {
            for (int i = 0; i < n; i++) {
                bits[i] = Half.floatToFloat16(from[at + i]);
            }
        }
    }
}
