package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * A convolution over two dimensions with learned weights; see {@link Functional#conv2d}.
 *
 * <p>Input {@code [N, inChannels, H, W]} or without N. Parameters: {@code weight} of shape
 * {@code [outChannels, inChannels / groups, Kh, Kw]} and {@code bias} of shape {@code [outChannels]}, drawn with
 * PyTorch's draws. Source: PyTorch's {@code torch.nn.Conv2d}.
 */
public final class Conv2d extends ConvLayer {
    /** Windows of {@code kernel} places in each dimension, stride 1, no padding, with bias. */
    public Conv2d(long inChannels, long outChannels, long kernel) {
        this(inChannels, outChannels, new long[] {kernel}, ConvOptions.DEFAULT);
    }

    /** Windows of {@code kernel} places in each dimension. */
    public Conv2d(long inChannels, long outChannels, long kernel, ConvOptions options) {
        this(inChannels, outChannels, new long[] {kernel}, options);
    }

    /** Windows of any sizes. */
    public Conv2d(long inChannels, long outChannels, long[] kernel, ConvOptions options) {
        super(2, false, inChannels, outChannels, kernel, options);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, convolved("conv2d", input));
    }
}
