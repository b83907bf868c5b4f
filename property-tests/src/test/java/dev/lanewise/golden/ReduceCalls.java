package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.DType;
import dev.lanewise.MinMax;
import dev.lanewise.StdMean;
import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.VarMean;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Reductions. */
final class ReduceCalls {
    private static final int[] ALL = {};

    private ReduceCalls() {}

    /** A reduction with a dtype to compute in; no dims mean all. */
    private interface Typed {
        Tensor of(Tensor x, DType dtype, int... dims);
    }

    /** A variance with its mean, or alone. */
    private interface Spread {
        Object of(Tensor x, int[] dims, long correction, boolean keepDim);
    }

    static void fill() {
        sums();
        choices();
        typed("torch.nansum", Tensor::nansum, Tensor::nansumKeepDim, Tensor::nansum, Tensor::nansumKeepDim);
        typed("torch.nanmean", Tensor::nanmean, Tensor::nanmeanKeepDim, Tensor::nanmean, Tensor::nanmeanKeepDim);
        reduce("torch.logsumexp", Tensor::logsumexp, Tensor::logsumexp, Tensor::logsumexpKeepDim);
        reduce("torch.all", Tensor::all, Tensor::all, Tensor::allKeepDim);
        reduce("torch.any", Tensor::any, Tensor::any, Tensor::anyKeepDim);
        reduce("torch.count_nonzero", Tensor::countNonzero, Tensor::countNonzero, null);
        spread("torch.var", Tensor::var);
        spread("torch.std", Tensor::std);
        spread("torch.var_mean", (x, dims, correction, keepDim) -> {
            VarMean both = x.varMean(dims, correction, keepDim);
            return List.of(both.var(), both.mean());
        });
        spread("torch.std_mean", (x, dims, correction, keepDim) -> {
            StdMean both = x.stdMean(dims, correction, keepDim);
            return List.of(both.std(), both.mean());
        });
        running();
        norms();
        integrals();
        add("torch.bincount", ReduceCalls::bincount);
        add("torch.histc", ReduceCalls::histc);
    }

    private static void sums() {
        typed("torch.sum", Tensor::sum, Tensor::sumKeepDim, Tensor::sum, Tensor::sumKeepDim);
        typed("torch.mean", Tensor::mean, Tensor::meanKeepDim, Tensor::mean, Tensor::meanKeepDim);
        add("torch.prod", a -> {
            a.only("dim", "keepdim", "dtype");
            Tensor x = a.tensor(0);
            DType dtype = (DType) given(a, 3, "dtype");
            if (given(a, 1, "dim") == null) {
                return dtype == null ? x.prod() : x.prod(dtype);
            }
            int dim = a.dim(1, "dim", 0);
            if (flag(a, 2, "keepdim", false)) {
                return dtype == null ? x.prodKeepDim(dim) : x.prodKeepDim(dtype, dim);
            }
            return dtype == null ? x.prod(dim) : x.prod(dtype, dim);
        });
    }

    private static void choices() {
        reduce("torch.amax", Tensor::amax, Tensor::amax, Tensor::amaxKeepDim);
        reduce("torch.amin", Tensor::amin, Tensor::amin, Tensor::aminKeepDim);
        extreme("torch.max", Tensor::max, Tensor::max, Tensor::maxKeepDim, Tensor::maximum);
        extreme("torch.min", Tensor::min, Tensor::min, Tensor::minKeepDim, Tensor::minimum);
        extreme("torch.median", Tensor::median, Tensor::median, Tensor::medianKeepDim, null);
        extreme("torch.nanmedian", Tensor::nanmedian, Tensor::nanmedian, Tensor::nanmedianKeepDim, null);
        add("torch.mode", a -> {
            Tensor x = a.only("dim", "keepdim").tensor(0);
            int dim = a.dim(1, "dim", -1);
            return pair(flag(a, 2, "keepdim", false) ? x.modeKeepDim(dim) : x.mode(dim));
        });
        position("torch.argmax", Tensor::argmax, Tensor::argmaxKeepDim, Tensor::argmax, Tensor::argmaxKeepDim);
        position("torch.argmin", Tensor::argmin, Tensor::argminKeepDim, Tensor::argmin, Tensor::argminKeepDim);
        add("torch.aminmax", a -> {
            a.only("dim", "keepdim");
            int[] dims = given(a, 1, "dim") == null ? ALL : a.dims(1, "dim");
            MinMax both = flag(a, 2, "keepdim", false)
                    ? a.tensor(0).aminmaxKeepDim(dims)
                    : a.tensor(0).aminmax(dims);
            return List.of(both.min(), both.max());
        });
    }

