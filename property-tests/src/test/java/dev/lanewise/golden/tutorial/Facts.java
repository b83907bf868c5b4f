package dev.lanewise.golden.tutorial;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Index;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Autograd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What was recorded about gradients beyond the snippets. */
public final class Facts {
    private Facts() {}

    /** The facts by their recorded names: values, lists of values, or values by name. */
    public static Map<String, Supplier<Object>> all() {
        return Map.of(
                "x_minus_is_not_leaf", Facts::leaves,
                "detach_shares_memory", Facts::detached,
                "backward_with_gradient", Facts::given,
                "accumulates", () -> accumulated().grad(),
                "zeroed", Facts::zeroed,
                "no_grad", Facts::noGrad,
                "second_derivative_of_x_cubed_at_2", Facts::secondDerivative);
    }

    private static Object leaves() {
        Tensor x = Tensor.scalar(10.0).requiresGrad_();
        Tensor y = x.sub(x.mul(0.01));
        return Map.of("x.is_leaf", x.isLeaf(), "y.is_leaf", y.isLeaf(), "y.requires_grad", y.requiresGrad());
    }

    private static Object detached() {
        Tensor x = Tensor.of(10.0, 20.0).requiresGrad_();
        Tensor detached = x.detach();
        detached.indexPut_(5, Index.at(0));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x", x);
        out.put("detached", detached);
        out.put(
                "same data_ptr",
                x.data().segment().address() == detached.segment().address());
        return out;
    }

    private static Object given() {
        Tensor x = Tensor.of(10.0, 20.0).requiresGrad_();
        x.pow(2).backward(Tensor.of(2.0, 1.0));
        return x.grad();
    }

    private static Tensor accumulated() {
        Tensor x = Tensor.scalar(DType.FLOAT32, 3).requiresGrad_();
        x.pow(2).backward();
        x.pow(2).backward();
        return x;
    }

    private static Object zeroed() {
        Tensor x = accumulated();
        x.grad().zero_();
        return x.grad();
    }

    private static Object noGrad() {
        Tensor x = Tensor.scalar(3.0).requiresGrad_();
        return Map.of("requires_grad", GradMode.noGrad(() -> x.mul(2)).requiresGrad());
    }

    private static Object secondDerivative() {
        Tensor x = Tensor.scalar(2.0).requiresGrad_();
        Tensor first = Autograd.gradWithGraph(x.pow(3), x)[0];
        return List.of(first, Autograd.grad(first, x)[0]);
    }
}
