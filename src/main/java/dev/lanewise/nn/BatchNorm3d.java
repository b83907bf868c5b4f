package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Each channel normalised by mean and variance over the batch; see {@link Functional#batchNorm(Tensor, Tensor, Tensor,
 * Tensor, Tensor, boolean, double, double)}.
 *
 * <p>Input {@code [N, C, D, H, W]}. Parameters {@code weight} and {@code bias} if affine, buffers
 * {@code running_mean}, {@code running_var} and {@code num_batches_tracked} if tracking. Source: PyTorch's
 * {@code torch.nn.BatchNorm3d}.
 */
public final class BatchNorm3d extends BatchStatistics {
    /** The layer for a number of channels with the usual options, {@link NormOptions#BATCH}. */
    public BatchNorm3d(long features) {
        this(features, NormOptions.BATCH);
    }

    /** The layer with other options. */
    public BatchNorm3d(long features, NormOptions options) {
        super(features, options);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, batchNormed(input, 5, 5));
    }
}