    private static void running() {
        add("torch.cumsum", a -> {
            Tensor x = a.only("dim", "dtype").tensor(0);
            DType dtype = (DType) given(a, 2, "dtype");
            return dtype == null ? x.cumsum(a.dim(1, "dim", 0)) : x.cumsum(a.dim(1, "dim", 0), dtype);
        });
        add("torch.cumprod", a -> {
            Tensor x = a.only("dim", "dtype").tensor(0);
            DType dtype = (DType) given(a, 2, "dtype");
            return dtype == null ? x.cumprod(a.dim(1, "dim", 0)) : x.cumprod(a.dim(1, "dim", 0), dtype);
        });
        add("Tensor.cumsum_", a -> a.only("dim").tensor(0).clone().cumsum_(a.dim(1, "dim", 0)));
        add("Tensor.cumprod_", a -> a.only("dim").tensor(0).clone().cumprod_(a.dim(1, "dim", 0)));
        add("torch.cummax", a -> pair(a.only("dim").tensor(0).cummax(a.dim(1, "dim", 0))));
        add("torch.cummin", a -> pair(a.only("dim").tensor(0).cummin(a.dim(1, "dim", 0))));
        add("torch.logcumsumexp", a -> a.only("dim").tensor(0).logcumsumexp(a.dim(1, "dim", 0)));
    }

    private static void norms() {
        add("torch.norm", a -> {
            a.only("p", "dim", "keepdim", "dtype");
            Object p = given(a, 1, "p");
            if (p instanceof String name && !name.equals("fro")) {
                throw new Unsupported("the norm " + name);
            }
            Number order = p instanceof Number number ? number : Integer.valueOf(2);
            DType dtype = (DType) given(a, 5, "dtype");
            return a.tensor(0).norm(order, dims(a, 2), flag(a, 3, "keepdim", false), dtype);
        });
        add("torch.dist", a -> {
            Tensor x = a.only("p").tensor(0);
            return a.has(2, "p") ? x.dist(a.tensor(1), a.number(2, "p")) : x.dist(a.tensor(1));
        });
        add(
                "torch.renorm",
                a -> a.only("p", "dim", "maxnorm")
                        .tensor(0)
                        .renorm(a.number(1, "p"), a.dim(2, "dim", 0), a.number(3, "maxnorm")));
    }

    private static void integrals() {
        add("torch.diff", a -> {
            a.only("n", "dim", "prepend", "append");
            Tensor before = (Tensor) given(a, 3, "prepend");
            return a.tensor(0).diff(a.dim(1, "n", 1), a.dim(2, "dim", -1), before, (Tensor) given(a, 4, "append"));
        });
        integral("torch.trapezoid", Tensor::trapezoid, Tensor::trapezoid);
        integral("torch.trapz", Tensor::trapezoid, Tensor::trapezoid);
        integral("torch.cumulative_trapezoid", Tensor::cumulativeTrapezoid, Tensor::cumulativeTrapezoid);
    }

    /** An integral over given points, or over points at a distance. */
    private interface Integral<P> {
        Tensor of(Tensor y, P points, int dim);
    }

    private static void integral(String op, Integral<Tensor> points, Integral<Number> distance) {
        add(op, a -> {
            a.only("x", "dx", "dim");
            int dim = a.dim(2, "dim", -1);
            if (given(a, 1, "x") instanceof Tensor x) {
                return points.of(a.tensor(0), x, dim);
            }
            return distance.of(a.tensor(0), a.has(9, "dx") ? a.number(9, "dx") : Integer.valueOf(1), dim);
        });
    }

    private static Tensor bincount(Arguments a) {
        a.only("weights", "minlength");
        Tensor weights = (Tensor) given(a, 1, "weights");
        return a.tensor(0).bincount(weights, a.dim(2, "minlength", 0));
    }

    private static Tensor histc(Arguments a) {
        a.only("bins", "min", "max");
        double min = a.has(2, "min") ? a.number(2, "min").doubleValue() : 0;
        double max = a.has(3, "max") ? a.number(3, "max").doubleValue() : 0;
        return a.tensor(0).histc(a.dim(1, "bins", 100), min, max);
    }

