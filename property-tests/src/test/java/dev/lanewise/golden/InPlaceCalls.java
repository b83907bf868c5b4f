package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.change;

import dev.lanewise.Index;
import dev.lanewise.Tensor;
import java.util.function.BiConsumer;

/** Methods that change their tensor, called on a clone. */
final class InPlaceCalls {
    private InPlaceCalls() {}

    static void fill() {
        change("Tensor.add_", Tensor::add_, Tensor::add_);
        change("Tensor.sub_", Tensor::sub_, Tensor::sub_);
        change("Tensor.mul_", Tensor::mul_, Tensor::mul_);
        change("Tensor.div_", Tensor::div_, Tensor::div_);
        change("Tensor.copy_", Tensor::copy_, Tensor::fill_);
        add("Tensor.pow_", a -> a.tensor(0).clone().pow_(a.number(1, "exponent")));
        add("Tensor.fill_", a -> a.tensor(0).clone().fill_(a.number(1, "value")));
        add("Tensor.clamp_", a -> a.tensor(0).clone().clamp_(a.number(1, "min"), a.number(2, "max")));
        change("Tensor.neg_", Tensor::neg_);
        change("Tensor.exp_", Tensor::exp_);
        change("Tensor.log_", Tensor::log_);
        change("Tensor.sqrt_", Tensor::sqrt_);
        change("Tensor.abs_", Tensor::abs_);
        change("Tensor.relu_", Tensor::relu_);
        change("Tensor.sigmoid_", Tensor::sigmoid_);
        change("Tensor.tanh_", Tensor::tanh_);
        change("Tensor.zero_", Tensor::zero_);
        change("Tensor.square_", Tensor::square_);
        aliases();
    }

    private static void aliases() {
        alias("alias.view", (y, v) -> y.view(-1).indexPut_(v, Index.range(1, 3)));
        alias("alias.transpose", (y, v) -> y.t().indexPut_(v, Index.at(0)));
        alias("alias.select", (y, v) -> y.get(1).mul_(v));
        alias("alias.narrow", (y, v) -> y.narrow(1, 0, 2).add_(v));
        alias("alias.diagonal", (y, v) -> y.diagonal(0, 0, 1).copy_(v));
        alias("alias.chain", (y, v) -> y.index(":, ::2").index("1:").t().mul_(v));
        alias("alias.unsqueeze", (y, v) -> y.unsqueeze(0).get(0).get(0).sub_(v));
    }

    /** Changes of a clone of the first tensor through views of it. */
    private static void alias(String op, BiConsumer<Tensor, Tensor> change) {
        add(op, a -> {
            Tensor y = a.tensor(0).clone();
            change.accept(y, a.tensor(1));
            return y;
        });
    }
}
