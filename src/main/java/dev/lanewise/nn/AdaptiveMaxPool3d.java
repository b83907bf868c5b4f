package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;

/**
 * The largest element of each of as many windows as asked for, over three dimensions; see
 * {@link Functional#adaptiveMaxPool3d}. Source: PyTorch's {@code torch.nn.AdaptiveMaxPool3d}.
 */
public final class AdaptiveMaxPool3d extends Module {
    private final long[] outputSize;

    /** So many windows: one number for all dimensions, or one for each; -1 stands for the size of the input. */
    public AdaptiveMaxPool3d(long... outputSize) {
        this.outputSize = outputSize.clone();
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.adaptiveMaxPool3d(input, outputSize));
    }

    /** The largest elements and their positions. */
    public ValuesIndices forwardWithIndices(Tensor input) {
        return Functional.adaptiveMaxPool3dWithIndices(input, outputSize);
    }

    @Override
    protected String extraRepr() {
        return "output_size=" + Tuples.plain(outputSize);
    }
}