    private static void spread(String op, Spread spread) {
        add(op, a -> {
            a.only("dim", "unbiased", "keepdim", "correction");
            // var(x, unbiased), var(x, dim, unbiased, keepdim), and var(x, dim, correction=..., keepdim=...).
            boolean alone = a.positional().size() > 1 && a.positional().get(1) instanceof Boolean;
            int[] dims = alone ? null : dims(a, 1);
            Object correction = given(a, 9, "correction");
            boolean unbiased = flag(a, alone ? 1 : 2, "unbiased", true);
            long subtracted = correction instanceof Number number ? number.longValue() : unbiased ? 1 : 0;
            return spread.of(a.tensor(0), dims, subtracted, flag(a, 3, "keepdim", false));
        });
    }

    private static void typed(
            String op,
            BiFunction<Tensor, int[], Tensor> dropped,
            BiFunction<Tensor, int[], Tensor> kept,
            Typed droppedAs,
            Typed keptAs) {
        add(op, a -> {
            a.only("dim", "keepdim", "dtype");
            DType dtype = (DType) given(a, 3, "dtype");
            boolean keep = flag(a, 2, "keepdim", false);
            int[] dims = given(a, 1, "dim") == null ? ALL : a.dims(1, "dim");
            if (dtype != null) {
                return (keep ? keptAs : droppedAs).of(a.tensor(0), dtype, dims);
            }
            return (keep ? kept : dropped).apply(a.tensor(0), dims);
        });
    }

    private static void reduce(
            String op,
            UnaryOperator<Tensor> whole,
            BiFunction<Tensor, int[], Tensor> dropped,
            BiFunction<Tensor, int[], Tensor> kept) {
        add(op, a -> {
            a.only("dim", "keepdim");
            boolean keep = flag(a, 2, "keepdim", false);
            int[] dims = dims(a, 1);
            if (dims == null) {
                return keep ? kept.apply(a.tensor(0), ALL) : whole.apply(a.tensor(0));
            }
            return (keep ? kept : dropped).apply(a.tensor(0), dims);
        });
    }

    private static void extreme(
            String op,
            UnaryOperator<Tensor> whole,
            BiFunction<Tensor, Integer, ValuesIndices> dropped,
            BiFunction<Tensor, Integer, ValuesIndices> kept,
            BiFunction<Tensor, Tensor, Tensor> ofTwo) {
        add(op, a -> {
            a.only("dim", "keepdim", "other");
            if (a.has(1, "other") && a.get(1, "other") instanceof Tensor other) {
                return ofTwo.apply(a.tensor(0), other);
            }
            if (!a.has(1, "dim")) {
                return whole.apply(a.tensor(0));
            }
            int dim = a.dim(1, "dim", 0);
            return pair((flag(a, 2, "keepdim", false) ? kept : dropped).apply(a.tensor(0), dim));
        });
    }

    private static void position(
            String op,
            UnaryOperator<Tensor> whole,
            UnaryOperator<Tensor> wholeKept,
            BiFunction<Tensor, Integer, Tensor> dropped,
            BiFunction<Tensor, Integer, Tensor> kept) {
        add(op, a -> {
            a.only("dim", "keepdim");
            boolean keep = flag(a, 2, "keepdim", false);
            if (given(a, 1, "dim") == null) {
                return (keep ? wholeKept : whole).apply(a.tensor(0));
            }
            return (keep ? kept : dropped).apply(a.tensor(0), a.dim(1, "dim", 0));
        });
    }

    private static List<Object> pair(ValuesIndices pair) {
        return List.of(pair.values(), pair.indices());
    }

    /** An argument, or null if it was left out or is None. */
    static Object given(Arguments a, int place, String name) {
        Object value = a.has(place, name) ? a.get(place, name) : null;
        return value == Arguments.NONE ? null : value;
    }

    /** The dims, or null for all. */
    static int[] dims(Arguments a, int place) {
        return given(a, place, "dim") == null ? null : a.dims(place, "dim");
    }

    static boolean flag(Arguments a, int place, String name, boolean otherwise) {
        Object value = given(a, place, name);
        return value == null ? otherwise : (Boolean) value;
    }
}
