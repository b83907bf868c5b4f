package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.DType;
import dev.lanewise.Eigh;
import dev.lanewise.Linalg;
import dev.lanewise.Lstsq;
import dev.lanewise.Lu;
import dev.lanewise.LuFactor;
import dev.lanewise.Qr;
import dev.lanewise.ResultInfo;
import dev.lanewise.Slogdet;
import dev.lanewise.Svd;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Linear algebra. */
final class LinalgCalls {
    private LinalgCalls() {}

    static void fill() {
        squares();
        systems();
        factors();
        spectra();
        norms();
        for (String op : List.of("torch.linalg.eig", "torch.linalg.eigvals")) {
            add(op, a -> {
                throw new Unsupported("complex dtypes");
            });
        }
    }

    private static void squares() {
        map(Linalg::inv, "torch.linalg.inv");
        map(Tensor::inverse, "torch.inverse", "Tensor.inverse");
        map(Linalg::det, "torch.linalg.det");
        map(Tensor::det, "torch.det", "Tensor.det");
        map(Tensor::logdet, "torch.logdet", "Tensor.logdet");
        map(Linalg::matrixExp, "torch.linalg.matrix_exp");
        map(Tensor::matrixExp, "torch.matrix_exp", "Tensor.matrix_exp");
        for (String op : List.of("torch.linalg.slogdet", "torch.slogdet", "Tensor.slogdet")) {
            add(op, a -> {
                Slogdet parts = Linalg.slogdet(matrix(a.only("A", "input")));
                return List.of(parts.sign(), parts.logabsdet());
            });
        }
        add("torch.linalg.inv_ex", a -> {
            a.only("A", "check_errors");
            return a.flag("check_errors") ? checked(Linalg.inv(matrix(a))) : list(Linalg.invEx(matrix(a)));
        });
        add("torch.linalg.cholesky_ex", a -> {
            a.only("A", "upper", "check_errors");
            Tensor x = matrix(a);
            boolean upper = a.flag("upper");
            return a.flag("check_errors") ? checked(Linalg.cholesky(x, upper)) : list(Linalg.choleskyEx(x, upper));
        });
    }

    private static void systems() {
        add(
                "torch.linalg.solve",
                a -> Linalg.solve(matrix(a.only("A", "B", "left")), tensor(a, 1, "B"), flag(a, "left", true)));
        add(
                "torch.linalg.solve_triangular",
                a -> Linalg.solveTriangular(
                        matrix(a.only("A", "B", "upper", "left", "unitriangular")),
                        tensor(a, 1, "B"),
                        (Boolean) a.get(2, "upper"),
                        flag(a, "left", true),
                        a.flag("unitriangular")));
        for (String op : List.of("torch.cholesky_solve", "Tensor.cholesky_solve")) {
            add(op, a -> {
                a.only("input", "input2", "L", "B", "upper");
                Tensor factor = tensor(a, 1, "input2", "L");
                return tensor(a, 0, "input", "B").choleskySolve(factor, flag(a, 2, "upper", false));
            });
        }
        for (String op : List.of("torch.cholesky_inverse", "Tensor.cholesky_inverse")) {
            add(op, a -> matrix(a.only("input", "L", "upper")).choleskyInverse(flag(a, 1, "upper", false)));
        }
        add("torch.linalg.lstsq", a -> {
            a.only("A", "B", "rcond", "driver");
            Number rcond = optional(a, 2, "rcond") instanceof Number number ? number : null;
            String driver = optional(a, 9, "driver") instanceof String text ? text : null;
            Lstsq result = Linalg.lstsq(matrix(a), tensor(a, 1, "B"), rcond, driver);
            return result.solution();
        });
        add("torch.linalg.cross", a -> {
            a.only("input", "other", "dim");
            return Linalg.cross(tensor(a, 0, "input"), tensor(a, 1, "other"), a.dim(2, "dim", -1));
        });
        for (String op : List.of("torch.cross", "Tensor.cross")) {
            add(op, a -> {
                a.only("input", "other", "dim");
                Tensor x = tensor(a, 0, "input");
                Tensor y = tensor(a, 1, "other");
                return optional(a, 2, "dim") instanceof Number dim ? x.cross(y, dim.intValue()) : x.cross(y);
            });
        }
    }

