package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.WIDE;

import dev.lanewise.Eigh;
import dev.lanewise.Linalg;
import dev.lanewise.LuFactor;
import dev.lanewise.Qr;
import dev.lanewise.Svd;
import dev.lanewise.Tensor;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefLinalg;
import java.util.List;

/**
 * Linear algebra.
 *
 * <p>The drawn values are small disturbances of fixed matrices, which are well conditioned and whose eigenvalues and
 * singular values differ, so that the reference may be plain and derivatives exist.
 */
final class LinalgRecipes {
    /** The names of the ops whose results are sums of many rounded terms. */
    static final List<String> OPS = List.of(
            "inv",
            "det",
            "slogdet",
            "solve",
            "matrixExp",
            "solveTriangular",
            "cholesky",
            "choleskySolve",
            "luFactor",
            "qr",
            "qrR",
            "svd",
            "svdvals",
            "svdVh",
            "eigvalsh",
            "eigh",
            "pinv",
            "lstsq");

    private LinalgRecipes() {}

    static void fill() {
        Recipes.add("inv", WIDE, squares(), x -> Linalg.inv(regular(x)), x -> over(regular(x), LinalgRecipes::inverse));
        Recipes.add("det", WIDE, squares(), x -> Linalg.det(regular(x)), x -> number(regular(x), RefLinalg::det));
        Recipes.add(
                "slogdet",
                WIDE,
                squares(),
                x -> Linalg.slogdet(regular(x)).logabsdet(),
                x -> number(regular(x), a -> Math.log(Math.abs(RefLinalg.det(a)))));
        Recipes.add(
                "matrixExp", WIDE, squares(), x -> Linalg.matrixExp(regular(x)), x -> over(regular(x), RefLinalg::exp));
        Recipes.add(
                "cholesky",
                WIDE,
                squares(),
                x -> Linalg.cholesky(definite(x)),
                x -> over(definite(x), RefLinalg::cholesky));
        systems();
        factors();
        spectra();
    }

    private static void systems() {
        Recipes.add2(
                "solve",
                WIDE,
                system(),
                (x, y) -> Linalg.solve(regular(x), y),
                (x, y) -> RefLinalg.map(regular(x), y, y.size(-2), y.size(-1), RefLinalg::solve));
        for (boolean upper : new boolean[] {false, true}) {
            Recipes.add2(
                    "solveTriangular",
                    WIDE,
                    system(),
                    (x, y) -> Linalg.solveTriangular(regular(x), y, upper),
                    (x, y) -> triangular(regular(x), y, upper, false));
            Recipes.add2(
                    "solveTriangular",
                    WIDE,
                    system(),
                    (x, y) -> Linalg.solveTriangular(regular(x), y, upper, true, true),
                    (x, y) -> triangular(regular(x), y, upper, true));
            // The factor is made triangular in the graph: the other triangle counts for the derivative.
            Recipes.add2(
                    "choleskySolve",
                    WIDE,
                    system(),
                    (x, y) -> y.choleskySolve(triangle(regular(x), upper), upper),
                    (x, y) -> RefLinalg.map(regular(x), y, y.size(-2), y.size(-1), (a, b) -> gramSolve(a, b, upper)));
        }
        Recipes.add2(
                        "lstsq",
                        WIDE,
                        (a, b, c) -> new long[][] {{2, Math.max(a, b), b}, {2, Math.max(a, b), c}},
                        (x, y) -> Linalg.lstsq(regular(x), y).solution(),
                        (x, y) -> RefLinalg.map(
                                regular(x),
                                y,
                                x.size(-1),
                                y.size(-1),
                                (a, b) -> RefLinalg.multiply(RefLinalg.pinv(a), b)))
                .notEmpty();
    }

