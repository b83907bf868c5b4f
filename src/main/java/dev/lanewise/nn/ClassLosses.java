package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.NnOps;
import java.util.Arrays;

/** The losses of {@link Functional} whose targets are classes. */
abstract class ClassLosses extends PairLosses {
    /** The class of samples that count for nothing, unless another is given. */
    static final long IGNORED = -100;

    ClassLosses() {}

    // ------------------------------------------------------------------ one class of many

    /** The mean of {@code -x[n, y[n]]}; see {@link #nllLoss(Tensor, Tensor, Tensor, long, Reduction)}. */
    public static Tensor nllLoss(Tensor input, Tensor target) {
        return nllLoss(input, target, Reduction.MEAN);
    }

    /** Of classes that weigh the same; see {@link #nllLoss(Tensor, Tensor, Tensor, long, Reduction)}. */
    public static Tensor nllLoss(Tensor input, Tensor target, Reduction reduction) {
        return nllLoss(input, target, null, IGNORED, reduction);
    }

    /**
     * {@code -w[y[n]] · x[n, y[n]]} for each sample n, reduced: the negative log-probability of its class.
     *
     * <p>Input {@code [N, C]}, target INT64 {@code [N]} from 0 to C - 1. Also {@code [C]} with a 0-d target, and
     * {@code [N, C, d1, ...]} with {@code [N, d1, ...]}. The mean is over the weights w of the samples, a weight {@code [C]}
     * or null for 1.
     *
     * @param ignoreIndex the class, in range or not, of samples whose loss and weight are 0
     */
    public static Tensor nllLoss(Tensor input, Tensor target, Tensor weight, long ignoreIndex, Reduction reduction) {
        Classes classes = Classes.of("nllLoss", input, target, weight, ignoreIndex);
        return classes.loss(input, combined("nllLoss", reduction));
    }

    /** The mean cross entropy; see the form with all parameters. */
    public static Tensor crossEntropy(Tensor input, Tensor target) {
        return crossEntropy(input, target, Reduction.MEAN);
    }

    /** Of classes that weigh the same; see the form with all parameters. */
    public static Tensor crossEntropy(Tensor input, Tensor target, Reduction reduction) {
        return crossEntropy(input, target, null, IGNORED, reduction, 0);
    }

