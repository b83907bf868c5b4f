package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** Each element moved into [0, 6]; see {@link Functional#relu6}. Source: PyTorch's {@code torch.nn.ReLU6}. */
public final class ReLU6 extends Module {
    /** A layer without parameters. */
    public ReLU6() {}

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.relu6(input));
    }
}
