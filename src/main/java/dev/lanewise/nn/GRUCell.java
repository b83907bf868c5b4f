package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;

/**
 * One step of a {@link GRU}.
 *
 * <p>Shapes, parameters and draws: {@link RecurrentCell}. Source: PyTorch's {@code torch.nn.GRUCell}.
 */
public final class GRUCell extends RecurrentCell {
    /** A cell with biases, in FLOAT32. */
    public GRUCell(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, true, DType.FLOAT32);
    }

    /** A cell with all parameters. */
    public GRUCell(long inputSize, long hiddenSize, boolean bias, DType dtype) {
        super(RecurrentKind.GRU, inputSize, hiddenSize, bias, dtype);
    }

    /** The hidden state after a step from zeros. */
    @Override
    public Tensor forward(Tensor input) {
        return forward(input, null);
    }

    /** The hidden state after a step from {@code hidden}, {@code [N, hiddenSize]}; null stands for zeros. */
    public Tensor forward(Tensor input, Tensor hidden) {
        return noted(input, step(input, hidden).select(0, 0));
    }
}
