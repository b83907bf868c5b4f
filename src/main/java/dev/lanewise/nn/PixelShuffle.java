package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Channels made places; see {@link Functional#pixelShuffle}.
 *
 * <p>Source: PyTorch's {@code torch.nn.PixelShuffle}.
 */
public final class PixelShuffle extends Module {
    private final long factor;

    /** The layer with its only parameter. */
    public PixelShuffle(long factor) {
        this.factor = factor;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.pixelShuffle(input, factor));
    }

    @Override
    protected String extraRepr() {
        return "upscale_factor=" + factor;
    }
}
