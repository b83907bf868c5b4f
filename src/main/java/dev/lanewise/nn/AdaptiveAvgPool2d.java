package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * The mean of each of as many windows as asked for, over two dimensions; see
 * {@link Functional#adaptiveAvgPool2d}. Source: PyTorch's {@code torch.nn.AdaptiveAvgPool2d}.
 */
public final class AdaptiveAvgPool2d extends Module {
    private final long[] outputSize;

    /** So many windows: one number for all dimensions, or one for each; -1 stands for the size of the input. */
    public AdaptiveAvgPool2d(long... outputSize) {
        this.outputSize = outputSize.clone();
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.adaptiveAvgPool2d(input, outputSize));
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + Tuples.plain(outputSize);
    }
}
