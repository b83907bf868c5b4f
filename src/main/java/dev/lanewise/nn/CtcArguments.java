package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.CtcOps;
import dev.lanewise.op.Dispatch;
import java.util.Arrays;

/** The arguments of the loss of label sequences. */
final class CtcArguments {
    private static final String OP = "ctcLoss";

    private CtcArguments() {}

    /** See {@link ClassLosses#ctcLoss(Tensor, Tensor, Tensor, Tensor, long, Reduction, boolean)}. */
    static Tensor ctcLoss(
            Tensor logProbs,
            Tensor targets,
            Tensor inputLengths,
            Tensor targetLengths,
            long blank,
            Reduction reduction,
            boolean zeroInfinity) {
        if (logProbs.dim() == 2) {
            Tensor one = ctcLoss(
                    logProbs.unsqueeze(1),
                    targets.dim() == 1 ? targets.unsqueeze(0) : targets,
                    inputLengths.reshape(1),
                    targetLengths.reshape(1),
                    blank,
                    reduction,
                    zeroInfinity);
            return reduction == Reduction.NONE ? one.squeeze(0) : one;
        }
        check(logProbs, targets, blank);
        long[] times = lengths("inputLengths", inputLengths, logProbs, logProbs.size(0));
        boolean padded = targets.dim() == 2;
        long[] counts = lengths("targetLengths", targetLengths, logProbs, targets.size(-1));
        long[] flat = targets.toLongArray();
        if (!padded && Arrays.stream(counts).sum() != flat.length) {
            throw Check.shape(OP, "the targets must be as many as their lengths add up to")
                    .expected(Arrays.stream(counts).sum())
                    .operand("targets", targets.dtype(), targets.sizes())
                    .error();
        }
        long[][] labels = new long[counts.length][];
        int from = 0;
        for (int n = 0; n < labels.length; n++) {
            int start = padded ? Math.toIntExact(n * targets.size(1)) : from;
            labels[n] = Arrays.copyOfRange(flat, start, start + (int) counts[n]);
            from += (int) counts[n];
            checkLabels(labels[n], logProbs.size(2));
        }
        Tensor each =
                Dispatch.apply(CtcOps.CTC_LOSS, new CtcOps.Labels(labels, times, (int) blank, zeroInfinity), logProbs);
        if (zeroInfinity) {
            each = Tensor.where(each.eq(Double.POSITIVE_INFINITY), Tensor.scalar(each.dtype(), 0), each);
        }
        if (reduction == Reduction.MEAN) {
            each = each.div(Tensor.of(counts).clampMin(1).to(each.dtype()));
        }
        return Losses.reduced(OP, reduction, each);
    }

    private static void check(Tensor logProbs, Tensor targets, long blank) {
        boolean fits = targets.dim() == 1 || targets.dim() == 2 && targets.size(0) == logProbs.size(1);
        if (logProbs.dim() != 3 || !fits) {
            throw Check.shape(OP, "the log-probabilities must be [T, N, C], the targets [N, S] or [S]")
                    .operand("logProbs", logProbs.dtype(), logProbs.sizes())
                    .operand("targets", targets.dtype(), targets.sizes())
                    .error();
        }
        boolean integers = targets.dtype() == DType.INT64 || targets.dtype() == DType.INT32;
        if (!logProbs.isFloatingPoint() || !integers) {
            throw Check.dtype(OP, "the log-probabilities must be floating point, the targets int64 or int32")
                    .operand("logProbs", logProbs.dtype(), logProbs.sizes())
                    .operand("targets", targets.dtype(), targets.sizes())
                    .error();
        }
        if (blank < 0 || blank >= logProbs.size(2)) {
            throw Check.argument(OP, "the blank must be one of the classes")
                    .expected("0 to " + (logProbs.size(2) - 1))
                    .got(blank)
                    .error();
        }
    }

    private static long[] lengths(String name, Tensor lengths, Tensor logProbs, long most) {
        if (lengths.isFloatingPoint()) {
            throw Check.dtype(OP, "lengths must be integers")
                    .operand(name, lengths.dtype(), lengths.sizes())
                    .error();
        }
        if (lengths.dim() != 1 || lengths.size(0) != logProbs.size(1)) {
            throw Check.shape(OP, "there must be one length per sequence")
                    .expected("[" + logProbs.size(1) + "]")
                    .operand(name, lengths.dtype(), lengths.sizes())
                    .error();
        }
        long[] values = lengths.toLongArray();
        for (long value : values) {
            if (value < 0 || value > most) {
                throw Check.argument(OP, name + " must be between 0 and what is there")
                        .expected("at most " + most)
                        .got(value)
                        .error();
            }
        }
        return values;
    }

    private static void checkLabels(long[] labels, long classes) {
        for (long label : labels) {
            if (label < 0 || label >= classes) {
                throw Check.index(OP, "every label must be one of the classes")
                        .expected("0 to " + (classes - 1))
                        .got(label)
                        .error();
            }
        }
    }
}
