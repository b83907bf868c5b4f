package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.FloatExp;
import java.lang.foreign.MemorySegment;

/** The scalar {@link SoftmaxKernel}. */
public final class SoftmaxStrips implements SoftmaxKernel {
    private final Kind kind;
    private final boolean floats;

    /** A kernel for FLOAT32 or FLOAT64. */
    public SoftmaxStrips(Kind kind, DType type) {
        this.kind = kind;
        this.floats = type == DType.FLOAT32;
    }

    @Override
    public void run(
            int n, MemorySegment a, long ao, MemorySegment b, long bo, MemorySegment out, long oo, MemorySegment pad) {
        DType type = floats ? DType.FLOAT32 : DType.FLOAT64;
        int shift = type.shift();
        Strips strips = Strips.local();
        double largest = Double.NEGATIVE_INFINITY;
        for (int at = 0; !kind.isGrad() && at < n; at += Strips.SIZE) {
            int count = Math.min(Strips.SIZE, n - at);
            strips.load(1, type, a, ao + ((long) at << shift), 1, count);
            for (int i = 0; i < count; i++) {
                largest = Math.max(largest, strips.doubles(1)[i]);
            }
        }
        double sum = 0;
        int whole = n & -GROUP;
        for (int at = 0; at < n; at += STRIP) {
            int count = Math.min(STRIP, n - at);
            int groups = Math.max(0, Math.min(STRIP, whole - at));
            load(strips, type, a, ao + ((long) at << shift), b, bo + ((long) at << shift), count);
            sum += groups == 0 ? 0 : sum(strips, 0, groups, largest);
            sum += groups < count ? sum(strips, groups, count, largest) : 0;
        }
        double last = last(sum);
        for (int at = 0; at < n; at += STRIP) {
            int count = Math.min(STRIP, n - at);
            load(strips, type, a, ao + ((long) at << shift), b, bo + ((long) at << shift), count);
            for (int i = 0; i < count; i++) {
                strips.doubles(0)[i] = element(strips.doubles(1)[i], strips.doubles(2)[i], largest, last);
            }
            strips.store(type, out, oo + ((long) at << shift), count);
        }
    }

    private void load(Strips strips, DType type, MemorySegment a, long ao, MemorySegment b, long bo, int n) {
        strips.load(1, type, a, ao, 1, n);
        if (kind.isGrad()) {
            strips.load(2, type, b, bo, 1, n);
        }
    }

    /** The sum of a strip's elements from {@code from} to {@code to}. */
    private double sum(Strips strips, int from, int to, double largest) {
        double[] a = strips.doubles(1);
        double[] b = strips.doubles(2);
        double[] sums = new double[GROUP];
        for (int i = from; i < to; i++) {
            double value = switch (kind) {
                case SOFTMAX_GRAD -> rounded(a[i] * b[i]);
                case LOG_SOFTMAX_GRAD -> a[i];
                default -> exp(rounded(a[i] - largest));
            };
            sums[i - from & GROUP - 1] = rounded(sums[i - from & GROUP - 1] + value);
        }
        for (int half = GROUP / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[half + i];
            }
        }
        return sums[0];
    }

    private double last(double sum) {
        double last = kind == Kind.SOFTMAX ? 1 / sum : kind == Kind.LOG_SOFTMAX ? Math.log(sum) : sum;
        return rounded(last);
    }

    private double element(double a, double b, double largest, double last) {
        return switch (kind) {
            case SOFTMAX -> exp(rounded(a - largest)) * last;
            case LOG_SOFTMAX -> rounded(a - largest) - last;
            case SOFTMAX_GRAD -> rounded(a - last) * b;
            default -> a - rounded(exp(b) * last);
        };
    }

    private double exp(double x) {
        return floats ? FloatExp.exp((float) x) : DoubleExp.exp(x);
    }

    // One operation on floats in double and one rounding give what float arithmetic gives.
    private double rounded(double value) {
        return floats ? (float) value : value;
    }
}
