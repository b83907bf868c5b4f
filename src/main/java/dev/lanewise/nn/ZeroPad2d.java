package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The input with zeros around its last two dimensions. Source: PyTorch's {@code torch.nn.ZeroPad2d}. */
public final class ZeroPad2d extends Module {
    private final long[] padding;

    /** So many places on all sides, or left, right, above and below. */
    public ZeroPad2d(long... padding) {
        this.padding = Tuples.filled(4, padding);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.pad(input, padding, 0));
    }

    @Override
    protected String extraRepr() {
        return "padding=" + Tuples.of(padding) + ", value=0.0";
    }
}
