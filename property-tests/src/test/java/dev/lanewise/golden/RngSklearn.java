package dev.lanewise.golden;

import dev.lanewise.Tensor;
import dev.lanewise.data.BlobsOptions;
import dev.lanewise.data.CirclesOptions;
import dev.lanewise.data.ClassificationOptions;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Labelled;
import dev.lanewise.data.MoonsOptions;
import dev.lanewise.data.Regression;
import dev.lanewise.data.RegressionOptions;
import dev.lanewise.data.TrainTestSplit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows for scikit-learn's data sets, whose results are tensors by name. */
final class RngSklearn {
    private RngSklearn() {}

    static void fill(PythonCalls table) {
        table.add("make_regression", RngSklearn::regression);
        table.add("make_classification", RngSklearn::classification);
        table.add("make_moons", RngSklearn::moons);
        table.add("make_circles", RngSklearn::circles);
        table.add("make_blobs", RngSklearn::blobs);
        table.add("train_test_split", RngSklearn::split);
    }

    private static int count(Arguments a, int place, String name, int otherwise) {
        return (int) RngCalls.number(a, place, name, otherwise);
    }

    private static boolean flag(Arguments a, String name, boolean otherwise) {
        return RngCalls.flag(a, Integer.MAX_VALUE, name, otherwise);
    }

    private static double number(Arguments a, String name, double otherwise) {
        return RngCalls.number(a, Integer.MAX_VALUE, name, otherwise);
    }

    private static long seed(Arguments a) {
        return a.number(Integer.MAX_VALUE, "random_state").longValue();
    }

    private static Object regression(Arguments a) {
        a.only(
                "n_samples",
                "n_features",
                "n_informative",
                "n_targets",
                "bias",
                "noise",
                "shuffle",
                "coef",
                "random_state");
        RegressionOptions options = RegressionOptions.of(count(a, 0, "n_samples", 100), count(a, 1, "n_features", 100))
                .informative((int) number(a, "n_informative", 10))
                .targets((int) number(a, "n_targets", 1))
                .bias(number(a, "bias", 0))
                .noise(number(a, "noise", 0))
                .shuffle(flag(a, "shuffle", true));
        Regression made = Datasets.makeRegression(options, seed(a));
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put("x", made.x());
        out.put("y", made.y());
        if (flag(a, "coef", false)) {
            out.put("coef", made.coef());
        }
        return out;
    }

    private static Object classification(Arguments a) {
        a.only(
                "n_samples",
                "n_features",
                "n_informative",
                "n_redundant",
                "n_repeated",
                "n_classes",
                "n_clusters_per_class",
                "weights",
                "flip_y",
                "class_sep",
                "hypercube",
                "shift",
                "scale",
                "shuffle",
                "random_state");
        ClassificationOptions options = ClassificationOptions.of(
                        count(a, 0, "n_samples", 100), count(a, 1, "n_features", 20))
                .informative((int) number(a, "n_informative", 2))
                .redundant((int) number(a, "n_redundant", 2))
                .repeated((int) number(a, "n_repeated", 0))
                .classes((int) number(a, "n_classes", 2))
                .clustersPerClass((int) number(a, "n_clusters_per_class", 2))
                .flipY(number(a, "flip_y", 0.01))
                .classSep(number(a, "class_sep", 1))
                .hypercube(flag(a, "hypercube", true))
                .shift(number(a, "shift", 0))
                .scale(number(a, "scale", 1))
                .shuffle(flag(a, "shuffle", true));
        if (a.named().get("weights") instanceof List<?> weights) {
            options = options.weights(doubles(weights));
        }
        options = a.named().get("shift") == Arguments.NONE ? options.drawnShift() : options;
        options = a.named().get("scale") == Arguments.NONE ? options.drawnScale() : options;
        return outputs(Datasets.makeClassification(options, seed(a)));
    }

    private static Object moons(Arguments a) {
        a.only("n_samples", "shuffle", "noise", "random_state");
        MoonsOptions options = pair(a) == null
                ? MoonsOptions.of(count(a, 0, "n_samples", 100))
                : MoonsOptions.of(pair(a)[0], pair(a)[1]);
        return outputs(
                Datasets.makeMoons(options.noise(number(a, "noise", 0)).shuffle(flag(a, "shuffle", true)), seed(a)));
    }

    private static Object circles(Arguments a) {
        a.only("n_samples", "shuffle", "noise", "factor", "random_state");
        CirclesOptions options = pair(a) == null
                ? CirclesOptions.of(count(a, 0, "n_samples", 100))
                : CirclesOptions.of(pair(a)[0], pair(a)[1]);
        return outputs(Datasets.makeCircles(
                options.noise(number(a, "noise", 0))
                        .factor(number(a, "factor", 0.8))
                        .shuffle(flag(a, "shuffle", true)),
                seed(a)));
    }

    // Sizes given one by one.
    private static int[] pair(Arguments a) {
        return a.has(0, "n_samples") && a.get(0, "n_samples") instanceof List<?> list
                ? list.stream().mapToInt(x -> ((Number) x).intValue()).toArray()
                : null;
    }

    private static Object blobs(Arguments a) {
        a.only("n_samples", "n_features", "centers", "cluster_std", "center_box", "shuffle", "random_state");
        int features = count(a, 1, "n_features", 2);
        Object centers = a.named().getOrDefault("centers", 3L);
        int number = centers instanceof Number given ? given.intValue() : 3;
        BlobsOptions options = pair(a) == null
                ? BlobsOptions.of(count(a, 0, "n_samples", 100), number, features)
                : BlobsOptions.of(Arrays.stream(pair(a)).boxed().toList(), features);
        if (centers instanceof List<?> given) {
            options = options.centers(
                    given.stream().map(center -> doubles((List<?>) center)).toList());
        }
        Object std = a.named().getOrDefault("cluster_std", 1.0);
        options = std instanceof List<?> each ? options.std(doubles(each)) : options.std(((Number) std).doubleValue());
        if (a.named().get("center_box") instanceof List<?> box) {
            options = options.box(doubles(box).get(0), doubles(box).get(1));
        }
        return outputs(Datasets.makeBlobs(options.shuffle(flag(a, "shuffle", true)), seed(a)));
    }

    private static Object split(Arguments a) {
        a.only("test_size", "train_size", "random_state", "shuffle", "stratify");
        Tensor data = a.tensor(0);
        int rows = (int) data.size(0);
        TrainTestSplit.Sizes sizes = TrainTestSplit.sizes(rows, part(a, "test_size"), part(a, "train_size"));
        TrainTestSplit split;
        if (!flag(a, "shuffle", true)) {
            split = TrainTestSplit.inOrder(sizes);
        } else if (a.named().get("stratify") instanceof Tensor labels) {
            split = TrainTestSplit.stratified(sizes, labels.toLongArray(), seed(a));
        } else if (a.named().get("stratify") instanceof List<?> labels) {
            long[] classes =
                    labels.stream().mapToLong(x -> ((Number) x).longValue()).toArray();
            split = TrainTestSplit.stratified(sizes, classes, seed(a));
        } else {
            split = TrainTestSplit.of(sizes, seed(a));
        }
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put("train", split.train(data));
        out.put("test", split.test(data));
        return out;
    }

    private static Number part(Arguments a, String name) {
        return a.named().get(name) instanceof Number given ? given : null;
    }

    private static List<Double> doubles(List<?> items) {
        return items.stream().map(x -> ((Number) x).doubleValue()).toList();
    }

    private static Map<String, Tensor> outputs(Labelled made) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put("x", made.x());
        out.put("y", made.y());
        return out;
    }
}
