package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * A transposed convolution over one dimension with learned weights; see {@link Functional#convTranspose1d}.
 *
 * <p>Input {@code [N, inChannels, L]} or without N. Parameters: {@code weight} of shape
 * {@code [inChannels, outChannels / groups, K]} and {@code bias} of shape {@code [outChannels]}, drawn with
 * PyTorch's draws. Source: PyTorch's {@code torch.nn.ConvTranspose1d}.
 */
public final class ConvTranspose1d extends ConvLayer {
    /** Windows of {@code kernel} places in each dimension, stride 1, no padding, with bias. */
    public ConvTranspose1d(long inChannels, long outChannels, long kernel) {
        this(inChannels, outChannels, new long[] {kernel}, ConvOptions.DEFAULT);
    }

    /** Windows of {@code kernel} places in each dimension. */
    public ConvTranspose1d(long inChannels, long outChannels, long kernel, ConvOptions options) {
        this(inChannels, outChannels, new long[] {kernel}, options);
    }

    /** Windows of any sizes. */
    public ConvTranspose1d(long inChannels, long outChannels, long[] kernel, ConvOptions options) {
        super(1, true, inChannels, outChannels, kernel, options);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, transposed("convTranspose1d", input));
    }

    /** The result with last sizes {@code outputSize}, of those that a convolution shrinks to the input's. */
    public Tensor forward(Tensor input, long... outputSize) {
        return transposed("convTranspose1d", input, outputSize);
    }
}
