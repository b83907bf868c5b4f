package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Reductions. */
final class ReduceCalls {
    private ReduceCalls() {}

    static void fill() {
        reduce("torch.sum", Tensor::sum, Tensor::sum, Tensor::sumKeepDim);
        reduce("torch.mean", Tensor::mean, Tensor::mean, Tensor::meanKeepDim);
        reduce("torch.amax", Tensor::amax, Tensor::amax, Tensor::amaxKeepDim);
        reduce("torch.amin", Tensor::amin, Tensor::amin, Tensor::aminKeepDim);
        extreme("torch.max", Tensor::max, Tensor::max, Tensor::maxKeepDim);
        extreme("torch.min", Tensor::min, Tensor::min, Tensor::minKeepDim);
        add(
                "torch.argmax",
                a -> a.only("dim").has(1, "dim")
                        ? a.tensor(0).argmax(a.dim(1, "dim", 0))
                        : a.tensor(0).argmax());
        add(
                "torch.argmin",
                a -> a.only("dim").has(1, "dim")
                        ? a.tensor(0).argmin(a.dim(1, "dim", 0))
                        : a.tensor(0).argmin());
    }

    private static void reduce(
            String op,
            UnaryOperator<Tensor> whole,
            BiFunction<Tensor, int[], Tensor> dropped,
            BiFunction<Tensor, int[], Tensor> kept) {
        add(op, a -> {
            a.only("dim", "keepdim");
            if (!a.has(1, "dim")) {
                return whole.apply(a.tensor(0));
            }
            return (a.flag("keepdim") ? kept : dropped).apply(a.tensor(0), a.dims(1, "dim"));
        });
    }

    private static void extreme(
            String op,
            UnaryOperator<Tensor> whole,
            BiFunction<Tensor, Integer, ValuesIndices> dropped,
            BiFunction<Tensor, Integer, ValuesIndices> kept) {
        add(op, a -> {
            a.only("dim", "keepdim");
            if (!a.has(1, "dim")) {
                return whole.apply(a.tensor(0));
            }
            ValuesIndices pair = (a.flag("keepdim") ? kept : dropped).apply(a.tensor(0), a.dim(1, "dim", 0));
            return List.of(pair.values(), pair.indices());
        });
    }
}