    private static void factors() {
        add("torch.linalg.cholesky", a -> Linalg.cholesky(matrix(a.only("A", "upper")), a.flag("upper")));
        for (String op : List.of("torch.cholesky", "Tensor.cholesky")) {
            add(op, a -> matrix(a.only("input", "upper")).cholesky(flag(a, 1, "upper", false)));
        }
        add("torch.linalg.qr", a -> {
            a.only("A", "mode");
            Qr qr = Linalg.qr(matrix(a), a.has(1, "mode") ? (String) a.get(1, "mode") : "reduced");
            return List.of(qr.q(), qr.r());
        });
        for (String op : List.of("torch.qr", "Tensor.qr")) {
            add(op, a -> {
                Qr qr = matrix(a.only("input", "some")).qr(flag(a, 1, "some", true));
                return List.of(qr.q(), qr.r());
            });
        }
        add("torch.linalg.lu_factor", a -> {
            LuFactor factor = Linalg.luFactor(matrix(a.only("A", "pivot")), flag(a, "pivot", true));
            return List.of(factor.lu(), factor.pivots());
        });
        add("torch.linalg.lu", a -> {
            Lu lu = Linalg.lu(matrix(a.only("A", "pivot")), flag(a, "pivot", true));
            return List.of(lu.p(), lu.l(), lu.u());
        });
        add(
                "torch.linalg.lu_solve",
                a -> Linalg.luSolve(
                        tensor(a.only("LU", "pivots", "B", "left", "adjoint"), 0, "LU"),
                        tensor(a, 1, "pivots"),
                        tensor(a, 2, "B"),
                        flag(a, "left", true),
                        a.flag("adjoint")));
        for (String op : List.of("torch.lu_solve", "Tensor.lu_solve")) {
            add(op, a -> {
                a.only("b", "input", "LU_data", "LU_pivots");
                return tensor(a, 0, "b", "input").luSolve(tensor(a, 1, "LU_data"), tensor(a, 2, "LU_pivots"));
            });
        }
    }

    private static void spectra() {
        add("torch.linalg.svd", a -> {
            Svd svd = Linalg.svd(matrix(anyDriver(a, "full_matrices")), flag(a, 1, "full_matrices", true));
            return List.of(svd.u(), svd.s(), svd.vh());
        });
        add("torch.linalg.svdvals", a -> Linalg.svdvals(matrix(anyDriver(a))));
        add("torch.linalg.eigh", a -> {
            Eigh eigh = Linalg.eigh(matrix(a.only("A", "UPLO")), triangle(a));
            return List.of(eigh.eigenvalues(), eigh.eigenvectors());
        });
        add("torch.linalg.eigvalsh", a -> Linalg.eigvalsh(matrix(a.only("A", "UPLO")), triangle(a)));
        add("torch.linalg.pinv", a -> {
            a.only("A", "rcond", "atol", "rtol", "hermitian");
            Object rtol = a.has(1, "rcond") ? a.get(1, "rcond") : optional(a, 9, "rtol");
            return bounded(a, optional(a, 9, "atol"), rtol, flag(a, 2, "hermitian", false), Linalg::pinv, Linalg::pinv);
        });
        for (String op : List.of("torch.pinverse", "Tensor.pinverse")) {
            add(op, a -> {
                Tensor x = matrix(a.only("input", "rcond"));
                return a.has(1, "rcond") ? x.pinverse(a.number(1, "rcond")) : x.pinverse();
            });
        }
        add("torch.linalg.matrix_rank", a -> {
            a.only("A", "tol", "atol", "rtol", "hermitian");
            boolean legacy = optional(a, 1, "tol") != null;
            Object atol = legacy ? a.get(1, "tol") : optional(a, 9, "atol");
            Object rtol = legacy ? (atol instanceof Tensor ? Tensor.scalar(0) : (Number) 0) : optional(a, 9, "rtol");
            boolean hermitian = flag(a, 2, "hermitian", false);
            return bounded(a, atol, rtol, hermitian, Linalg::matrixRank, Linalg::matrixRank);
        });
        add("torch.linalg.cond", a -> {
            Object p = optional(a.only("A", "p"), 1, "p");
            if (p == null) {
                return Linalg.cond(matrix(a));
            }
            return p instanceof String text ? Linalg.cond(matrix(a), text) : Linalg.cond(matrix(a), (Number) p);
        });
    }

