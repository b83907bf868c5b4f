package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The input with its edge, repeated, around its last dimension; see {@link PadMode#REPLICATE}. Source: PyTorch's
 * {@code torch.nn.ReplicationPad1d}.
 */
public final class ReplicationPad1d extends Module {
    private final long[] padding;

    /** So many places on all sides, or before and after the last dimension. */
    public ReplicationPad1d(long... padding) {
        this.padding = Tuples.filled(2, padding);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.pad(input, padding, PadMode.REPLICATE));
    }

    @Override
    protected String extraRepr() {
        return Tuples.of(padding);
    }
}
