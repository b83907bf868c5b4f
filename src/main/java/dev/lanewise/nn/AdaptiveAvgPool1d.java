package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The mean of each of as many windows as asked for, over one dimension; see
 * {@link Functional#adaptiveAvgPool1d}. Source: PyTorch's {@code torch.nn.AdaptiveAvgPool1d}.
 */
public final class AdaptiveAvgPool1d extends Module {
    private final long outputSize;

    /** So many windows; -1 stands for the size of the input. */
    public AdaptiveAvgPool1d(long outputSize) {
        this.outputSize = outputSize;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.adaptiveAvgPool1d(input, outputSize));
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + Tuples.plain(outputSize);
    }
}
