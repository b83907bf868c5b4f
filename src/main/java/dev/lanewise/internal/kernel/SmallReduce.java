package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/**
 * The short way of a reduction: a few neighbours to one result, without a plan and without allocating.
 *
 * <p>Combines in the order of {@link Reduce}, so that the bits are the same.
 */
public final class SmallReduce {
    /** The most elements it takes. */
    public static final int MOST = Reduce.VIRTUAL;

    private SmallReduce() {}

    /** Combines {@code n} elements that are neighbours; none give the identity. */
    public static void run(
            ScalarReduce op, DType type, int n, MemorySegment in, long at, DType outType, MemorySegment out, long to) {
        Strips strips = Strips.local();
        strips.load(1, type, in, at, 1, n);
        FoldStrips fold = new FoldStrips(new FoldStrips.Spec(op, type));
        if (type.isFloatingPoint()) {
            fold.map(strips.doubles(1), n);
            Elements.setDouble(outType, out, to, fold(op, strips.doubles(1), n));
        } else {
            fold.map(strips.longs(1), n);
            Elements.setLong(outType, out, to, fold(op, strips.longs(1), n));
        }
    }

    private static double fold(ScalarReduce op, double[] x, int n) {
        double identity = op.identity();
        for (int i = 0; i < n; i++) {
            x[i] = op.combine(identity, x[i]);
        }
        for (int half = FoldStrips.halfOf(n), left = n; half > 0; left = half, half /= 2) {
            for (int i = 0; half + i < left; i++) {
                x[i] = op.combine(x[i], x[half + i]);
            }
        }
        return n == 0 ? identity : x[0];
    }

    private static long fold(ScalarReduce op, long[] x, int n) {
        long identity = op.longIdentity();
        for (int i = 0; i < n; i++) {
            x[i] = op.combine(identity, x[i]);
        }
        for (int half = FoldStrips.halfOf(n), left = n; half > 0; left = half, half /= 2) {
            for (int i = 0; half + i < left; i++) {
                x[i] = op.combine(x[i], x[half + i]);
            }
        }
        return n == 0 ? identity : x[0];
    }
}
