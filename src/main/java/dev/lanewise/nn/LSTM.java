package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Long short-term memory over a sequence: {@code i, f, o = σ(W x + b + W' h + b')}, {@code g = tanh(W x + b + W' h + b')},
 * {@code c' = f c + i g}, {@code h' = o tanh(c')}, projected if so made.
 *
 * <p>The weights hold the rows of i, f, g and o one after another; a projection has the parameter {@code weight_hr_lk}. Shapes,
 * parameters and draws: {@link RecurrentLayer}. Source: PyTorch's {@code torch.nn.LSTM}.
 */
public final class LSTM extends RecurrentLayer {
    /** One layer in one direction, in FLOAT32. */
    public LSTM(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, RecurrentOptions.DEFAULT);
    }

    /** Layers with other options than the usual ones. */
    public LSTM(long inputSize, long hiddenSize, RecurrentOptions options) {
        super(RecurrentKind.LSTM, inputSize, hiddenSize, options);
    }

    /**
     * Output and last state from a state; null stands for zeros.
     *
     * @param hidden {@code [numLayers · directions, N, size]}, where size is that of the output
     * @param cell {@code [numLayers · directions, N, hiddenSize]}
     */
    public Output forward(Tensor input, Tensor hidden, Tensor cell) {
        return run(input, hidden, cell);
    }

    /** The same for sequences of several lengths. */
    public PackedOutput forward(PackedSequence input, Tensor hidden, Tensor cell) {
        return run(input, hidden, cell);
    }
}
