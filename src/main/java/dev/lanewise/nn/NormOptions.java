package dev.lanewise.nn;

import dev.lanewise.DType;

/**
 * How a batch or instance norm is made; immutable, each method gives a changed copy. Begin with {@link #BATCH} or
 * {@link #INSTANCE}.
 *
 * @param eps added to the variance
 * @param momentum share of a new batch in the running statistics; null for the mean of all batches
 * @param affine true for a learned scale and shift
 * @param trackRunningStats true to keep running statistics, which evaluation mode uses
 * @param dtype floating-point dtype of parameters and buffers
 */
public record NormOptions(double eps, Double momentum, boolean affine, boolean trackRunningStats, DType dtype) {
    /** Those of batch norm: eps 1e-5, momentum 0.1, learned, tracking. */
    public static final NormOptions BATCH = new NormOptions(1e-5, 0.1, true, true, DType.FLOAT32);

    /** Those of instance norm: eps 1e-5, momentum 0.1, neither learned nor tracking. */
    public static final NormOptions INSTANCE = new NormOptions(1e-5, 0.1, false, false, DType.FLOAT32);

    /** These options with another eps. */
    public NormOptions eps(double value) {
        return new NormOptions(value, momentum, affine, trackRunningStats, dtype);
    }

    /** These options with another momentum. */
    public NormOptions momentum(Double value) {
        return new NormOptions(eps, value, affine, trackRunningStats, dtype);
    }

    /** These options with or without a learned scale and shift. */
    public NormOptions affine(boolean value) {
        return new NormOptions(eps, momentum, value, trackRunningStats, dtype);
    }

    /** These options with or without running statistics. */
    public NormOptions trackRunningStats(boolean value) {
        return new NormOptions(eps, momentum, affine, value, dtype);
    }

    /** These options with another dtype. */
    public NormOptions dtype(DType value) {
        return new NormOptions(eps, momentum, affine, trackRunningStats, value);
    }
}
