package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Each channel normalised by mean and variance over the batch; see {@link Functional#batchNorm(Tensor, Tensor, Tensor,
 * Tensor, Tensor, boolean, double, double)}.
 *
 * <p>Input {@code [N, C] or [N, C, L]}. Parameters {@code weight} and {@code bias} if affine, buffers
 * {@code running_mean}, {@code running_var} and {@code num_batches_tracked} if tracking. Source: PyTorch's
 * {@code torch.nn.BatchNorm1d}.
 */
public final class BatchNorm1d extends BatchStatistics {
    /** The layer for a number of channels with the usual options, {@link NormOptions#BATCH}. */
    public BatchNorm1d(long features) {
        this(features, NormOptions.BATCH);
    }

    /** The layer with other options. */
    public BatchNorm1d(long features, NormOptions options) {
        super(features, options);
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, batchNormed(input, 2, 3));
    }
}
