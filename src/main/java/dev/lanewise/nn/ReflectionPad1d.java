package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The input with its mirror image around its last dimension; see {@link PadMode#REFLECT}. Source: PyTorch's
 * {@code torch.nn.ReflectionPad1d}.
 */
public final class ReflectionPad1d extends Module {
    private final long[] padding;

    /** So many places on all sides, or before and after the last dimension. */
    public ReflectionPad1d(long... padding) {
        this.padding = Tuples.filled(2, padding);
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
