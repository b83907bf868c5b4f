package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Gated recurrent units over a sequence: {@code r = σ(W_ir x + b_ir + W_hr h + b_hr)}, {@code z = σ(W_iz x + b_iz + W_hz h + b_hz)}, {@code n = tanh(W_in x + b_in +
 * r (W_hn h + b_hn))}, {@code h' = (1 - z) n + z h}.
 *
 * <p>The weights hold the rows of r, z and n one after another. Shapes, parameters and draws: {@link RecurrentLayer}. Source:
 * PyTorch's {@code torch.nn.GRU}.
 */
public final class GRU extends RecurrentLayer {
    /** One layer in one direction, in FLOAT32. */
    public GRU(long inputSize, long hiddenSize) {
        this(inputSize, hiddenSize, RecurrentOptions.DEFAULT);
    }

    /** Layers with other options than the usual ones. */
    public GRU(long inputSize, long hiddenSize, RecurrentOptions options) {
        super(RecurrentKind.GRU, inputSize, hiddenSize, options);
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
