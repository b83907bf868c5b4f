package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The input with its mirror image around its last two dimensions; see {@link PadMode#REFLECT}. Source: PyTorch's
 * {@code torch.nn.ReflectionPad2d}.
 */
public final class ReflectionPad2d extends Module {
    private final long[] padding;

    /** So many places on all sides, or before and after the last dimension, then the one before it, and so on. */
    public ReflectionPad2d(long... padding) {
        this.padding = Tuples.filled(4, padding);
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
