package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.op.Decompositions;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.EigenOps;
import dev.lanewise.op.EigenOps.Cut;
import dev.lanewise.op.LinalgInputs;
import java.util.List;
import java.util.Locale;

/** What is made of orthogonal decompositions: the checks and arguments before the ops. */
final class LinalgSpectra {
    private LinalgSpectra() {}

    static Qr qr(Tensor a, String mode) {
        LinalgInputs.matrices("qr", a);
        return switch (mode) {
            case "reduced", "complete" -> Decompositions.qr(a, mode.equals("complete"), true);
            case "r" -> rOnly(a);
            default ->
                throw Check.argument("qr", "the mode must be known")
                        .expected("reduced, complete or r")
                        .got(mode)
                        .error();
        };
    }

    /** R has a derivative too, for which Q is needed. */
    private static Qr rOnly(Tensor a) {
        boolean recorded = a.requiresGrad() && GradMode.isEnabled();
        Qr qr = Decompositions.qr(a, false, recorded);
        return recorded ? new Qr(Tensor.empty(a.dtype(), 0), qr.r()) : qr;
    }

    /** Checks a matrix and the name of a triangle; gives L or U. */
    static String triangle(String op, Tensor a, String name) {
        LinalgInputs.square(op, a);
        String upper = name.toUpperCase(Locale.ROOT);
        if (!List.of("L", "U").contains(upper)) {
            throw Check.argument(op, "the triangle must be L or U").got(name).error();
        }
        return upper;
    }

    static Tensor pinv(Tensor a, Number atol, Number rtol, boolean hermitian) {
        return pinv(a, number(a, atol), number(a, rtol), hermitian);
    }

    static Tensor pinv(Tensor a, Tensor atol, Tensor rtol, boolean hermitian) {
        check("pinv", a, hermitian);
        return Dispatch.apply(EigenOps.PINV, cut("pinv", a, atol, rtol, hermitian), a);
    }

    static Tensor matrixRank(Tensor a, Number atol, Number rtol, boolean hermitian) {
        return matrixRank(a, number(a, atol), number(a, rtol), hermitian);
    }

    static Tensor matrixRank(Tensor a, Tensor atol, Tensor rtol, boolean hermitian) {
        check("matrixRank", a, hermitian);
        Cut cut = cut("matrixRank", a, atol, rtol, hermitian);
        try (var mode = GradMode.off()) {
            Tensor values = hermitian ? Linalg.eigvalsh(a).abs() : Linalg.svdvals(a);
            return cut.counts(values).sum(-1);
        }
    }

    private static void check(String op, Tensor a, boolean hermitian) {
        if (hermitian) {
            LinalgInputs.square(op, a);
        } else {
            LinalgInputs.matrices(op, a);
        }
    }

    private static Tensor number(Tensor a, Number bound) {
        return bound == null ? null : Tensor.scalar(DType.FLOAT64, bound).to(floating(a));
    }

    private static DType floating(Tensor a) {
        return a.isFloatingPoint() ? a.dtype() : DType.FLOAT32;
    }

    /** The bounds; the relative one is max(m, n) ulps unless given, or 0 where an absolute one is. */
    private static Cut cut(String op, Tensor a, Tensor atol, Tensor rtol, boolean hermitian) {
        double eps = a.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
        double usual = eps * Math.max(a.size(-2), a.size(-1));
        Tensor absolute = atol == null ? Tensor.scalar(a.dtype(), 0) : bound(op, a, atol);
        Tensor relative = rtol != null ? bound(op, a, rtol) : Tensor.scalar(a.dtype(), usual);
        if (rtol == null && atol != null) {
            relative = Tensor.where(absolute.gt(0), Tensor.scalar(a.dtype(), 0), relative);
        }
        return new Cut(absolute, relative, hermitian);
    }

    private static Tensor bound(String op, Tensor a, Tensor given) {
        if (given.requiresGrad()) {
            throw Check.grad(op, "no gradient flows to the bounds")
                    .operand("bound", given.dtype(), given.sizes())
                    .hint("Call detach() on them.")
                    .error();
        }
        return given.to(a.dtype());
    }

    static Lstsq lstsq(Tensor a, Tensor b, Number rcond, String driver) {
        LinalgInputs.matrices("lstsq", a);
        LinalgInputs.real("lstsq", b);
        LinalgInputs.sameDType("lstsq", a, b);
        String name = driver == null ? "gelsy" : driver;
        if (!List.of("gels", "gelsy", "gelsd", "gelss").contains(name)) {
            throw Check.argument("lstsq", "the driver must be known")
                    .expected("gels, gelsy, gelsd or gelss")
                    .got(driver)
                    .error();
        }
        boolean vector = a.dim() - 1 == b.dim() && LinalgSystems.isVector(a, b);
        Tensor matrix = vector ? b.unsqueeze(-1) : b;
        if (matrix.dim() < 2 || matrix.size(-2) != a.size(-2)) {
            throw LinalgInputs.unfit("lstsq", "a and b must have the same number of rows", a, b);
        }
        long[] batch = LinalgInputs.commonBatch("lstsq", a, matrix);
        Tensor left = LinalgInputs.withBatch(a, batch);
        Tensor right = LinalgInputs.withBatch(matrix, batch);
        Cut cut = cut("lstsq", a, null, number(a, rcond), false);
        Tensor x = Dispatch.apply(EigenOps.LSTSQ, cut, left, right);
        Tensor s = name.equals("gels") ? null : GradMode.noGrad(() -> Linalg.svdvals(a));
        Tensor rank = s == null ? Tensor.empty(DType.INT64, 0) : cut.counts(s).sum(-1);
        boolean full = s == null || !rank.ne(a.size(-1)).sum().gt(0).itemBoolean();
        boolean residuals = full && !name.equals("gelsy") && a.size(-2) > a.size(-1);
        return new Lstsq(
                vector ? x.squeeze(-1) : x,
                residuals ? left.matmul(x).sub(right).square().sum(-2) : Tensor.empty(a.dtype(), 0),
                rank,
                name.equals("gelsd") || name.equals("gelss") ? s : Tensor.empty(a.dtype(), 0));
    }
}
