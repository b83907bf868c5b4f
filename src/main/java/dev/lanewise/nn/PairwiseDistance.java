package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Distance of vectors along the last dimension.
 *
 * <p>See {@link Functional#pairwiseDistance(Tensor, Tensor, double, double, boolean)}.
 * Source: PyTorch's {@code torch.nn.PairwiseDistance}.
 */
public final class PairwiseDistance extends Module {
    private final double p;
    private final double eps;
    private final boolean keepDim;

    /** With p 2 and eps 1e-6. */
    public PairwiseDistance() {
        this(2, 1e-6, false);
    }

    /** With all parameters. */
    public PairwiseDistance(double p, double eps, boolean keepDim) {
        this.p = p;
        this.eps = eps;
        this.keepDim = keepDim;
    }

    /** One value for each pair of vectors. */
    public Tensor forward(Tensor x1, Tensor x2) {
        return Functional.pairwiseDistance(x1, x2, p, eps, keepDim);
    }
}
