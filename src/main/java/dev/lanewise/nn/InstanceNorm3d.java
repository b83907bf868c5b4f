package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Each channel of each sample normalised by its mean and variance; see {@link Functional#instanceNorm(Tensor, Tensor, Tensor,
 * Tensor, Tensor, boolean, double, double)}.
 *
 * <p>Input {@code [N, C, D, H, W] or [C, D, H, W]}. Parameters {@code weight} and {@code bias} if affine, buffers
 * {@code running_mean}, {@code running_var} and {@code num_batches_tracked} if tracking. Source: PyTorch's
 * {@code torch.nn.InstanceNorm3d}.
 */
public final class InstanceNorm3d extends BatchStatistics {
    /** The layer for a number of channels with the usual options, {@link NormOptions#INSTANCE}. */
    public InstanceNorm3d(long features) {
        this(features, NormOptions.INSTANCE);
    }

    /** The layer with other options. */
    public InstanceNorm3d(long features, NormOptions options) {
        super(features, options);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, instanceNormed(input, 5));
    }
}
