package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The scalar {@link FoldKernel}; copied per op when that op is used much, so that its loops are compiled for it alone.
 */
public final class FoldStrips implements FoldKernel {
    private static final int X = 1;
    private static final int CHAIN = 2;
    private static final int TOTAL = 3;

    private final ScalarReduce op;
    private final DType type;

    /** What a kernel is made of. */
    public record Spec(ScalarReduce op, DType type) {}

    /** A kernel for inputs of a dtype. */
    public FoldStrips(Spec spec) {
        this.op = spec.op();
        this.type = spec.type();
    }

    /** Results that a kernel for the same op and dtype may be given, each the identity. */
    public static Results results(Spec spec, int size) {
        return new Results(new FoldStrips(spec), spec, size);
    }

    @Override
    public void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at) {
        Strips strips = Strips.local();
        int atOnce = rowBytes == (long) width << type.shift() ? Math.max(1, Strips.SIZE / width) : 1;
        for (int row = 0; row < rows; row += atOnce) {
            int count = Math.min(atOnce, rows - row);
            strips.load(X, type, x, offset + row * rowBytes, 1, count * width);
            chains(strips, count, width, results, at, 1, row == 0);
        }
        merge(strips, CHAIN, width, results, at);
    }

    private void chains(Strips strips, int rows, int width, Results results, int at, int step, boolean first) {
        if (type.isFloatingPoint()) {
            map(strips.doubles(X), rows, width, results, at, step);
            chain(strips.doubles(X), rows, width, strips.doubles(CHAIN), first);
        } else {
            map(strips.longs(X), rows * width);
            chain(strips.longs(X), rows, width, strips.longs(CHAIN), first);
        }
    }

    private void merge(Strips strips, int from, int width, Results results, int at) {
        if (type.isFloatingPoint()) {
            merge(results.doubles(), at, strips.doubles(from), 0, width);
        } else {
            merge(results.longs(), at, strips.longs(from), 0, width);
        }
    }

    @Override
    public void line(int n, MemorySegment x, long offset, Results results) {
        Strips strips = Strips.local();
        int rows = n / LINE;
        int grouped = n & -GROUP;
        if (grouped > 0) {
            clearTotal(strips);
            for (int row = 0; row < rows; row += BLOCK) {
                block(strips, Math.min(BLOCK, rows - row), x, offset + ((long) row * LINE << type.shift()), results);
            }
            for (int at = rows * LINE; at < grouped; at += GROUP) {
                strips.load(X, type, x, offset + ((long) at << type.shift()), 1, GROUP);
                chains(strips, 1, GROUP, results, 0, 0, true);
                total(strips);
            }
            merge(strips, TOTAL, GROUP, results, 0);
        }
        if (grouped < n) {
            strips.load(X, type, x, offset + ((long) grouped << type.shift()), 1, n - grouped);
            chains(strips, 1, n - grouped, results, 0, 0, true);
            merge(strips, CHAIN, n - grouped, results, 0);
        }
    }

    /** Combines rows to a group and that with the total. */
    private void block(Strips strips, int rows, MemorySegment x, long offset, Results results) {
        int atOnce = Strips.SIZE / LINE;
        for (int row = 0; row < rows; row += atOnce) {
            int count = Math.min(atOnce, rows - row);
            strips.load(X, type, x, offset + ((long) row * LINE << type.shift()), 1, count * LINE);
            chains(strips, count, LINE, results, 0, 0, row == 0);
        }
        for (int half = LINE / 2; half >= GROUP; half /= 2) {
            halve(strips, half);
        }
        total(strips);
    }

    private void clearTotal(Strips strips) {
        if (type.isFloatingPoint()) {
            Arrays.fill(strips.doubles(TOTAL), 0, GROUP, op.identity());
        } else {
            Arrays.fill(strips.longs(TOTAL), 0, GROUP, op.longIdentity());
        }
    }

    private void total(Strips strips) {
        if (type == DType.FLOAT64) {
            merge(strips.doubles(TOTAL), 0, strips.doubles(CHAIN), 0, GROUP);
        } else if (type.isFloatingPoint()) {
            stepFloat(strips.doubles(CHAIN), 0, GROUP, strips.doubles(TOTAL));
        } else {
            merge(strips.longs(TOTAL), 0, strips.longs(CHAIN), 0, GROUP);
        }
    }

    private void halve(Strips strips, int half) {
        if (type == DType.FLOAT64) {
            merge(strips.doubles(CHAIN), 0, strips.doubles(CHAIN), half, half);
        } else if (type.isFloatingPoint()) {
            stepFloat(strips.doubles(CHAIN), half, half, strips.doubles(CHAIN));
        } else {
            merge(strips.longs(CHAIN), 0, strips.longs(CHAIN), half, half);
        }
    }

    /** @param step from the shift of a column to that of the next */
    private void map(double[] x, int rows, int width, Results results, int at, int step) {
        if (op.shifts()) {
            double[] shifts = results.shifts();
            for (int row = 0; row < rows; row++) {
                for (int w = 0; w < width; w++) {
                    x[row * width + w] = rounded(x[row * width + w] - shifts[at + w * step]);
                }
            }
        }
        map(x, rows * width);
    }

    @Override
    public void map(double[] x, int n) {
        if (op.maps()) {
            for (int i = 0; i < n; i++) {
                x[i] = rounded(op.map(x[i]));
            }
        }
    }

    @Override
    public void map(long[] x, int n) {
        if (op.maps()) {
            for (int i = 0; i < n; i++) {
                x[i] = op.map(x[i]);
            }
        }
    }

    // One operation on floats in double and one rounding give what float arithmetic gives.
    private double rounded(double value) {
        return type == DType.FLOAT64 ? value : (float) value;
    }

    private void chain(double[] x, int rows, int width, double[] chain, boolean first) {
        int start = 0;
        if (first) {
            System.arraycopy(x, 0, chain, 0, width);
            start = 1;
        }
        for (int row = start; row < rows; row++) {
            if (type == DType.FLOAT64) {
                merge(chain, 0, x, row * width, width);
            } else {
                stepFloat(x, row * width, width, chain);
            }
        }
    }

    private void stepFloat(double[] x, int at, int width, double[] chain) {
        for (int w = 0; w < width; w++) {
            chain[w] = (float) op.combine(chain[w], x[at + w]);
        }
    }

    private void chain(long[] x, int rows, int width, long[] chain, boolean first) {
        int start = 0;
        if (first) {
            System.arraycopy(x, 0, chain, 0, width);
            start = 1;
        }
        for (int row = start; row < rows; row++) {
            merge(chain, 0, x, row * width, width);
        }
    }

    @Override
    public void merge(double[] a, int at, double[] b, int from, int n) {
        for (int i = 0; i < n; i++) {
            a[at + i] = op.combine(a[at + i], b[from + i]);
        }
    }

    @Override
    public void merge(long[] a, int at, long[] b, int from, int n) {
        for (int i = 0; i < n; i++) {
            a[at + i] = op.combine(a[at + i], b[from + i]);
        }
    }

    @Override
    public void tree(double[] a, int n) {
        for (int half = halfOf(n), left = n; half > 0; left = half, half /= 2) {
            for (int i = 0; half + i < left; i++) {
                a[i] = op.combine(a[i], a[half + i]);
            }
        }
    }

    @Override
    public void tree(long[] a, int n) {
        for (int half = halfOf(n), left = n; half > 0; left = half, half /= 2) {
            for (int i = 0; half + i < left; i++) {
                a[i] = op.combine(a[i], a[half + i]);
            }
        }
    }

    /** Half of the next power of two; 0 for a single element. */
    static int halfOf(int n) {
        return n < 2 ? 0 : Integer.highestOneBit(n - 1);
    }
}
