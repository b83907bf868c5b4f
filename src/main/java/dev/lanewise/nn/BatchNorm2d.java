package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Each channel normalised by mean and variance over the batch; see {@link Functional#batchNorm(Tensor, Tensor, Tensor,
 * Tensor, Tensor, boolean, double, double)}.
 *
 * <p>Input {@code [N, C, H, W]}. Parameters {@code weight} and {@code bias} if affine, buffers
 * {@code running_mean}, {@code running_var} and {@code num_batches_tracked} if tracking. Source: PyTorch's
 * {@code torch.nn.BatchNorm2d}.
 */
public final class BatchNorm2d extends BatchStatistics {
    /** The layer for a number of channels with the usual options, {@link NormOptions#BATCH}. */
    public BatchNorm2d(long features) {
        this(features, NormOptions.BATCH);
    }

    /** The layer with other options. */
    public BatchNorm2d(long features, NormOptions options) {
        super(features, options);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, batchNormed(input, 4, 4));
    }
}
