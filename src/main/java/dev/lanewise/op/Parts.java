package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;

/** Parts of matrices as derivatives need them, all made of recorded ops. */
public final class Parts {
    private Parts() {}

    /** A view with rows and columns exchanged. */
    public static Tensor transposed(Tensor x) {
        return x.transpose(-2, -1);
    }

    /** The elements on and below the diagonal that lies {@code offset} above the main one, zeros elsewhere. */
    public static Tensor lower(Tensor x, long offset) {
        return Tensor.where(distances(x).le(offset), x, zero(x));
    }

    /** The elements on and above the diagonal that lies {@code offset} above the main one, zeros elsewhere. */
    public static Tensor upper(Tensor x, long offset) {
        return Tensor.where(distances(x).ge(offset), x, zero(x));
    }

    /** A square matrix whose lower triangle, diagonal included, is repeated above. */
    public static Tensor symmetric(Tensor x) {
        return lower(x, 0).add(transposed(lower(x, -1)));
    }

    /** Half the diagonal and what lies below it, zeros above. */
    static Tensor lowerHalf(Tensor x) {
        return lower(x, 0).add(lower(x, -1)).div(2);
    }

    /** The matrix with another value on its diagonal. */
    static Tensor withDiagonal(Tensor x, Number value) {
        return Tensor.where(distances(x).eq(0), Tensor.scalar(x.dtype(), value), x);
    }

    /** The matrix minus its transposed. */
    static Tensor skew(Tensor x) {
        return x.sub(transposed(x));
    }

    /** The differences x_j - x_i of the elements of a vector, with ones on the diagonal. */
    static Tensor differences(Tensor x) {
        return withDiagonal(x.unsqueeze(-2).sub(x.unsqueeze(-1)), 1);
    }

    /** The unit matrix, for a whole batch. */
    public static Tensor eye(DType type, long n) {
        Tensor out = Tensor.zeros(type, n, n);
        out.diagonal(0, 0, 1).fill_(1);
        return out;
    }

    /** How far each element lies right of the diagonal. */
    private static Tensor distances(Tensor x) {
        return Tensor.arange(x.size(-1)).sub(Tensor.arange(x.size(-2)).unsqueeze(1));
    }

    private static Tensor zero(Tensor x) {
        return Tensor.scalar(x.dtype(), 0);
    }
}
