package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Reduction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Losses and the distances they are made of. */
final class LossCalls {
    private static final String OLD = "size_average";

    private LossCalls() {}

    static void fill() {
        elements();
        probabilities();
        classes();
        pairs();
    }

    private static void elements() {
        row("mse_loss", b -> Functional.mseLoss(b.x(), b.y(), b.reduction()), OLD, "reduce", "reduction");
        row("l1_loss", b -> Functional.l1Loss(b.x(), b.y(), b.reduction()), OLD, "reduce", "reduction");
        row(
                "soft_margin_loss",
                b -> Functional.softMarginLoss(b.x(), b.y(), b.reduction()),
                OLD,
                "reduce",
                "reduction");
        row(
                "smooth_l1_loss",
                b -> Functional.smoothL1Loss(b.x(), b.y(), b.reduction(), b.real("beta", 1)),
                OLD,
                "reduce",
                "reduction",
                "beta");
        row(
                "huber_loss",
                b -> Functional.huberLoss(b.x(), b.y(), b.reduction(), b.real("delta", 1)),
                "reduction",
                "delta");
        row(
                "hinge_embedding_loss",
                b -> Functional.hingeEmbeddingLoss(b.x(), b.y(), b.real("margin", 1), b.reduction()),
                "margin",
                OLD,
                "reduce",
                "reduction");
    }

    private static void probabilities() {
        row(
                "binary_cross_entropy",
                b -> Functional.binaryCrossEntropy(b.x(), b.y(), b.tensor("weight"), b.reduction()),
                "weight",
                OLD,
                "reduce",
                "reduction");
        row(
                "binary_cross_entropy_with_logits",
                b -> Functional.binaryCrossEntropyWithLogits(
                        b.x(), b.y(), b.tensor("weight"), b.reduction(), b.tensor("pos_weight")),
                "weight",
                OLD,
                "reduce",
                "reduction",
                "pos_weight");
        row(
                "kl_div",
                b -> Functional.klDiv(b.x(), b.y(), b.reduction(), b.flag("log_target", false)),
                OLD,
                "reduce",
                "reduction",
                "log_target");
        row(
                "poisson_nll_loss",
                b -> Functional.poissonNllLoss(
                        b.x(),
                        b.y(),
                        b.flag("log_input", true),
                        b.flag("full", false),
                        b.real("eps", 1e-8),
                        b.reduction()),
                "log_input",
                "full",
                OLD,
                "eps",
                "reduce",
                "reduction");
        row(
                "gaussian_nll_loss",
                b -> Functional.gaussianNllLoss(
                        b.x(), b.y(), b.tensor("var"), b.flag("full", false), b.real("eps", 1e-6), b.reduction()),
                "var",
                "full",
                "eps",
                "reduction");
    }

    private static void classes() {
        row(
                "cross_entropy",
                b -> Functional.crossEntropy(
                        b.x(),
                        b.y(),
                        b.tensor("weight"),
                        b.whole("ignore_index", -100),
                        b.reduction(),
                        b.real("label_smoothing", 0)),
                "weight",
                OLD,
                "ignore_index",
                "reduce",
                "reduction",
                "label_smoothing");
        row(
                "nll_loss",
                b -> Functional.nllLoss(b.x(), b.y(), b.tensor("weight"), b.whole("ignore_index", -100), b.reduction()),
                "weight",
                OLD,
                "ignore_index",
                "reduce",
                "reduction");
        row(
                "multi_margin_loss",
                b -> Functional.multiMarginLoss(
                        b.x(), b.y(), (int) b.whole("p", 1), b.real("margin", 1), b.tensor("weight"), b.reduction()),
                "p",
                "margin",
                "weight",
                OLD,
                "reduce",
                "reduction");
        row(
                "multilabel_margin_loss",
                b -> Functional.multilabelMarginLoss(b.x(), b.y(), b.reduction()),
                OLD,
                "reduce",
                "reduction");
        row(
                "multilabel_soft_margin_loss",
                b -> Functional.multilabelSoftMarginLoss(b.x(), b.y(), b.tensor("weight"), b.reduction()),
                "weight",
                OLD,
                "reduce",
                "reduction");
        call(
                "ctc_loss",
                b -> Functional.ctcLoss(
                        b.tensor("log_probs"),
                        b.tensor("targets"),
                        b.lengths("input_lengths"),
                        b.lengths("target_lengths"),
                        b.whole("blank", 0),
                        b.reduction(),
                        b.flag("zero_infinity", false)),
                "log_probs",
                "targets",
                "input_lengths",
                "target_lengths",
                "blank",
                "reduction",
                "zero_infinity");
    }

