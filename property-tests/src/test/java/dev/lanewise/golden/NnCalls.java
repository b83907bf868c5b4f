package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.map;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Activations. */
final class NnCalls {
    private NnCalls() {}

    static void fill() {
        activations();
        activationsWithNumbers();
        alongADimension();
    }

    private static void activations() {
        map("F.sigmoid", Functional::sigmoid);
        map("F.tanh", Functional::tanh);
        map("F.softsign", Functional::softsign);
        map("F.logsigmoid", Functional::logsigmoid);
        map("F.tanhshrink", Functional::tanhshrink);
        both("F.relu", Functional::relu, Functional::relu_);
        both("F.relu6", Functional::relu6, Functional::relu6_);
        both("F.selu", Functional::selu, Functional::selu_);
        both("F.silu", Functional::silu, Functional::silu_);
        both("F.mish", Functional::mish, Functional::mish_);
        both("F.hardsigmoid", Functional::hardsigmoid, Functional::hardsigmoid_);
        both("F.hardswish", Functional::hardswish, Functional::hardswish_);
        add(
                "F.gelu",
                a -> Functional.gelu(
                        a.only("approximate").tensor(0), (String) a.named().getOrDefault("approximate", "none")));
    }

    private static void activationsWithNumbers() {
        number("F.leaky_relu", "negative_slope", 0.01, Functional::leakyRelu, Functional::leakyRelu_);
        number("F.elu", "alpha", 1, Functional::elu, Functional::elu_);
        number("F.celu", "alpha", 1, Functional::celu, Functional::celu_);
        number("F.hardshrink", "lambd", 0.5, Functional::hardshrink, null);
        number("F.softshrink", "lambd", 0.5, Functional::softshrink, null);
        numbers("F.hardtanh", "min_val", -1, "max_val", 1, Functional::hardtanh, Functional::hardtanh_);
        numbers("F.threshold", "threshold", 0, "value", 0, Functional::threshold, Functional::threshold_);
        add(
                "F.softplus",
                a -> Functional.softplus(
                        a.only("beta", "threshold").tensor(0), real(a, 1, "beta", 1), real(a, 2, "threshold", 20)));
        add("F.prelu", a -> Functional.prelu(a.only("weight").tensor(0), (Tensor) a.get(1, "weight")));
        add("F.rrelu", a -> {
            Tensor x = a.only("lower", "upper", "training", "inplace").tensor(0);
            double lower = real(a, 1, "lower", 1.0 / 8);
            double upper = real(a, 2, "upper", 1.0 / 3);
            boolean training = a.has(3, "training") && Boolean.TRUE.equals(a.get(3, "training"));
            return a.flag("inplace")
                    ? Functional.rrelu_(x.clone(), lower, upper, training)
                    : Functional.rrelu(x, lower, upper, training);
        });
    }

    private static void alongADimension() {
        along("F.softmax", Functional::softmax);
        along("F.log_softmax", Functional::logSoftmax);
        along("F.softmin", Functional::softmin);
        add("F.glu", a -> Functional.glu(a.only("dim").tensor(0), a.dim(1, "dim", -1)));
        add(
                "F.normalize",
                a -> Functional.normalize(
                        a.only("p", "dim", "eps").tensor(0),
                        real(a, 1, "p", 2),
                        a.dim(2, "dim", 1),
                        real(a, 3, "eps", 1e-12)));
    }

    /** A function and its in-place form. */
    private static void both(String op, UnaryOperator<Tensor> fresh, UnaryOperator<Tensor> change) {
        add(op, a -> {
            Tensor x = a.only("inplace").tensor(0);
            return a.flag("inplace") ? change.apply(x.clone()) : fresh.apply(x);
        });
    }

    /** A function of a tensor and a number. */
    private static void number(
            String op,
            String name,
            double otherwise,
            BiFunction<Tensor, Double, Tensor> fresh,
            BiFunction<Tensor, Double, Tensor> change) {
        add(op, a -> {
            Tensor x = a.only(name, "inplace").tensor(0);
            double value = real(a, 1, name, otherwise);
            return a.flag("inplace") ? change.apply(x.clone(), value) : fresh.apply(x, value);
        });
    }

    /** A function of a tensor and two numbers. */
    private interface TwoNumbers {
        Tensor of(Tensor x, Number first, Number second);
    }

    private static void numbers(
            String op, String first, Number one, String second, Number two, TwoNumbers fresh, TwoNumbers change) {
        add(op, a -> {
            Tensor x = a.only(first, second, "inplace").tensor(0);
            Number low = a.has(1, first) ? a.number(1, first) : one;
            Number high = a.has(2, second) ? a.number(2, second) : two;
            return a.flag("inplace") ? change.of(x.clone(), low, high) : fresh.of(x, low, high);
        });
    }

    /** A function along a dimension, or the one meant where none is given, after a conversion if a dtype is given. */
    private static void along(String op, BiFunction<Tensor, Integer, Tensor> f) {
        add(op, a -> {
            Tensor x = a.only("dim", "dtype", "_stacklevel").tensor(0);
            Object type = a.named().getOrDefault("dtype", Arguments.NONE);
            boolean given = a.has(1, "dim") && a.get(1, "dim") != Arguments.NONE;
            int usual = x.dim() < 2 || x.dim() == 3 ? 0 : 1;
            int dim = given ? a.dim(1, "dim", usual) : usual;
            return f.apply(type == Arguments.NONE ? x : x.to((DType) type), dim);
        });
    }

    private static double real(Arguments a, int place, String name, double otherwise) {
        return a.has(place, name) ? a.number(place, name).doubleValue() : otherwise;
    }
}
