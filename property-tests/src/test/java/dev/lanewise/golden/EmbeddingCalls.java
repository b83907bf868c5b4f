package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.nn.BagMode;
import dev.lanewise.nn.Embedding;
import dev.lanewise.nn.EmbeddingBag;
import dev.lanewise.nn.EmbeddingBagOptions;
import dev.lanewise.nn.EmbeddingOptions;
import dev.lanewise.nn.Functional;
import java.util.Locale;

/** Lookups in tables. */
final class EmbeddingCalls {
    /** A place behind all others, for what is recorded by name. */
    private static final int NAMED = 100;

    private EmbeddingCalls() {}

    static void fill() {
        add(
                "F.embedding",
                a -> Functional.embedding(
                        a.only("padding_idx", "max_norm", "norm_type", "scale_grad_by_freq")
                                .tensor(0),
                        (Tensor) a.get(1, "weight"),
                        options(a, 2)));
        add("F.embedding_bag", a -> {
            a.only(
                    "offsets",
                    "max_norm",
                    "norm_type",
                    "scale_grad_by_freq",
                    "mode",
                    "per_sample_weights",
                    "include_last_offset",
                    "padding_idx");
            return Functional.embeddingBag(
                    a.tensor(0),
                    (Tensor) a.get(1, "weight"),
                    a.has(2, "offsets") ? (Tensor) a.get(2, "offsets") : null,
                    bag(a, options(a, NAMED)),
                    a.has(8, "per_sample_weights") ? (Tensor) a.get(8, "per_sample_weights") : null);
        });
        add(
                "F.one_hot",
                a -> Functional.oneHot(
                        a.only("num_classes").tensor(0), (long) RngCalls.number(a, 1, "num_classes", -1)));
    }

    /** The rows for the layers with their first values. */
    static void fill(PythonCalls table) {
        table.add("nn.Embedding", a -> {
            a.only("padding_idx", "max_norm", "norm_type", "scale_grad_by_freq", "dtype");
            return new Embedding(
                    a.number(0, "num_embeddings").longValue(),
                    a.number(1, "embedding_dim").longValue(),
                    options(a, 2).dtype(a.dtype("dtype", DType.FLOAT32)));
        });
        table.add("nn.EmbeddingBag", a -> {
            a.only(
                    "max_norm",
                    "norm_type",
                    "scale_grad_by_freq",
                    "mode",
                    "include_last_offset",
                    "padding_idx",
                    "dtype");
            return new EmbeddingBag(
                    a.number(0, "num_embeddings").longValue(),
                    a.number(1, "embedding_dim").longValue(),
                    bag(a, options(a, NAMED)).dtype(a.dtype("dtype", DType.FLOAT32)));
        });
    }

    /** @param first where padding_idx stands, the others after it */
    private static EmbeddingOptions options(Arguments a, int first) {
        EmbeddingOptions options = EmbeddingOptions.DEFAULT
                .normType(RngCalls.number(a, first + 2, "norm_type", 2))
                .scaleGradByFreq(RngCalls.flag(a, first + 3, "scale_grad_by_freq", false));
        if (a.has(first, "padding_idx")) {
            options = options.paddingIdx((long) RngCalls.number(a, first, "padding_idx", 0));
        }
        return a.has(first + 1, "max_norm") ? options.maxNorm(RngCalls.number(a, first + 1, "max_norm", 0)) : options;
    }

    private static EmbeddingBagOptions bag(Arguments a, EmbeddingOptions table) {
        String mode = a.has(6, "mode") ? (String) a.get(6, "mode") : "mean";
        return EmbeddingBagOptions.DEFAULT
                .table(table)
                .mode(BagMode.valueOf(mode.toUpperCase(Locale.ROOT)))
                .includeLastOffset(RngCalls.flag(a, 9, "include_last_offset", false));
    }
}