    private static void pairs() {
        call(
                "margin_ranking_loss",
                b -> Functional.marginRankingLoss(
                        b.tensor("input1"), b.tensor("input2"), b.y(), b.real("margin", 0), b.reduction()),
                "input1",
                "input2",
                "target",
                "margin",
                OLD,
                "reduce",
                "reduction");
        call(
                "cosine_embedding_loss",
                b -> Functional.cosineEmbeddingLoss(
                        b.tensor("input1"), b.tensor("input2"), b.y(), b.real("margin", 0), b.reduction()),
                "input1",
                "input2",
                "target",
                "margin",
                OLD,
                "reduce",
                "reduction");
        call(
                "triplet_margin_loss",
                b -> Functional.tripletMarginLoss(
                        b.tensor("anchor"),
                        b.tensor("positive"),
                        b.tensor("negative"),
                        b.real("margin", 1),
                        b.real("p", 2),
                        b.real("eps", 1e-6),
                        b.flag("swap", false),
                        b.reduction()),
                "anchor",
                "positive",
                "negative",
                "margin",
                "p",
                "eps",
                "swap",
                OLD,
                "reduce",
                "reduction");
        call(
                "cosine_similarity",
                b -> Functional.cosineSimilarity(
                        b.tensor("x1"), b.tensor("x2"), (int) b.whole("dim", 1), b.real("eps", 1e-8)),
                "x1",
                "x2",
                "dim",
                "eps");
        call(
                "pairwise_distance",
                b -> Functional.pairwiseDistance(
                        b.tensor("x1"), b.tensor("x2"), b.real("p", 2), b.real("eps", 1e-6), b.flag("keepdim", false)),
                "x1",
                "x2",
                "p",
                "eps",
                "keepdim");
    }

    /** A loss of an input and a target, with the names of its other parameters in order. */
    private static void row(String op, Function<Bound, Tensor> f, String... others) {
        String[] names = new String[others.length + 2];
        names[0] = "input";
        names[1] = "target";
        System.arraycopy(others, 0, names, 2, others.length);
        call(op, f, names);
    }

    private static void call(String op, Function<Bound, Tensor> f, String... names) {
        add("F." + op, a -> f.apply(Bound.of(a, names)));
    }

    /** The arguments by name; one that was left out, or None, is not among them. */
    private record Bound(Map<String, Object> values) {
        static Bound of(Arguments a, String... names) {
            a.only(names);
            if (a.positional().size() > names.length) {
                throw new Unsupported(a.positional().size() + " arguments");
            }
            Map<String, Object> values = new HashMap<>(a.named());
            for (int i = 0; i < a.positional().size(); i++) {
                values.put(names[i], a.positional().get(i));
            }
            values.values().removeIf(value -> value == Arguments.NONE);
            return new Bound(values);
        }

        Tensor x() {
            return tensor("input");
        }

        Tensor y() {
            return tensor("target");
        }

        /** A tensor, or null. */
        Tensor tensor(String name) {
            Object value = values.get(name);
            if (value != null && !(value instanceof Tensor)) {
                throw new Unsupported("a " + value.getClass().getSimpleName() + " for " + name);
            }
            return (Tensor) value;
        }

        Tensor lengths(String name) {
            Object value = values.get(name);
            return value instanceof List<?> list
                    ? Tensor.of(list.stream()
                            .mapToLong(item -> ((Number) item).longValue())
                            .toArray())
                    : tensor(name);
        }

        double real(String name, double otherwise) {
            return values.containsKey(name) ? ((Number) values.get(name)).doubleValue() : otherwise;
        }

        long whole(String name, long otherwise) {
            return values.containsKey(name) ? ((Number) values.get(name)).longValue() : otherwise;
        }

        boolean flag(String name, boolean otherwise) {
            return values.containsKey(name) ? Boolean.TRUE.equals(values.get(name)) : otherwise;
        }

        /** The reduction, or what the older two flags for it mean. */
        Reduction reduction() {
            if (values.containsKey(OLD) || values.containsKey("reduce")) {
                Reduction combined = flag(OLD, true) ? Reduction.MEAN : Reduction.SUM;
                return flag("reduce", true) ? combined : Reduction.NONE;
            }
            return Reduction.of((String) values.getOrDefault("reduction", "mean"));
        }
    }
}
