package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/**
 * The scalar {@link FoldKernel}; copied per op when that op is used much, so that its loops are compiled for it alone.
 */
public final class FoldStrips implements FoldKernel {
    private static final int X = 1;
    private static final int CHAIN = 2;

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
        return new Results(spec.op(), spec.type(), size);
    }

    @Override
    public void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at) {
        Strips strips = Strips.local();
        int atOnce = rowBytes == (long) width << type.shift() ? Math.max(1, Strips.SIZE / width) : 1;
        for (int row = 0; row < rows; row += atOnce) {
            int count = Math.min(atOnce, rows - row);
            strips.load(X, type, x, offset + row * rowBytes, 1, count * width);
            if (type.isFloatingPoint()) {
                chain(strips.doubles(X), count, width, strips.doubles(CHAIN), row == 0);
            } else {
                chain(strips.longs(X), count, width, strips.longs(CHAIN), row == 0);
            }
        }
        if (type.isFloatingPoint()) {
            finish(strips.doubles(CHAIN), width, results.doubles(), at);
        } else {
            finish(strips.longs(CHAIN), width, results.longs(), at);
        }
    }

    private void chain(double[] x, int rows, int width, double[] chain, boolean first) {
        int start = 0;
        if (first) {
            System.arraycopy(x, 0, chain, 0, width);
            start = 1;
        }
        for (int row = start; row < rows; row++) {
            if (type == DType.FLOAT64) {
                step(x, row * width, width, chain);
            } else {
                stepFloat(x, row * width, width, chain);
            }
        }
    }

    private void step(double[] x, int at, int width, double[] chain) {
        for (int w = 0; w < width; w++) {
            chain[w] = op.combine(chain[w], x[at + w]);
        }
    }

    // Adding or multiplying two floats in double and rounding once gives what float arithmetic gives.
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
            int at = row * width;
            for (int w = 0; w < width; w++) {
                chain[w] = op.combine(chain[w], x[at + w]);
            }
        }
    }

    private void finish(double[] chain, int width, double[] results, int at) {
        for (int w = 0; w < width; w++) {
            results[at + w] = op.combine(results[at + w], chain[w]);
        }
    }

    private void finish(long[] chain, int width, long[] results, int at) {
        for (int w = 0; w < width; w++) {
            results[at + w] = op.combine(results[at + w], chain[w]);
        }
    }
}
