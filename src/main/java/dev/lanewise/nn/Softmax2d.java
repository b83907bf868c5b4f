package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/**
 * Softmax over the channels at each place of {@code [N, C, H, W]} or {@code [C, H, W]}. Source: PyTorch's
 * {@code torch.nn.Softmax2d}.
 */
public final class Softmax2d extends Module {
    /** A layer without parameters. */
    public Softmax2d() {}

    @Override
    public Tensor forward(Tensor input) {
        if (input.dim() != 3 && input.dim() != 4) {
            throw Check.shape("Softmax2d", "the input must have 3 or 4 dimensions")
                    .got(input.dim())
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        return noted(input, input.softmax(-3));
    }
}
