package dev.lanewise.nn;

import dev.lanewise.DType;

/**
 * How a recurrent layer is made; immutable, each method gives a changed copy.
 *
 * @param numLayers how many layers are stacked, each fed with the one below
 * @param bias true to add learned biases
 * @param batchFirst true for inputs and outputs {@code [N, T, ...]}, false for {@code [T, N, ...]}; states are not affected
 * @param dropout probability of a dropout between the layers, while training
 * @param bidirectional true for a second run of each layer from the end to the beginning
 * @param projSize size that the hidden state of an {@link LSTM} is projected to, 0 for none
 * @param dtype floating-point dtype of the parameters
 */
public record RecurrentOptions(
        int numLayers,
        boolean bias,
        boolean batchFirst,
        double dropout,
        boolean bidirectional,
        long projSize,
        DType dtype) {
    /** One layer with biases, one direction, times first, in FLOAT32. */
    public static final RecurrentOptions DEFAULT = new RecurrentOptions(1, true, false, 0, false, 0, DType.FLOAT32);

    /** These options with so many layers. */
    public RecurrentOptions numLayers(int value) {
        return new RecurrentOptions(value, bias, batchFirst, dropout, bidirectional, projSize, dtype);
    }

    /** These options with or without biases. */
    public RecurrentOptions bias(boolean value) {
        return new RecurrentOptions(numLayers, value, batchFirst, dropout, bidirectional, projSize, dtype);
    }

    /** These options with samples or times first. */
    public RecurrentOptions batchFirst(boolean value) {
        return new RecurrentOptions(numLayers, bias, value, dropout, bidirectional, projSize, dtype);
    }

    /** These options with a dropout between layers. */
    public RecurrentOptions dropout(double value) {
        return new RecurrentOptions(numLayers, bias, batchFirst, value, bidirectional, projSize, dtype);
    }

    /** These options for one direction or two. */
    public RecurrentOptions bidirectional(boolean value) {
        return new RecurrentOptions(numLayers, bias, batchFirst, dropout, value, projSize, dtype);
    }

    /** These options with a projection of an LSTM's hidden state. */
    public RecurrentOptions projSize(long value) {
        return new RecurrentOptions(numLayers, bias, batchFirst, dropout, bidirectional, value, dtype);
    }

    /** These options with another dtype. */
    public RecurrentOptions dtype(DType value) {
        return new RecurrentOptions(numLayers, bias, batchFirst, dropout, bidirectional, projSize, value);
    }

    int directions() {
        return bidirectional ? 2 : 1;
    }
}
