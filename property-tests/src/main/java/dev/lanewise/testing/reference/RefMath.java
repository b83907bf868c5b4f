package dev.lanewise.testing.reference;

import dev.lanewise.DType;
import dev.lanewise.op.BinaryOp;
import dev.lanewise.op.CompareOp;
import dev.lanewise.op.TernaryOp;
import dev.lanewise.op.UnaryOp;
import java.util.function.IntFunction;

/** Elementwise ops: broadcasting by hand, then the scalar form of the op for one element after the other. */
public final class RefMath {
    private RefMath() {}

    /** An op of one input. */
    public static Ref unary(UnaryOp op, Ref x) {
        DType type = RefTypes.compute(op, x.dtype());
        Ref a = x.cast(type);
        return type.isFloatingPoint()
                ? doubles(
                        type, x.shape(), i -> type == DType.FLOAT64 ? op.scalar(a.get(i)) : op.scalar((float) a.get(i)))
                : longs(type, x.shape(), i -> op.scalar(a.getLong(i)));
    }

    /** An op of two inputs. */
    public static Ref binary(BinaryOp op, Ref x, Ref y) {
        return binary(op, RefTypes.compute(op, RefTypes.result(x, y)), x, y);
    }

    /** An op of two inputs computed in a given dtype. */
    public static Ref binary(BinaryOp op, DType type, Ref x, Ref y) {
        long[] shape = broadcast(x.shape(), y.shape());
        Ref a = expand(x.cast(type), shape);
        Ref b = expand(y.cast(type), shape);
        return type.isFloatingPoint()
                ? doubles(
                        type,
                        shape,
                        i -> type == DType.FLOAT64
                                ? op.scalar(a.get(i), b.get(i))
                                : op.scalar((float) a.get(i), (float) b.get(i)))
                : longs(type, shape, i -> op.scalar(a.getLong(i), b.getLong(i)));
    }

    /** A comparison. */
    public static Ref compare(CompareOp op, Ref x, Ref y) {
        DType type = RefTypes.result(x, y);
        long[] shape = broadcast(x.shape(), y.shape());
        Ref a = expand(x.cast(type), shape);
        Ref b = expand(y.cast(type), shape);
        boolean floating = type.isFloatingPoint();
        return longs(DType.BOOL, shape, i -> {
            boolean truth = floating ? op.test(a.get(i), b.get(i)) : op.test(a.getLong(i), b.getLong(i));
            return truth ? 1L : 0L;
        });
    }

    /** An op of three inputs whose common dtype is given. */
    public static Ref ternary(TernaryOp op, DType common, Ref x, Ref y, Ref z) {
        DType type = RefTypes.compute(op, common);
        long[] shape = broadcast(broadcast(x.shape(), y.shape()), z.shape());
        Ref a = expand(x.cast(type), shape);
        Ref b = expand(y.cast(type), shape);
        Ref c = expand(z.cast(type), shape);
        return type.isFloatingPoint()
                ? doubles(
                        type,
                        shape,
                        i -> type == DType.FLOAT64
                                ? op.scalar(a.get(i), b.get(i), c.get(i))
                                : op.scalar((float) a.get(i), (float) b.get(i), (float) c.get(i)))
                : longs(type, shape, i -> op.scalar(a.getLong(i), b.getLong(i), c.getLong(i)));
    }

    /** The shape that two shapes are broadcast to. */
    public static long[] broadcast(long[] a, long[] b) {
        long[] out = new long[Math.max(a.length, b.length)];
        for (int fromEnd = 1; fromEnd <= out.length; fromEnd++) {
            long left = fromEnd <= a.length ? a[a.length - fromEnd] : 1;
            long right = fromEnd <= b.length ? b[b.length - fromEnd] : 1;
            if (left != right && left != 1 && right != 1) {
                throw new IllegalArgumentException(
                        "reference: sizes " + left + " and " + right + " cannot be broadcast.");
            }
            out[out.length - fromEnd] = left == 1 ? right : left;
        }
        return out;
    }

    /** The elements repeated to a larger shape. */
    public static Ref expand(Ref x, long[] shape) {
        long[] own = x.shape();
        int added = shape.length - own.length;
        return x.pick(shape, position -> {
            long[] from = new long[own.length];
            for (int d = 0; d < own.length; d++) {
                from[d] = own[d] == 1 ? 0 : position[d + added];
            }
            return from;
        });
    }

    private static Ref doubles(DType type, long[] shape, IntFunction<Double> value) {
        double[] out = new double[Positions.numel(shape)];
        for (int i = 0; i < out.length; i++) {
            out[i] = value.apply(i);
        }
        return Ref.floating(type, shape, out);
    }

    private static Ref longs(DType type, long[] shape, IntFunction<Long> value) {
        long[] out = new long[Positions.numel(shape)];
        for (int i = 0; i < out.length; i++) {
            out[i] = value.apply(i);
        }
        return Ref.integral(type, shape, out);
    }
}
