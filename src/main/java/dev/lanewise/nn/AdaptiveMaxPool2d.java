package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;

/**
 * The largest element of each of as many windows as asked for, over two dimensions; see
 * {@link Functional#adaptiveMaxPool2d}. Source: PyTorch's {@code torch.nn.AdaptiveMaxPool2d}.
 */
public final class AdaptiveMaxPool2d extends Module {
    private final long[] outputSize;

    /** So many windows: one number for all dimensions, or one for each; -1 stands for the size of the input. */
    public AdaptiveMaxPool2d(long... outputSize) {
        this.outputSize = outputSize.clone();
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.adaptiveMaxPool2d(input, outputSize));
    }

    /** The largest elements and their positions. */
    public ValuesIndices forwardWithIndices(Tensor input) {
        return Functional.adaptiveMaxPool2dWithIndices(input, outputSize);
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + Tuples.plain(outputSize);
    }
}
