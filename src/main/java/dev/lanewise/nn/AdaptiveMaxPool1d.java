package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;

/**
 * The largest element of each of as many windows as asked for, over one dimension; see
 * {@link Functional#adaptiveMaxPool1d}. Source: PyTorch's {@code torch.nn.AdaptiveMaxPool1d}.
 */
public final class AdaptiveMaxPool1d extends Module {
    private final long outputSize;

    /** So many windows; -1 stands for the size of the input. */
    public AdaptiveMaxPool1d(long outputSize) {
        this.outputSize = outputSize;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.adaptiveMaxPool1d(input, outputSize));
    }

    /** The largest elements and their positions. */
    public ValuesIndices forwardWithIndices(Tensor input) {
        return Functional.adaptiveMaxPool1dWithIndices(input, outputSize);
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + Tuples.plain(outputSize);
    }
}
