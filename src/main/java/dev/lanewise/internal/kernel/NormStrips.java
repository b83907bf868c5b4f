package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The scalar {@link NormKernel}. */
public final class NormStrips implements NormKernel {
    private final boolean floats;
    private final int size;

    /** A kernel for FLOAT32 or FLOAT64. */
    public NormStrips(DType type) {
        floats = type == DType.FLOAT32;
        size = type.byteSize();
    }

    @Override
    public void layer(
            int n,
            MemorySegment x,
            long xo,
            MemorySegment w,
            long wo,
            MemorySegment b,
            long bo,
            MemorySegment out,
            long oo,
            double eps,
            double[] stats,
            MemorySegment pad) {
        double mean = sum(n, x, xo, x, xo, 0, Term.X) / n;
        double m = rounded(mean);
        double moved = mean - m;
        double var = Math.max(0, sum(n, x, xo, x, xo, m, Term.SQUARE) / n - moved * moved);
        double r = rounded(1 / Math.sqrt(var + eps));
        stats[0] = m;
        stats[1] = r;
        for (int i = 0; i < n; i++) {
            double y = rounded(rounded(get(x, xo, i) - m) * r);
            set(out, oo, i, rounded(y * get(w, wo, i)) + get(b, bo, i));
        }
    }

    @Override
    public void layerGrad(
            int n,
            MemorySegment g,
            long go,
            MemorySegment x,
            long xo,
            MemorySegment w,
            long wo,
            MemorySegment out,
            long oo,
            MemorySegment sums,
            double mean,
            double rstd,
            MemorySegment pad) {
        for (int i = 0; i < n; i++) {
            double y = rounded(rounded(get(x, xo, i) - mean) * rstd);
            double one = get(g, go, i);
            set(sums, 0, i, get(sums, 0, i) + rounded(one * y));
            set(sums, 0, n + i, get(sums, 0, n + i) + one);
            set(out, oo, i, one * get(w, wo, i));
        }
        double first = rounded(sum(n, out, oo, out, oo, 0, Term.X) / n);
        double second = rounded(sum(n, out, oo, x, xo, mean, Term.PRODUCT) * rstd / n);
        for (int i = 0; i < n; i++) {
            double y = rounded(rounded(get(x, xo, i) - mean) * rstd);
            double rest = rounded(rounded(get(out, oo, i) - first) - rounded(y * second));
            set(out, oo, i, rest * rstd);
        }
    }

    @Override
    public void affine(int n, MemorySegment x, long xo, MemorySegment out, long oo, double scale, double shift) {
        for (int i = 0; i < n; i++) {
            set(out, oo, i, rounded(get(x, xo, i) * scale) + shift);
        }
    }

    @Override
    public void products(
            int n, MemorySegment g, long go, MemorySegment x, long xo, double mean, double[] two, MemorySegment pad) {
        two[0] += sum(n, g, go, g, go, 0, Term.X);
        two[1] += sum(n, g, go, x, xo, mean, Term.PRODUCT);
    }

    @Override
    public void blend(
            int n,
            MemorySegment g,
            long go,
            MemorySegment x,
            long xo,
            MemorySegment out,
            long oo,
            double a,
            double b,
            double c) {
        for (int i = 0; i < n; i++) {
            set(out, oo, i, rounded(get(g, go, i) * a) + rounded(rounded(get(x, xo, i) * b) + c));
        }
    }

    /** What is added for each element. */
    private enum Term {
        X,
        SQUARE,
        PRODUCT
    }

    private double sum(int n, MemorySegment g, long go, MemorySegment x, long xo, double mean, Term term) {
        int whole = n & -GROUP;
        double[] columns = new double[GROUP];
        double sum = 0;
        for (int at = 0; at < whole; at += STRIP) {
            int end = Math.min(whole, at + STRIP);
            Arrays.fill(columns, 0);
            for (int i = at; i < end; i++) {
                int column = i & GROUP - 1;
                columns[column] = rounded(columns[column] + term(g, go, x, xo, i, mean, term));
            }
            sum += tree(columns);
        }
        for (int i = whole; i < n; i++) {
            sum += term(g, go, x, xo, i, mean, term);
        }
        return sum;
    }

    private double term(MemorySegment g, long go, MemorySegment x, long xo, int i, double mean, Term term) {
        if (term == Term.X) {
            return get(g, go, i);
        }
        double distance = rounded(get(x, xo, i) - mean);
        return rounded(distance * (term == Term.SQUARE ? distance : get(g, go, i)));
    }

    private double tree(double[] columns) {
        for (int half = GROUP / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                double sum = columns[i] + columns[half + i];
                columns[i] = half >= LAST ? rounded(sum) : sum;
            }
        }
        return columns[0];
    }

    private double get(MemorySegment x, long offset, int i) {
        long at = offset + (long) i * size;
        return floats ? x.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at) : x.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
    }

    private void set(MemorySegment x, long offset, int i, double value) {
        long at = offset + (long) i * size;
        if (floats) {
            x.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) value);
        } else {
            x.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value);
        }
    }

    // One operation on floats in double and one rounding give what float arithmetic gives.
    private double rounded(double value) {
        return floats ? (float) value : value;
    }
}
