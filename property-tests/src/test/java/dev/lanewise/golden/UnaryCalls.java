package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.map;

import dev.lanewise.Tensor;

/** Functions of one tensor. */
final class UnaryCalls {
    private UnaryCalls() {}

    static void fill() {
        map("torch.abs", Tensor::abs);
        map("torch.neg", Tensor::neg);
        map("torch.sign", Tensor::sign);
        map("torch.exp", Tensor::exp);
        map("torch.log", Tensor::log);
        map("torch.sqrt", Tensor::sqrt);
        map("torch.square", Tensor::square);
        map("torch.relu", Tensor::relu);
        map("torch.sigmoid", Tensor::sigmoid);
        map("torch.tanh", Tensor::tanh);
    }
}
