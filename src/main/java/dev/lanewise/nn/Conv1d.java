package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * A convolution over one dimension with learned weights; see {@link Functional#conv1d}.
 *
 * <p>Input {@code [N, inChannels, L]} or without N. Parameters: {@code weight} of shape
 * {@code [outChannels, inChannels / groups, K]} and {@code bias} of shape {@code [outChannels]}, drawn with
 * PyTorch's draws. Source: PyTorch's {@code torch.nn.Conv1d}.
 */
public final class Conv1d extends ConvLayer {
    /** Windows of {@code kernel} places in each dimension, stride 1, no padding, with bias. */
    public Conv1d(long inChannels, long outChannels, long kernel) {
        this(inChannels, outChannels, new long[] {kernel}, ConvOptions.DEFAULT);
    }

    /** Windows of {@code kernel} places in each dimension. */
    public Conv1d(long inChannels, long outChannels, long kernel, ConvOptions options) {
        this(inChannels, outChannels, new long[] {kernel}, options);
    }

    /** Windows of any sizes. */
    public Conv1d(long inChannels, long outChannels, long[] kernel, ConvOptions options) {
        super(1, false, inChannels, outChannels, kernel, options);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, convolved("conv1d", input));
    }
}
