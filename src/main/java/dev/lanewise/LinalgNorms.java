package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.op.LinalgInputs;
import java.util.function.UnaryOperator;

/** Norms of vectors and matrices and the condition number, made of reductions and singular values. */
final class LinalgNorms {
    private LinalgNorms() {}

    // ------------------------------------------------------------------ vectors and matrices

    /** The norm for a number, or null for the root of the sum of squares; {@code dims} null for all. */
    static Tensor norm(Tensor x, Number ord, int[] dims, boolean keepDim) {
        floating("norm", x);
        if (ord == null) {
            return vectorNorm(x, 2, keepDim, dims == null ? new int[0] : dims);
        }
        int[] chosen = chosen(x, dims);
        return chosen.length == 1
                ? vectorNorm(x, ord.doubleValue(), keepDim, chosen)
                : matrixNorm("norm", x, ord, keepDim, chosen[0], chosen[1]);
    }

    /** The norm {@code fro} or {@code nuc}. */
    static Tensor norm(Tensor x, String ord, int[] dims, boolean keepDim) {
        floating("norm", x);
        int[] chosen = chosen(x, dims);
        if (chosen.length == 1) {
            throw Check.argument("norm", "a norm of matrices needs two dimensions")
                    .got(ord + " along one")
                    .operand("self", x.dtype(), x.sizes())
                    .error();
        }
        return matrixNorm("norm", x, ord, keepDim, chosen[0], chosen[1]);
    }

    private static int[] chosen(Tensor x, int[] dims) {
        if (dims == null ? x.dim() != 1 && x.dim() != 2 : dims.length > 2) {
            throw Check.shape("norm", "a norm of a given order needs one or two dimensions")
                    .got(dims == null ? x.dim() : dims.length)
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Name the dimensions.")
                    .error();
        }
        return dims != null ? dims : x.dim() == 1 ? new int[] {0} : new int[] {0, 1};
    }

    private static void floating(String op, Tensor x) {
        if (!x.isFloatingPoint()) {
            throw Check.dtype(op, "the dtype must be floating point")
                    .got(x.dtype())
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
    }

    // ------------------------------------------------------------------ vectors

    private static Tensor vectorNorm(Tensor x, double p, boolean keepDim, int... dims) {
        return Linalg.vectorNorm(x, p, dims, keepDim, null);
    }

    // ------------------------------------------------------------------ matrices

    static Tensor matrixNorm(String op, Tensor a, Number ord, boolean keepDim, int rows, int cols) {
        int[] dims = dims(op, a, rows, cols);
        double p = ord.doubleValue();
        if (Math.abs(p) == 2) {
            Tensor s = Linalg.svdvals(a.permute(last(a, dims)));
            return placed(p > 0 ? s.amax(-1) : s.amin(-1), keepDim, dims);
        }
        if (Math.abs(p) != 1 && !Double.isInfinite(p)) {
            throw Check.argument(op, "the order must be one of 1, -1, 2, -2, Inf and -Inf, fro and nuc")
                    .got(ord)
                    .operand("self", a.dtype(), a.sizes())
                    .error();
        }
        int summed = Math.abs(p) == 1 ? dims[0] : dims[1];
        int other = Math.abs(p) == 1 ? dims[1] : dims[0];
        Tensor sums = a.abs().sumKeepDim(summed);
        Tensor extreme = p > 0 ? sums.amaxKeepDim(other) : sums.aminKeepDim(other);
        return keepDim ? extreme : dropped(extreme, dims);
    }

    static Tensor matrixNorm(String op, Tensor a, String ord, boolean keepDim, int rows, int cols) {
        int[] dims = dims(op, a, rows, cols);
        return switch (ord) {
            case "fro" -> vectorNorm(a, 2, keepDim, dims);
            case "nuc" -> placed(Linalg.svdvals(a.permute(last(a, dims))).sum(-1), keepDim, dims);
            default ->
                throw Check.argument(op, "the order must be fro or nuc")
                        .got(ord)
                        .operand("self", a.dtype(), a.sizes())
                        .error();
        };
    }

    private static int[] dims(String op, Tensor a, int rows, int cols) {
        floating(op, a);
        if (a.dim() < 2) {
            throw Check.shape(op, "there must be at least 2 dimensions, those of the matrices")
                    .got(a.dim())
                    .operand("self", a.dtype(), a.sizes())
                    .error();
        }
        return Shapes.wrapDims(op, new int[] {rows, cols}, a.dim());
    }

    /** The order of dimensions in which the two given ones are last. */
    private static int[] last(Tensor a, int[] dims) {
        int[] order = new int[a.dim()];
        int place = 0;
        for (int d = 0; d < a.dim(); d++) {
            if (d != dims[0] && d != dims[1]) {
                order[place++] = d;
            }
        }
        order[place] = dims[0];
        order[place + 1] = dims[1];
        return order;
    }

    /** Puts the two dimensions back with size 1 if they are to be kept. */
    private static Tensor placed(Tensor result, boolean keepDim, int[] dims) {
        Tensor out = result;
        if (keepDim) {
            out = out.unsqueeze(Math.min(dims[0], dims[1])).unsqueeze(Math.max(dims[0], dims[1]));
        }
        return out;
    }

    private static Tensor dropped(Tensor x, int[] dims) {
        return x.squeeze(Math.max(dims[0], dims[1])).squeeze(Math.min(dims[0], dims[1]));
    }

    // ------------------------------------------------------------------ condition

    static Tensor cond(Tensor a, Number p) {
        LinalgInputs.matrices("cond", a);
        double order = p.doubleValue();
        if (Math.abs(order) != 2) {
            return product(a, inverse -> matrixNorm("cond", inverse, p, false, -2, -1));
        }
        if (a.numel() == 0) {
            return Tensor.zeros(a.dtype(), LinalgInputs.batch(a));
        }
        Tensor s = Linalg.svdvals(a);
        Tensor first = s.select(-1, 0);
        Tensor last = s.select(-1, s.size(-1) - 1);
        return order > 0 ? first.div(last) : last.div(first);
    }

    static Tensor cond(Tensor a, String p) {
        LinalgInputs.matrices("cond", a);
        if (p.equals("nuc") && a.numel() > 0) {
            Tensor s = Linalg.svdvals(square(a));
            return s.sum(-1).mul(s.rdiv(1).sum(-1));
        }
        return product(a, inverse -> matrixNorm("cond", inverse, p, false, -2, -1));
    }

    private static Tensor square(Tensor a) {
        LinalgInputs.square("cond", a);
        return a;
    }

    /** The norm times that of the inverse, which counts as infinite for singular matrices. */
    private static Tensor product(Tensor a, UnaryOperator<Tensor> norm) {
        LinalgInputs.square("cond", a);
        if (a.numel() == 0) {
            return Tensor.zeros(a.dtype(), LinalgInputs.batch(a));
        }
        ResultInfo inverse = Linalg.invEx(a);
        Tensor singular = inverse.info().ne(0).unsqueeze(-1).unsqueeze(-1);
        Tensor infinite = Tensor.scalar(a.dtype(), Double.POSITIVE_INFINITY);
        return norm.apply(a).mul(norm.apply(Tensor.where(singular, infinite, inverse.result())));
    }
}
