package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.FLOATS;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Reduction;
import dev.lanewise.testing.reference.RefLosses;
import dev.lanewise.testing.reference.RefReduce;
import java.util.Arrays;

/** Losses that are not elementwise. */
final class LossRecipes {
    private LossRecipes() {}

    static void fill() {
        Recipes.add(
                        "ctcLoss",
                        FLOATS,
                        (a, b, c) -> new long[][] {{a, b, c + 1}},
                        LossRecipes::ctc,
                        x -> RefLosses.ctc(RefReduce.softmax(x, true, 2), labels(x.size(0), x.size(1), x.size(2))))
                .notEmpty()
                .firstOrderOnly();
    }

    private static Tensor ctc(Tensor x) {
        long[][] labels = labels(x.size(0), x.size(1), x.size(2));
        Tensor times = Tensor.full(DType.INT64, x.size(0), x.size(1));
        Tensor counts = Tensor.full(DType.INT64, labels[0].length, x.size(1));
        Tensor targets =
                Tensor.of(Arrays.stream(labels).flatMapToLong(Arrays::stream).toArray());
        return Functional.ctcLoss(x.logSoftmax(2), targets, times, counts, 0, Reduction.NONE, false);
    }

    /** At most four labels for each sample, each of them twice in a row; so few that there is time for them. */
    private static long[][] labels(long times, long samples, long classes) {
        long[][] labels = new long[(int) samples][(int) Math.min(4, (times + 1) / 2)];
        for (int n = 0; n < samples; n++) {
            for (int i = 0; i < labels[n].length; i++) {
                labels[n][i] = 1 + (n + i / 2) % (classes - 1);
            }
        }
        return labels;
    }
}
