package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;

/**
 * One step of a plain recurrent layer: {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)}, or with ReLU.
 *
 * <p>Shapes, parameters and draws: {@link RecurrentCell}. Source: PyTorch's {@code torch.nn.RNNCell}.
 */
public final class RNNCell extends RecurrentCell {
    private final RNN.Nonlinearity nonlinearity;

    /** A cell with biases and the hyperbolic tangent, in FLOAT32. */
    public RNNCell(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, true, RNN.Nonlinearity.TANH, DType.FLOAT32);
    }

    /** A cell with all parameters. */
    public RNNCell(long inputSize, long hiddenSize, boolean bias, RNN.Nonlinearity nonlinearity, DType dtype) {
        super(nonlinearity.cell(), inputSize, hiddenSize, bias, dtype);
        this.nonlinearity = nonlinearity;
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

    @Override
    String nonlinearity() {
        return nonlinearity == RNN.Nonlinearity.TANH ? "" : ", nonlinearity=relu";
    }
}
