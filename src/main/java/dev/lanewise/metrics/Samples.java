package dev.lanewise.metrics;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/** What metrics ask of their batches. */
final class Samples {
    private Samples() {}

    /** The classes that samples belong to, or that scores {@code [N, classes]} are highest for. */
    static long[] classes(String metric, Tensor x) {
        Tensor outside = x.detach();
        if (outside.dim() == 2) {
            return outside.argmax(1).toLongArray();
        }
        if (outside.dim() != 1 || outside.isFloatingPoint()) {
            throw Check.shape(metric, "there must be a class or a row of scores for each sample")
                    .operand("predictions", x.dtype(), x.sizes())
                    .hint("Compare probabilities with a threshold first, for example with gt(0.5).")
                    .error();
        }
        return outside.toLongArray();
    }

    /** The classes that samples belong to. */
    static long[] targets(String metric, Tensor targets, long samples) {
        checkList(metric, targets, samples);
        if (targets.isFloatingPoint()) {
            throw Check.dtype(metric, "the targets must be classes")
                    .got(targets.dtype())
                    .operand("targets", targets.dtype(), targets.sizes())
                    .hint("Convert them with to(DType.INT64).")
                    .error();
        }
        return targets.toLongArray();
    }

    private static void checkList(String metric, Tensor targets, long samples) {
        if (targets.dim() != 1 || targets.size(0) != samples) {
            throw Check.shape(metric, "there must be one target for each sample")
                    .expected("[" + samples + "]")
                    .got(targets.shape())
                    .error();
        }
    }

    /** Numbers of the shape of the targets, as doubles. */
    static double[] numbers(String metric, Tensor predictions, Tensor targets) {
        if (!predictions.shape().equals(targets.shape())) {
            throw Check.shape(metric, "there must be one prediction for each target")
                    .operand("predictions", predictions.dtype(), predictions.sizes())
                    .operand("targets", targets.dtype(), targets.sizes())
                    .error();
        }
        return doubles(predictions);
    }

    static double[] doubles(Tensor x) {
        return x.detach().to(DType.FLOAT64).toDoubleArray();
    }

    /** The class, checked to be one of some. */
    static int inside(String metric, long value, int classes) {
        if (value < 0 || value >= classes) {
            throw Check.index(metric, "there is no such class")
                    .expected("0 to " + (classes - 1))
                    .got(value)
                    .error();
        }
        return (int) value;
    }

    static void require(String metric, boolean any) {
        if (!any) {
            throw new IllegalStateException(metric + ": there were no samples yet. Call update first.");
        }
    }
}
