package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;

/**
 * One step of an {@link LSTM}.
 *
 * <p>Shapes, parameters and draws: {@link RecurrentCell}. Source: PyTorch's {@code torch.nn.LSTMCell}.
 */
public final class LSTMCell extends RecurrentCell {
    /**
     * The state of a cell.
     *
     * @param hidden what is given out, {@code [N, hiddenSize]}
     * @param cell what is kept, {@code [N, hiddenSize]}
     */
    public record State(Tensor hidden, Tensor cell) {}

    /** A cell with biases, in FLOAT32. */
    public LSTMCell(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, true, DType.FLOAT32);
    }

    /** A cell with all parameters. */
    public LSTMCell(long inputSize, long hiddenSize, boolean bias, DType dtype) {
        super(RecurrentKind.LSTM, inputSize, hiddenSize, bias, dtype);
    }

    /** The hidden state alone after a step from zeros. */
    @Override
    public Tensor forward(Tensor input) {
        return forward(input, null, null).hidden();
    }

    /** The state after a step from a state; null stands for zeros. */
    public State forward(Tensor input, Tensor hidden, Tensor cell) {
        Tensor after = step(input, hidden, cell);
        return new State(noted(input, after.select(0, 0)), after.select(0, 1));
    }
}