    private interface NumberBounds {
        Tensor of(Tensor a, Number atol, Number rtol, boolean hermitian);
    }

    private interface TensorBounds {
        Tensor of(Tensor a, Tensor atol, Tensor rtol, boolean hermitian);
    }

    private static Tensor bounded(
            Arguments a, Object atol, Object rtol, boolean hermitian, NumberBounds numbers, TensorBounds tensors) {
        if (atol instanceof Tensor || rtol instanceof Tensor) {
            return tensors.of(matrix(a), asTensor(atol), asTensor(rtol), hermitian);
        }
        return numbers.of(matrix(a), (Number) atol, (Number) rtol, hermitian);
    }

    private static Tensor asTensor(Object bound) {
        return bound instanceof Number number ? Tensor.scalar(DType.FLOAT64, number) : (Tensor) bound;
    }

    private static void norms() {
        add("torch.linalg.norm", a -> {
            a.only("A", "input", "ord", "dim", "keepdim", "dtype");
            Tensor x = converted(a);
            int[] dims = optional(a, 2, "dim") == null ? new int[0] : a.dims(2, "dim");
            boolean keep = flag(a, 3, "keepdim", false);
            return optional(a, 1, "ord") instanceof String text
                    ? Linalg.norm(x, text, keep, dims)
                    : Linalg.norm(x, (Number) optional(a, 1, "ord"), keep, dims);
        });
        add("torch.linalg.matrix_norm", a -> {
            a.only("A", "input", "ord", "dim", "keepdim", "dtype");
            Tensor x = converted(a);
            int[] dims = optional(a, 2, "dim") == null ? new int[] {-2, -1} : a.dims(2, "dim");
            boolean keep = flag(a, 3, "keepdim", false);
            Object ord = a.has(1, "ord") ? a.get(1, "ord") : "fro";
            return ord instanceof String text
                    ? Linalg.matrixNorm(x, text, keep, dims[0], dims[1])
                    : Linalg.matrixNorm(x, (Number) ord, keep, dims[0], dims[1]);
        });
    }

    // ------------------------------------------------------------------ arguments

    private static void map(UnaryOperator<Tensor> f, String... ops) {
        for (String op : ops) {
            add(op, a -> f.apply(matrix(a.only("A", "input"))));
        }
    }

    /** The first argument, by place or under one of its names. */
    private static Tensor matrix(Arguments a) {
        return tensor(a, 0, "A", "input", "L");
    }

    private static Tensor tensor(Arguments a, int place, String... names) {
        for (String name : names) {
            if (a.named().get(name) instanceof Tensor given) {
                return given;
            }
        }
        return a.tensor(place);
    }

    /** A given argument that is not None, else null. */
    private static Object optional(Arguments a, int place, String name) {
        Object given = a.has(place, name) ? a.get(place, name) : null;
        return given == Arguments.NONE ? null : given;
    }

    /** The arguments of a decomposition whose driver can be chosen on other devices only. */
    private static Arguments anyDriver(Arguments a, String... names) {
        if (optional(a, 9, "driver") != null) {
            throw new Unsupported("the argument driver");
        }
        List<String> known = new ArrayList<>(List.of(names));
        known.addAll(List.of("A", "driver"));
        return a.only(known.toArray(String[]::new));
    }

    private static boolean flag(Arguments a, String name, boolean otherwise) {
        return a.named().containsKey(name) ? a.flag(name) : otherwise;
    }

    private static boolean flag(Arguments a, int place, String name, boolean otherwise) {
        return optional(a, place, name) instanceof Boolean given ? given : otherwise;
    }

    private static String triangle(Arguments a) {
        return optional(a, 1, "UPLO") instanceof String text ? text : "L";
    }

    private static Tensor converted(Arguments a) {
        return optional(a, 9, "dtype") instanceof DType type ? matrix(a).to(type) : matrix(a);
    }

    private static List<Object> list(ResultInfo pair) {
        return List.of(pair.result(), pair.info());
    }

    private static List<Object> checked(Tensor result) {
        long[] batch = new long[result.dim() - 2];
        System.arraycopy(result.shape().toArray(), 0, batch, 0, batch.length);
        return List.of(result, Tensor.zeros(DType.INT32, batch));
    }
}
