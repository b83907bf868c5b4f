package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The input with its mirror image around its last three dimensions; see {@link PadMode#REFLECT}. Source: PyTorch's
 * {@code torch.nn.ReflectionPad3d}.
 */
public final class ReflectionPad3d extends Module {
    private final long[] padding;

    /** So many places on all sides, or before and after the last dimension, then the one before it, and so on. */
    public ReflectionPad3d(long... padding) {
        this.padding = Tuples.filled(6, padding);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.pad(input, padding, PadMode.REFLECT));
    }

    @Override
    protected String extraRepr() {
        return Tuples.of(padding);
    }
}
