package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Cosine of the angle between vectors.
 *
 * <p>See {@link Functional#cosineSimilarity(Tensor, Tensor, int, double)}.
 * Source: PyTorch's {@code torch.nn.CosineSimilarity}.
 */
public final class CosineSimilarity extends Module {
    private final int dim;
    private final double eps;

    /** Along dimension 1, with eps 1e-8. */
    public CosineSimilarity() {
        this(1, 1e-8);
    }

    /** With all parameters. */
    public CosineSimilarity(int dim, double eps) {
        this.dim = dim;
        this.eps = eps;
    }

    /** One value for each pair of vectors. */
    public Tensor forward(Tensor x1, Tensor x2) {
        return Functional.cosineSimilarity(x1, x2, dim, eps);
    }
}
