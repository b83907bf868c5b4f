package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * A plain recurrent layer over a sequence: {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)}, or with ReLU.
 *
 * <p>Shapes, parameters and draws: {@link RecurrentLayer}. Source: PyTorch's {@code torch.nn.RNN}.
 */
public final class RNN extends RecurrentLayer {
    /** What is applied to the sum. */
    public enum Nonlinearity {
        /** The hyperbolic tangent. */
        TANH,
        /** max(x, 0). */
        RELU;

        RecurrentKind cell() {
            return this == TANH ? RecurrentKind.TANH : RecurrentKind.RELU;
        }
    }

    /** One layer in one direction with the hyperbolic tangent, in FLOAT32. */
    public RNN(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, RecurrentOptions.DEFAULT);
    }

    /** Layers with other options than the usual ones, with the hyperbolic tangent. */
    public RNN(long inputSize, long hiddenSize, RecurrentOptions options) {
        this(inputSize, hiddenSize, Nonlinearity.TANH, options);
    }

    /** Layers with either function. */
    public RNN(long inputSize, long hiddenSize, Nonlinearity nonlinearity, RecurrentOptions options) {
        super(nonlinearity.cell(), inputSize, hiddenSize, options);
    }

    /** Output and last state from the state {@code [numLayers · directions, N, hiddenSize]}; null stands for zeros. */
    public Output forward(Tensor input, Tensor hidden) {
        return run(input, hidden, null);
    }

    /** The same for sequences of several lengths. */
    public PackedOutput forward(PackedSequence input, Tensor hidden) {
        return run(input, hidden, null);
    }
}
