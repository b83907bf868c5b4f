package dev.lanewise.bench;

import dev.lanewise.Tensor;
import dev.lanewise.op.BinaryOp;
import dev.lanewise.op.CompareOp;
import dev.lanewise.op.Op;
import dev.lanewise.op.ReduceOp;
import dev.lanewise.op.TernaryOp;
import dev.lanewise.op.UnaryOp;
import java.util.function.Supplier;

/**
 * What a Java programmer would write without Lanewise: one loop over heap arrays, into a new array, on one thread.
 *
 * <p>The element is the op's own scalar form, which the JIT inlines, for a forked JVM runs one op only. That form computes
 * in double, so that FLOAT64 is the fair comparison; a FLOAT32 loop pays for two conversions.
 */
final class PlainLoops {
    private PlainLoops() {}

    /** The loop over copies of these tensors, which must be FLOAT32 or FLOAT64; returns the new array or the result. */
    static Supplier<Object> on(Op op, Tensor... in) {
        return switch (in[0].dtype()) {
            case FLOAT32 -> floats(op, in[0].toFloatArray(), in[1].toFloatArray(), in[2].toFloatArray());
            case FLOAT64 -> doubles(op, in[0].toDoubleArray(), in[1].toDoubleArray(), in[2].toDoubleArray());
            default -> throw new IllegalArgumentException("There are plain loops for FLOAT32 and FLOAT64 only.");
        };
    }

    private static Supplier<Object> floats(Op op, float[] a, float[] b, float[] c) {
        if (op instanceof UnaryOp unary) {
            return () -> map(unary, a);
        }
        if (op instanceof BinaryOp binary) {
            return () -> map(binary, a, b);
        }
        if (op instanceof CompareOp compare) {
            return () -> map(compare, a, b);
        }
        if (op instanceof TernaryOp ternary) {
            return () -> map(ternary, a, b, c);
        }
        return () -> reduce((ReduceOp) op, a);
    }

    private static Supplier<Object> doubles(Op op, double[] a, double[] b, double[] c) {
        if (op instanceof UnaryOp unary) {
            return () -> map(unary, a);
        }
        if (op instanceof BinaryOp binary) {
            return () -> map(binary, a, b);
        }
        if (op instanceof CompareOp compare) {
            return () -> map(compare, a, b);
        }
        if (op instanceof TernaryOp ternary) {
            return () -> map(ternary, a, b, c);
        }
        return () -> reduce((ReduceOp) op, a);
    }

    private static float[] map(UnaryOp op, float[] a) {
        float[] out = new float[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = op.scalar(a[i]);
        }
        return out;
    }

    private static float[] map(BinaryOp op, float[] a, float[] b) {
        float[] out = new float[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = op.scalar(a[i], b[i]);
        }
        return out;
    }

    private static boolean[] map(CompareOp op, float[] a, float[] b) {
        boolean[] out = new boolean[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = op.test((double) a[i], b[i]);
        }
        return out;
    }

    private static float[] map(TernaryOp op, float[] a, float[] b, float[] c) {
        float[] out = new float[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = op.scalar(a[i], b[i], c[i]);
        }
        return out;
    }

    private static float reduce(ReduceOp op, float[] a) {
        double result = op.identity();
        for (float element : a) {
            result = op.combine(result, element);
        }
        return (float) result;
    }

    private static double[] map(UnaryOp op, double[] a) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = op.scalar(a[i]);
        }
        return out;
    }

    private static double[] map(BinaryOp op, double[] a, double[] b) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = op.scalar(a[i], b[i]);
        }
        return out;
    }

    private static boolean[] map(CompareOp op, double[] a, double[] b) {
        boolean[] out = new boolean[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = op.test(a[i], b[i]);
        }
        return out;
    }

    private static double[] map(TernaryOp op, double[] a, double[] b, double[] c) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = op.scalar(a[i], b[i], c[i]);
        }
        return out;
    }

    private static double reduce(ReduceOp op, double[] a) {
        double result = op.identity();
        for (double element : a) {
            result = op.combine(result, element);
        }
        return result;
    }
}
