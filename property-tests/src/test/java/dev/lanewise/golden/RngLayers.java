package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Identity;
import dev.lanewise.nn.Init;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Sigmoid;
import dev.lanewise.nn.Softmax;
import dev.lanewise.nn.Tanh;
import java.util.Locale;

/** The rows for torch.nn: initialisations, functions that draw, and layers with their first values. */
final class RngLayers {
    private RngLayers() {}

    static void fill(PythonCalls table) {
        initialise(table);
        scale(table);
        drop(table);
        build(table);
        RngShapedLayers.fill(table);
        EmbeddingCalls.fill(table);
        RngSequenceLayers.fill(table);
        table.add("dict", a -> a.get(0, "mapping"));
        table.add("Module.state_dict", a -> ((Module) a.get(0, "self")).stateDict());
    }

    private static double number(Arguments a, int place, String name, double otherwise) {
        return RngCalls.number(a, place, name, otherwise);
    }

    private static void initialise(PythonCalls table) {
        table.add(
                "nn.init.uniform_",
                a -> Init.uniform_(a.only("a", "b").tensor(0), number(a, 1, "a", 0), number(a, 2, "b", 1)));
        table.add(
                "nn.init.normal_",
                a -> Init.normal_(a.only("mean", "std").tensor(0), number(a, 1, "mean", 0), number(a, 2, "std", 1)));
        table.add(
                "nn.init.trunc_normal_",
                a -> Init.truncNormal_(
                        a.only("mean", "std", "a", "b").tensor(0),
                        number(a, 1, "mean", 0),
                        number(a, 2, "std", 1),
                        number(a, 3, "a", -2),
                        number(a, 4, "b", 2)));
        table.add(
                "nn.init.constant_",
                a -> Init.constant_(a.only("val").tensor(0), a.number(1, "val").doubleValue()));
        table.add("nn.init.ones_", a -> Init.ones_(a.only().tensor(0)));
        table.add("nn.init.zeros_", a -> Init.zeros_(a.only().tensor(0)));
        table.add("nn.init.eye_", a -> Init.eye_(a.only().tensor(0)));
        table.add("nn.init.dirac_", a -> Init.dirac_(a.only("groups").tensor(0), (long) number(a, 1, "groups", 1)));
        table.add("nn.init.orthogonal_", a -> Init.orthogonal_(a.only("gain").tensor(0), number(a, 1, "gain", 1)));
        table.add(
                "nn.init.sparse_",
                a -> Init.sparse_(
                        a.only("sparsity", "std").tensor(0),
                        a.number(1, "sparsity").doubleValue(),
                        number(a, 2, "std", 0.01)));
    }

    private static void scale(PythonCalls table) {
        table.add(
                "nn.init.xavier_uniform_",
                a -> Init.xavierUniform_(a.only("gain").tensor(0), number(a, 1, "gain", 1)));
        table.add(
                "nn.init.xavier_normal_", a -> Init.xavierNormal_(a.only("gain").tensor(0), number(a, 1, "gain", 1)));
        table.add(
                "nn.init.kaiming_uniform_",
                a -> Init.kaimingUniform_(a.tensor(0), number(a, 1, "a", 0), mode(a), nonlinearity(a)));
        table.add(
                "nn.init.kaiming_normal_",
                a -> Init.kaimingNormal_(a.tensor(0), number(a, 1, "a", 0), mode(a), nonlinearity(a)));
        table.add(
                "nn.init.calculate_gain",
                a -> Init.calculateGain(function((String) a.get(0, "nonlinearity")), number(a, 1, "param", 0.01)));
    }

    private static Init.FanMode mode(Arguments a) {
        return a.only("a", "mode", "nonlinearity").has(2, "mode")
                ? Init.FanMode.valueOf(((String) a.get(2, "mode")).toUpperCase(Locale.ROOT))
                : Init.FanMode.FAN_IN;
    }

    private static Init.Nonlinearity nonlinearity(Arguments a) {
        return a.has(3, "nonlinearity") ? function((String) a.get(3, "nonlinearity")) : Init.Nonlinearity.LEAKY_RELU;
    }

    // A layer itself counts as linear.
    private static Init.Nonlinearity function(String name) {
        return name.startsWith("conv")
                ? Init.Nonlinearity.LINEAR
                : Init.Nonlinearity.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static void drop(PythonCalls table) {
        table.add("F.dropout", a -> Functional.dropout(dropped(a), p(a), training(a, 2, true)));
        table.add("F.dropout1d", a -> Functional.dropout1d(dropped(a), p(a), training(a, 2, true)));
        table.add("F.dropout2d", a -> Functional.dropout2d(dropped(a), p(a), training(a, 2, true)));
        table.add("F.dropout3d", a -> Functional.dropout3d(dropped(a), p(a), training(a, 2, true)));
        table.add("F.alpha_dropout", a -> Functional.alphaDropout(dropped(a), p(a), training(a, 2, false)));
        table.add(
                "F.feature_alpha_dropout",
                a -> Functional.featureAlphaDropout(dropped(a), p(a), training(a, 2, false)));
        table.add(
                "F.rrelu",
                a -> Functional.rrelu(
                        a.only("lower", "upper", "training").tensor(0),
                        number(a, 1, "lower", 1.0 / 8),
                        number(a, 2, "upper", 1.0 / 3),
                        training(a, 3, false)));
        table.add(
                "F.gumbel_softmax",
                a -> Functional.gumbelSoftmax(
                        a.only("tau", "hard", "dim").tensor(0),
                        number(a, 1, "tau", 1),
                        RngCalls.flag(a, 2, "hard", false),
                        a.dim(4, "dim", -1)));
    }

    private static Tensor dropped(Arguments a) {
        return a.only("p", "training").tensor(0);
    }

    private static double p(Arguments a) {
        return number(a, 1, "p", 0.5);
    }

    private static boolean training(Arguments a, int place, boolean otherwise) {
        return RngCalls.flag(a, place, "training", otherwise);
    }

    private static void build(PythonCalls table) {
        table.add("nn.Linear", a -> {
            a.only("in_features", "out_features", "bias", "device", "dtype");
            DType type = a.has(4, "dtype") ? (DType) a.get(4, "dtype") : DType.FLOAT32;
            return new Linear(
                    a.number(0, "in_features").longValue(),
                    a.number(1, "out_features").longValue(),
                    Linear.dtype(type).bias(RngCalls.flag(a, 2, "bias", true)));
        });
        table.add(
                "nn.Sequential",
                a -> new Sequential(
                        a.only().positional().stream().map(x -> (Module) x).toArray(Module[]::new)));
        table.add("nn.ReLU", a -> new ReLU());
        table.add("nn.Sigmoid", a -> new Sigmoid());
        table.add("nn.Tanh", a -> new Tanh());
        table.add("nn.Identity", a -> new Identity());
        table.add("nn.Flatten", a -> new Flatten());
        table.add("nn.Softmax", a -> new Softmax(a.only("dim").dim(0, "dim", -1)));
        table.add("nn.LogSoftmax", a -> new LogSoftmax(a.only("dim").dim(0, "dim", -1)));
        table.add("nn.Dropout", a -> new Dropout(number(a.only("p", "inplace"), 0, "p", 0.5)));
    }
}
