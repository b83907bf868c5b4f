package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** ln(1 / (1 + e^-x)) of each element; see {@link Functional#logsigmoid}. Source: PyTorch's {@code torch.nn.LogSigmoid}. */
public final class LogSigmoid extends Module {
    /** A layer without parameters. */
    public LogSigmoid() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.logsigmoid(input));
    }
}
