package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Places made channels; see {@link Functional#pixelUnshuffle}.
 *
 * <p>Source: PyTorch's {@code torch.nn.PixelUnshuffle}.
 */
public final class PixelUnshuffle extends Module {
    private final long factor;

    /** The layer with its only parameter. */
    public PixelUnshuffle(long factor) {
        this.factor = factor;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.pixelUnshuffle(input, factor));
    }

    @Override
    protected String extraRepr() {
        return "downscale_factor=" + factor;
    }
}
