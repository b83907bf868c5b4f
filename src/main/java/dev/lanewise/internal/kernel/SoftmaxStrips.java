package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.FloatExp;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The scalar {@link SoftmaxKernel}. */
public final class SoftmaxStrips implements SoftmaxKernel {
    /** The strip for sums, of a third input, which there is not. */
    private static final int SUMS = 3;

    private final Kind kind;
    private final boolean floats;

    /** A kernel for FLOAT32 or FLOAT64. */
    public SoftmaxStrips(Kind kind, DType type) {
        this.kind = kind;
        this.floats = type == DType.FLOAT32;
    }

    @Override
    public void run(
            int rows,
            int n,
            MemorySegment a,
            long ao,
            long aRow,
            MemorySegment b,
            long bo,
            long bRow,
            MemorySegment out,
            long oo,
            long outRow,
            MemorySegment pad) {
        for (int row = 0; row < rows; row++) {
            row(n, a, ao + row * aRow, b, bo + row * bRow, out, oo + row * outRow);
        }
    }

    private void row(int n, MemorySegment a, long ao, MemorySegment b, long bo, MemorySegment out, long oo) {
        DType type = floats ? DType.FLOAT32 : DType.FLOAT64;
        int shift = type.shift();
        Strips strips = Strips.local();
        double largest = kind.isGrad() ? 0 : largest(strips, type, n, a, ao);
        double last = last(sum(strips, type, n, a, ao, b, bo, largest));
        for (int at = 0; at < n; at += STRIP) {
            int count = Math.min(STRIP, n - at);
            load(strips, type, a, ao + ((long) at << shift), b, bo + ((long) at << shift), count);
            for (int i = 0; i < count; i++) {
                strips.doubles(0)[i] = element(strips.doubles(1)[i], strips.doubles(2)[i], largest, last);
            }
            strips.store(type, out, oo + ((long) at << shift), count);
        }
    }

    private static double largest(Strips strips, DType type, int n, MemorySegment a, long ao) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < n; at += STRIP) {
            int count = Math.min(STRIP, n - at);
            strips.load(1, type, a, ao + ((long) at << type.shift()), 1, count);
            for (int i = 0; i < count; i++) {
                largest = Math.max(largest, strips.doubles(1)[i]);
            }
        }
        return largest;
    }

    private double sum(
            Strips strips, DType type, int n, MemorySegment a, long ao, MemorySegment b, long bo, double largest) {
        double[] sums = strips.doubles(SUMS);
        Arrays.fill(sums, 0, GROUP, 0);
        int whole = n & -GROUP;
        long end = (long) whole << type.shift();
        boolean grad = kind.isGrad();
        load(strips, type, a, ao + end, b, bo + end, n - whole);
        add(strips, n - whole, sums, grad ? 0 : GROUP - (n - whole), largest);
        double ends = grad ? tree(sums) : 0;
        double sum = 0;
        for (int at = 0; at < whole; at += STRIP) {
            long from = (long) at << type.shift();
            int count = Math.min(STRIP, whole - at);
            load(strips, type, a, ao + from, b, bo + from, count);
            add(strips, count, sums, 0, largest);
            sum += tree(sums);
        }
        return sum + (grad ? ends : tree(sums));
    }

    private void load(Strips strips, DType type, MemorySegment a, long ao, MemorySegment b, long bo, int n) {
        strips.load(1, type, a, ao, 1, n);
        if (kind.isGrad()) {
            strips.load(2, type, b, bo, 1, n);
        }
    }

    /** Adds a strip's elements to the columns from one on. */
    private void add(Strips strips, int n, double[] sums, int first, double largest) {
        double[] a = strips.doubles(1);
        double[] b = strips.doubles(2);
        for (int i = 0; i < n; i++) {
            double value = switch (kind) {
                case SOFTMAX_GRAD -> rounded(a[i] * b[i]);
                case LOG_SOFTMAX_GRAD -> a[i];
                default -> expBelow(rounded(a[i] - largest));
            };
            int column = first + i & GROUP - 1;
            sums[column] = rounded(sums[column] + value);
        }
    }

    /** The sum of the columns, which are 0 then. */
    private static double tree(double[] sums) {
        for (int half = GROUP / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[half + i];
            }
        }
        double sum = sums[0];
        Arrays.fill(sums, 0, GROUP, 0);
        return sum;
    }

    private double last(double sum) {
        double last = kind == Kind.SOFTMAX ? 1 / sum : kind == Kind.LOG_SOFTMAX ? Math.log(sum) : sum;
        return rounded(last);
    }

    private double element(double a, double b, double largest, double last) {
        return switch (kind) {
            case SOFTMAX -> expBelow(rounded(a - largest)) * last;
            case LOG_SOFTMAX -> rounded(a - largest) - last;
            case SOFTMAX_GRAD -> rounded(a - last) * b;
            default -> a - rounded(expBelow(b) * last);
        };
    }

    private double expBelow(double x) {
        return floats ? FloatExp.expBelow((float) x) : DoubleExp.expBelow(x);
    }

    // One operation on floats in double and one rounding give what float arithmetic gives.
    private double rounded(double value) {
        return floats ? (float) value : value;
    }
}
