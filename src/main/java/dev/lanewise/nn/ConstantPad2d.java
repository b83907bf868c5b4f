package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The input with a number around its last two dimensions. Source: PyTorch's {@code torch.nn.ConstantPad2d}. */
public final class ConstantPad2d extends Module {
    private final long[] padding;
    private final Number value;

    /** So many places on all sides. */
    public ConstantPad2d(long padding, Number value) {
        this(new long[] {padding}, value);
    }

    /** So many places before and after the last dimension, then the one before it, and so on. */
    public ConstantPad2d(long[] padding, Number value) {
        this.padding = Tuples.filled(4, padding);
        this.value = value;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.pad(input, padding, value));
    }

    @Override
    protected String extraRepr() {
        return "padding=" + Tuples.of(padding) + ", value=" + Tuples.number(value);
    }
}