    /**
     * {@code -Σ_c w[c] · p[n, c] · log(e^x[n, c] / Σ_k e^x[n, k])} for each sample n, reduced.
     *
     * <p>With a floating-point target of the input's sizes, p is the target, and the mean is over the samples. With classes as
     * target, p is 1 for the class of the sample: {@link Tensor#logSoftmax(int)}, then
     * {@link #nllLoss(Tensor, Tensor, Tensor, long, Reduction)}, whose shapes, weight and mean it takes.
     *
     * @param ignoreIndex the class of samples whose loss and weight are 0; below 0 for probabilities
     * @param labelSmoothing s from 0 to 1, for {@code (1 - s) · p + s / C} in place of p
     */
    public static Tensor crossEntropy(
            Tensor input, Tensor target, Tensor weight, long ignoreIndex, Reduction reduction, double labelSmoothing) {
        String op = "crossEntropy";
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw Check.argument(op, "the label smoothing must be between 0 and 1")
                    .got(labelSmoothing)
                    .error();
        }
        int dim = input.dim() == 1 ? 0 : 1;
        if (input.dim() > 0 && Arrays.equals(input.sizes(), target.sizes())) {
            checkProbabilities(op, input, target, weight, ignoreIndex);
            return Classes.ofProbabilities(op, input.logSoftmax(dim), target, weight, reduction, labelSmoothing);
        }
        Classes classes = Classes.of(op, input, target, weight, ignoreIndex);
        Tensor logs = input.logSoftmax(dim);
        Tensor loss = classes.loss(logs, combined(op, reduction));
        if (labelSmoothing == 0) {
            return loss;
        }
        Tensor even = classes.evenLoss(logs, combined(op, reduction));
        return loss.mul(1 - labelSmoothing).add(even.mul(labelSmoothing / input.size(dim)));
    }

    private static void checkProbabilities(String op, Tensor input, Tensor target, Tensor weight, long ignoreIndex) {
        if (!target.isFloatingPoint()) {
            throw withTarget(Check.dtype(op, "a target of the input's sizes must be probabilities"), input, target)
                    .hint("Give classes in [N], or convert with to(DType.FLOAT32).")
                    .error();
        }
        if (ignoreIndex >= 0) {
            throw Check.argument(op, "no class can be ignored where the target is probabilities")
                    .got(ignoreIndex)
                    .error();
        }
        Classes.checkWeight(op, input.size(input.dim() == 1 ? 0 : 1), weight);
    }

    /** The mean with p 1 and margin 1; see {@link #multiMarginLoss(Tensor, Tensor, int, double, Tensor, Reduction)}. */
    public static Tensor multiMarginLoss(Tensor input, Tensor target) {
        return multiMarginLoss(input, target, 1, 1, null, Reduction.MEAN);
    }

    /**
     * {@code Σ_{c ≠ y} w[y] · max(0, margin - x[y] + x[c])^p / C} for each sample with class y, reduced.
     *
     * <p>Input {@code [N, C]} and target INT64 {@code [N]}, or {@code [C]} and 0-d. The weight is {@code [C]}, or null for 1; p
     * is 1 or 2.
     */
    public static Tensor multiMarginLoss(
            Tensor input, Tensor target, int p, double margin, Tensor weight, Reduction reduction) {
        String op = "multiMarginLoss";
        if (p != 1 && p != 2) {
            throw Check.argument(op, "p must be 1 or 2").got(p).error();
        }
        if (input.dim() > 2) {
            throw withTarget(Check.shape(op, "the input must be [N, C] or [C]"), input, target)
                    .error();
        }
        Tensor one = input.dim() == 1 && target.dim() == 1 && target.size(0) == 1 ? target.squeeze(0) : target;
        Tensor labels = Classes.of(op, input, one, weight, Long.MIN_VALUE).labels();
        Tensor rows = input.dim() == 1 ? input.unsqueeze(0) : input;
        Tensor index = labels.reshape(rows.size(0), 1);
        Tensor near = rows.sub(rows.gather(1, index)).add(margin);
        Tensor counted = near.gt(0).mul(Tensor.arange(rows.size(1)).ne(index));
        Tensor values = p == 1 ? near : near.square();
        if (weight != null) {
            values = values.mul(weight.indexSelect(0, index.flatten()).unsqueeze(1));
        }
        Tensor each = Tensor.where(counted, values, Tensor.scalar(values.dtype(), 0))
                .sum(1)
                .div(rows.size(1));
        return reduced(op, reduction, input.dim() == 1 ? each.squeeze(0) : each);
    }

    // ------------------------------------------------------------------ several classes

    /** The mean; see {@link #multilabelMarginLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor multilabelMarginLoss(Tensor input, Tensor target) {
        return multilabelMarginLoss(input, target, Reduction.MEAN);
    }

    /**
     * {@code Σ_y Σ_c max(0, 1 - x[y] + x[c]) / C} for each sample, over its classes y and all others c, reduced.
     *
     * <p>Input {@code [N, C]} or {@code [C]}; the target, INT64 of the same sizes, lists the classes of each sample up to the
     * first -1.
     */
    public static Tensor multilabelMarginLoss(Tensor input, Tensor target, Reduction reduction) {
        String op = "multilabelMarginLoss";
        checkSameSizes(op, input, target);
        if (input.dim() == 0 || input.dim() > 2) {
            throw withTarget(Check.shape(op, "the input must be [N, C] or [C]"), input, target)
                    .error();
        }
        Tensor rows = input.dim() == 1 ? input.unsqueeze(0) : input;
        long classes = rows.size(1);
        Tensor labels = labels(op, target).reshape(rows.sizes());
        Classes.checkRange(op, classes, -1, labels);
        Tensor listed = labels.eq(-1).cumsum(1).eq(0);
        long most = rows.numel() == 0 ? 0 : listed.to(DType.INT64).sum(1).amax().itemLong();
        Tensor valid = listed.narrow(1, 0, most);
        Tensor index = labels.narrow(1, 0, most).clampMin(0);
        Tensor own = index.unsqueeze(2)
                .eq(Tensor.arange(classes))
                .mul(valid.unsqueeze(2))
                .any(1);
        Tensor near = rows.unsqueeze(1).sub(rows.gather(1, index).unsqueeze(2)).add(1);
        Tensor others = valid.unsqueeze(2).mul(own.logicalNot().unsqueeze(1));
        Tensor counted = near.gt(0).mul(others);
        Tensor each = Tensor.where(counted, near, Tensor.scalar(near.dtype(), 0))
                .sum(1, 2)
                .div(classes);
        return reduced(op, reduction, input.dim() == 1 ? each.squeeze(0) : each);
    }

    /** The mean; see {@link #multilabelSoftMarginLoss(Tensor, Tensor, Tensor, Reduction)}. */
    public static Tensor multilabelSoftMarginLoss(Tensor input, Tensor target) {
        return multilabelSoftMarginLoss(input, target, null, Reduction.MEAN);
    }

    /**
     * {@code -Σ_c w[c] · (y[c] ln σ(x[c]) + (1 - y[c]) ln σ(-x[c])) / C} for each sample, reduced, with σ the sigmoid.
     *
     * <p>Input and target {@code [..., C]}. The weight w is broadcast to them, or null for 1.
     */
    public static Tensor multilabelSoftMarginLoss(Tensor input, Tensor target, Tensor weight, Reduction reduction) {
        Tensor positive = target.mul(Activations.logsigmoid(input));
        Tensor values = positive.add(target.rsub(1).mul(Activations.logsigmoid(input.neg())))
                .neg();
        Tensor weighed = weight == null ? values : values.mul(weight);
        Tensor each = weighed.sum(-1).div(input.size(-1));
        return reduced("multilabelSoftMarginLoss", reduction, each);
    }

    // ------------------------------------------------------------------ sequences

    /** The mean with blank 0; see {@link #ctcLoss(Tensor, Tensor, Tensor, Tensor, long, Reduction, boolean)}. */
    public static Tensor ctcLoss(Tensor logProbs, Tensor targets, Tensor inputLengths, Tensor targetLengths) {
        return ctcLoss(logProbs, targets, inputLengths, targetLengths, 0, Reduction.MEAN, false);
    }

    /**
     * {@code -ln P(labels)} of each sequence, reduced, where a class is drawn at each time and labels are what remains when
     * repetitions are merged and blanks removed.
     *
     * <p>Log-probabilities, normalised over the classes, are {@code [T, N, C]}, or {@code [T, C]} for one sequence. Targets are
     * integers {@code [N, S]}, or {@code [S]} with those of all sequences one after the other; the lengths are integers
     * {@code [N]}, 0-d for one sequence. The mean is of each loss divided by the number of labels. The gradient takes it
     * that the log-probabilities come from logSoftmax; there is no second derivative.
     *
     * @param blank the class that stands for no label; not among the targets
     * @param zeroInfinity true for 0, and no gradient, where no path spells the labels and the loss is infinite
     */
    public static Tensor ctcLoss(
            Tensor logProbs,
            Tensor targets,
            Tensor inputLengths,
            Tensor targetLengths,
            long blank,
            Reduction reduction,
            boolean zeroInfinity) {
        return CtcArguments.ctcLoss(logProbs, targets, inputLengths, targetLengths, blank, reduction, zeroInfinity);
    }

    /** The targets of samples that belong to one class each. */
    private record Classes(Tensor labels, Tensor weight, Tensor kept) {
        /** Checks them; ignored ones become class 0 in {@code labels} and false in {@code kept}, null if all are kept. */
        static Classes of(String op, Tensor input, Tensor target, Tensor weight, long ignoreIndex) {
            checkShapes(op, input, target);
            Tensor labels = ClassLosses.labels(op, target);
            long classes = input.size(input.dim() == 1 ? 0 : 1);
            checkWeight(op, classes, weight);
            boolean ignores = checkRange(op, classes, ignoreIndex, labels);
            if (!ignores) {
                return new Classes(labels, weight, null);
            }
            Tensor kept = labels.ne(ignoreIndex);
            return new Classes(Tensor.where(kept, labels, Tensor.zerosLike(labels)), weight, kept);
        }

        private static void checkShapes(String op, Tensor input, Tensor target) {
            int classDim = input.dim() == 1 ? 0 : 1;
            boolean fits = input.dim() > 0 && target.dim() == input.dim() - 1;
            for (int d = 0; fits && d < target.dim(); d++) {
                fits = target.size(d) == input.size(d < classDim ? d : d + 1);
            }
            if (!fits) {
                throw withTarget(Check.shape(op, "there must be one class per row of the input"), input, target)
                        .hint("The input is [N, C], the target [N].")
                        .error();
            }
        }

        static void checkWeight(String op, long classes, Tensor weight) {
            if (weight != null && (weight.dim() != 1 || weight.size(0) != classes)) {
                throw Check.shape(op, "there must be one weight per class")
                        .expected("[" + classes + "]")
                        .operand("weight", weight.dtype(), weight.sizes())
                        .error();
            }
        }

        /** Refuses classes out of range; true if one is ignored. */
        static boolean checkRange(String op, long classes, long ignoreIndex, Tensor labels) {
            boolean ignores = false;
            for (long label : labels.toLongArray()) {
                if (label == ignoreIndex) {
                    ignores = true;
                } else if (label < 0 || label >= classes) {
                    throw Check.index(op, "every class must be one of the input's")
                            .expected("0 to " + (classes - 1))
                            .got(label)
                            .operand("target", labels.dtype(), labels.sizes())
                            .error();
                }
            }
            return ignores;
        }

        /** The negative log-probability of each sample's class, reduced. */
        Tensor loss(Tensor logs, NnOps.Reduction reduction) {
            int rank = logs.dim();
            Tensor rows = logs;
            if (rank == 1) {
                rows = logs.unsqueeze(0);
            } else if (rank > 2) {
                int[] classesLast = new int[rank];
                for (int d = 1; d < rank; d++) {
                    classesLast[d] = d == rank - 1 ? 1 : d + 1;
                }
                rows = logs.permute(classesLast).reshape(labels.numel(), logs.size(1));
            }
            boolean plain = weight == null && kept == null;
            NnOps.Reduction first = plain ? reduction : NnOps.Reduction.NONE;
            Tensor values = Dispatch.apply(NnOps.NLL_LOSS, new NnOps.Targets(labels.flatten(), first), rows);
            if (plain) {
                return reduction == NnOps.Reduction.NONE ? values.reshape(labels.sizes()) : values;
            }
            return combined(values.reshape(labels.sizes()), weights(), reduction);
        }

        /** The sum of the negative log-probabilities of all classes for each sample, reduced in the same way. */
        Tensor evenLoss(Tensor logs, NnOps.Reduction reduction) {
            int dim = logs.dim() == 1 ? 0 : 1;
            Tensor values = (weight == null ? logs : logs.mul(along(weight, logs)))
                    .sum(dim)
                    .neg();
            return combined(values, null, reduction);
        }

        /** The weight of each sample's class. */
        private Tensor weights() {
            return weight == null
                    ? null
                    : weight.indexSelect(0, labels.flatten()).reshape(labels.sizes());
        }

        /** Weighs and reduces; the mean is over the weights of the samples that are kept. */
        private Tensor combined(Tensor values, Tensor factor, NnOps.Reduction reduction) {
            Tensor zero = Tensor.scalar(values.dtype(), 0);
            Tensor weighed = factor == null ? values : values.mul(factor);
            Tensor counted = kept == null ? weighed : Tensor.where(kept, weighed, zero);
            if (reduction != NnOps.Reduction.MEAN) {
                return reduction == NnOps.Reduction.NONE ? counted : counted.sum();
            }
            return counted.sum().div(total(values));
        }

        private Tensor total(Tensor values) {
            Tensor all = weight == null ? Tensor.onesLike(values.detach()) : weights();
            return (kept == null ? all : Tensor.where(kept, all, Tensor.scalar(all.dtype(), 0))).sum();
        }

        /** The cross entropy with probabilities of the classes. */
        static Tensor ofProbabilities(
                String op, Tensor logs, Tensor target, Tensor weight, Reduction reduction, double smoothing) {
            int dim = logs.dim() == 1 ? 0 : 1;
            Tensor smooth = smoothing == 0 ? target : target.mul(1 - smoothing).add(smoothing / logs.size(dim));
            Tensor values = logs.mul(smooth);
            Tensor weighed = weight == null ? values : values.mul(along(weight, logs));
            return reduced(op, reduction, weighed.sum(dim).neg());
        }

        /** The weights of the classes, to be broadcast to scores. */
        private static Tensor along(Tensor weight, Tensor logs) {
            long[] shape = new long[logs.dim()];
            Arrays.fill(shape, 1);
            shape[logs.dim() == 1 ? 0 : 1] = weight.numel();
            return weight.reshape(shape);
        }
    }
}