    private static void factors() {
        // The factors themselves: their signs are free, their products with fixed matrices are not.
        Recipes.add("luFactor", WIDE, squares(), LinalgRecipes::luProduct, LinalgRecipes::regular);
        Recipes.add("luFactor", WIDE, wide(), LinalgRecipes::luProduct, LinalgRecipes::regular)
                .notEmpty();
        Recipes.add("luFactor", WIDE, tall(), LinalgRecipes::luProduct, LinalgRecipes::regular)
                .notEmpty();
        Recipes.add("qr", WIDE, tall(), x -> positive(Linalg.qr(regular(x))).q(), x -> gramSchmidt(x, 0))
                .notEmpty();
        Recipes.add("qrR", WIDE, tall(), x -> positive(Linalg.qr(regular(x))).r(), x -> gramSchmidt(x, 1))
                .notEmpty();
        Recipes.add("qr", WIDE, wide(), LinalgRecipes::qrProduct, LinalgRecipes::regular)
                .notEmpty();
        Recipes.add("qrR", WIDE, wide(), x -> gram(Linalg.qr(regular(x), "r").r()), x -> gram(regular(x)))
                .notEmpty();
    }

    private static void spectra() {
        for (Recipe.Shapes shapes : List.of(tall(), wide(), squares())) {
            Recipes.add("svd", WIDE, shapes, LinalgRecipes::svdProduct, LinalgRecipes::regular)
                    .notEmpty();
            Recipes.add("svdVh", WIDE, shapes, LinalgRecipes::svdProduct, LinalgRecipes::regular)
                    .notEmpty();
            Recipes.add(
                            "svdvals",
                            WIDE,
                            shapes,
                            x -> Linalg.svdvals(regular(x)),
                            x -> vector(regular(x), RefLinalg::singularValues))
                    .notEmpty();
            Recipes.add(
                            "pinv",
                            WIDE,
                            shapes,
                            x -> Linalg.pinv(regular(x)),
                            x -> RefLinalg.map(regular(x), x.size(-1), x.size(-2), RefLinalg::pinv))
                    .notEmpty();
        }
        Recipes.add(
                "eigvalsh",
                WIDE,
                squares(),
                x -> Linalg.eigvalsh(definite(x)),
                x -> vector(definite(x), RefLinalg::eigenvalues));
        Recipes.add("eigh", WIDE, squares(), LinalgRecipes::eighProduct, LinalgRecipes::definite);
    }

    // ------------------------------------------------------------------ matrices

    private static Recipe.Shapes squares() {
        return (a, b, c) -> new long[][] {{2, b, b}};
    }

    private static Recipe.Shapes wide() {
        return (a, b, c) -> new long[][] {{a, b, b + 2}};
    }

    private static Recipe.Shapes tall() {
        return (a, b, c) -> new long[][] {{a, b + 2, b}};
    }

    private static Recipe.Shapes system() {
        return (a, b, c) -> new long[][] {{2, b, b}, {2, b, c}};
    }

    /** The diagonal of the fixed matrix: different numbers from 1 to 2. */
    private static double diagonal(long i, long n) {
        return 1 + (double) i / Math.max(1, n);
    }

    /** The fixed diagonal matrix, disturbed by less than half the distance of its elements. */
    private static Tensor regular(Tensor x) {
        long n = Math.max(x.size(-1), x.size(-2));
        Tensor fixed = Tensor.zeros(x.dtype(), x.size(-2), x.size(-1));
        for (long i = 0; i < Math.min(x.size(-1), x.size(-2)); i++) {
            fixed.select(0, i).select(0, i).fill_(diagonal(i, n));
        }
        return x.mul(scale(n)).add(fixed);
    }

    private static Ref regular(Ref x) {
        long n = Math.max(x.size(-1), x.size(-2));
        return RefLinalg.map(x, x.size(-2), x.size(-1), a -> {
            double[][] out = new double[a.length][];
            for (int i = 0; i < a.length; i++) {
                out[i] = a[i].clone();
                for (int j = 0; j < out[i].length; j++) {
                    out[i][j] = out[i][j] * scale(n) + (i == j ? diagonal(i, n) : 0);
                }
            }
            return out;
        });
    }

    private static double scale(long n) {
        return 0.07 / Math.max(1, n);
    }

    /** A symmetric matrix. */
    private static Tensor definite(Tensor x) {
        Tensor a = regular(x);
        return a.add(a.transpose(-2, -1)).div(2);
    }

