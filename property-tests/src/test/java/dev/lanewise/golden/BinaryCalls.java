package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.binary;

import dev.lanewise.Tensor;

/** Functions of two tensors or numbers, and comparisons. */
final class BinaryCalls {
    private BinaryCalls() {}

    static void fill() {
        add(
                "torch.add",
                a -> a.named().containsKey("alpha")
                        ? a.only("alpha").tensor(0).add(a.tensor(1), a.number(9, "alpha"))
                        : a.only().get(1, "other") instanceof Tensor other
                                ? a.tensor(0).add(other)
                                : a.tensor(0).add(a.number(1, "other")));
        add(
                "torch.sub",
                a -> a.named().containsKey("alpha")
                        ? a.only("alpha").tensor(0).sub(a.tensor(1), a.number(9, "alpha"))
                        : a.only().get(1, "other") instanceof Tensor other
                                ? a.tensor(0).sub(other)
                                : a.tensor(0).sub(a.number(1, "other")));
        add("torch.rsub", a -> a.only("alpha").tensor(1).sub(a.tensor(0), a.number(9, "alpha")));
        binary("torch.mul", Tensor::mul, Tensor::mul);
        binary("torch.div", Tensor::div, Tensor::div);
        binary("torch.true_divide", Tensor::div, Tensor::div);
        binary("torch.maximum", Tensor::maximum, (x, n) -> x.maximum(Tensor.scalar(n)));
        binary("torch.minimum", Tensor::minimum, (x, n) -> x.minimum(Tensor.scalar(n)));
        add(
                "torch.pow",
                a -> a.get(0, "base") instanceof Number base
                        ? a.tensor(1).rpow(base)
                        : a.get(1, "exponent") instanceof Tensor exponent
                                ? a.tensor(0).pow(exponent)
                                : a.tensor(0).pow(a.number(1, "exponent")));
        comparisons();
    }

    private static void comparisons() {
        binary("torch.eq", Tensor::eq, Tensor::eq);
        binary("torch.ne", Tensor::ne, Tensor::ne);
        binary("torch.lt", Tensor::lt, Tensor::lt);
        binary("torch.le", Tensor::le, Tensor::le);
        binary("torch.gt", Tensor::gt, Tensor::gt);
        binary("torch.ge", Tensor::ge, Tensor::ge);
    }
}
