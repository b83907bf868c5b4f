package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * A transposed convolution over three dimensions with learned weights; see {@link Functional#convTranspose3d}.
 *
 * <p>Input {@code [N, inChannels, D, H, W]} or without N. Parameters: {@code weight} of shape
 * {@code [inChannels, outChannels / groups, Kd, Kh, Kw]} and {@code bias} of shape {@code [outChannels]}, drawn with
 * PyTorch's draws. Source: PyTorch's {@code torch.nn.ConvTranspose3d}.
 */
public final class ConvTranspose3d extends ConvLayer {
    /** Windows of {@code kernel} places in each dimension, stride 1, no padding, with bias. */
    public ConvTranspose3d(long inChannels, long outChannels, long kernel) {
        this(inChannels, outChannels, new long[] {kernel}, ConvOptions.DEFAULT);
    }

    /** Windows of {@code kernel} places in each dimension. */
    public ConvTranspose3d(long inChannels, long outChannels, long kernel, ConvOptions options) {
        this(inChannels, outChannels, new long[] {kernel}, options);
    }

    /** Windows of any sizes. */
    public ConvTranspose3d(long inChannels, long outChannels, long[] kernel, ConvOptions options) {
        super(3, true, inChannels, outChannels, kernel, options);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, transposed("convTranspose3d", input));
    }

    /** The result with last sizes {@code outputSize}, of those that a convolution shrinks to the input's. */
    public Tensor forward(Tensor input, long... outputSize) {
        return transposed("convTranspose3d", input, outputSize);
    }
}