    private static Ref definite(Ref x) {
        return over(regular(x), a -> {
            double[][] out = new double[a.length][a.length];
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < a.length; j++) {
                    out[i][j] = (a[i][j] + a[j][i]) / 2;
                }
            }
            return out;
        });
    }

    private static Tensor mask(Tensor x, boolean upper) {
        Tensor distance =
                Tensor.arange(x.size(-1)).sub(Tensor.arange(x.size(-2)).unsqueeze(1));
        return (upper ? distance.ge(0) : distance.le(0)).to(x.dtype());
    }

    private static Tensor triangle(Tensor x, boolean upper) {
        return x.mul(mask(x, upper));
    }

    private static double[][] triangle(double[][] a, boolean upper, boolean unit) {
        double[][] out = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                out[i][j] = i == j && unit ? 1 : (upper ? j >= i : j <= i) ? a[i][j] : 0;
            }
        }
        return out;
    }

    // ------------------------------------------------------------------ products of factors

    private static Tensor luProduct(Tensor x) {
        Tensor a = regular(x);
        LuFactor factor = Linalg.luFactor(a);
        long k = Math.min(a.size(-1), a.size(-2));
        Tensor left = factor.lu().narrow(-1, 0, k);
        Tensor below = triangle(left, false).sub(diagonalPart(left));
        Tensor ones = diagonalPart(Tensor.onesLike(left));
        // Rows are not exchanged: the diagonal dominates.
        return below.add(ones).matmul(triangle(factor.lu().narrow(-2, 0, k), true));
    }

    private static Tensor diagonalPart(Tensor x) {
        return triangle(triangle(x, true), false);
    }

    private static Tensor qrProduct(Tensor x) {
        Qr qr = Linalg.qr(regular(x));
        return qr.q().matmul(qr.r());
    }

    /** Q and R with a positive diagonal of R. */
    private static Qr positive(Qr qr) {
        Tensor signs = qr.r().diagonal(0, -2, -1).detach().sign();
        return new Qr(qr.q().mul(signs.unsqueeze(-2)), qr.r().mul(signs.unsqueeze(-1)));
    }

    private static Ref gramSchmidt(Ref x, int which) {
        long rows = which == 0 ? x.size(-2) : x.size(-1);
        return RefLinalg.map(regular(x), rows, x.size(-1), a -> RefLinalg.qr(a)[which]);
    }

    private static Tensor gram(Tensor r) {
        return r.transpose(-2, -1).matmul(r);
    }

    private static Ref gram(Ref x) {
        return RefLinalg.map(x, x.size(-1), x.size(-1), a -> RefLinalg.multiply(RefLinalg.transposed(a), a));
    }

    private static Tensor svdProduct(Tensor x) {
        Svd svd = Linalg.svd(regular(x), false);
        return svd.u().mul(svd.s().unsqueeze(-2)).matmul(svd.vh());
    }

    private static Tensor eighProduct(Tensor x) {
        Eigh eigh = Linalg.eigh(definite(x));
        Tensor v = eigh.eigenvectors();
        return v.mul(eigh.eigenvalues().unsqueeze(-2)).matmul(v.transpose(-2, -1));
    }

    // ------------------------------------------------------------------ the reference

    private static Ref over(Ref x, RefLinalg.OfMatrix f) {
        return RefLinalg.map(x, x.size(-2), x.size(-1), f);
    }

    private static double[][] inverse(double[][] a) {
        return RefLinalg.solve(a, RefLinalg.eye(a.length));
    }

    private interface Scalar {
        double of(double[][] a);
    }

    private static Ref number(Ref x, Scalar f) {
        Ref out = RefLinalg.map(x, 1, 1, a -> new double[][] {{f.of(a)}});
        return out.reshape(x.size(0));
    }

    private interface Values {
        double[] of(double[][] a);
    }

    private static Ref vector(Ref x, Values f) {
        long k = Math.min(x.size(-1), x.size(-2));
        return RefLinalg.map(x, 1, k, a -> new double[][] {f.of(a)}).reshape(x.size(0), k);
    }

    private static Ref triangular(Ref x, Ref y, boolean upper, boolean unit) {
        return RefLinalg.map(x, y, y.size(-2), y.size(-1), (a, b) -> RefLinalg.solve(triangle(a, upper, unit), b));
    }

    private static double[][] gramSolve(double[][] a, double[][] b, boolean upper) {
        double[][] factor = triangle(a, upper, false);
        double[][] turned = RefLinalg.transposed(factor);
        return RefLinalg.solve(upper ? RefLinalg.multiply(turned, factor) : RefLinalg.multiply(factor, turned), b);
    }
}
