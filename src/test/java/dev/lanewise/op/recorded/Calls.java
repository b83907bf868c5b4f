package dev.lanewise.op.recorded;

import dev.lanewise.DType;
import dev.lanewise.Index;
import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.autograd.Autograd;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Reduction;
import dev.lanewise.op.Promotion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The table of recorded operators that the library has, and how each is called. */
final class Calls {
    private static final Map<String, Function<Arguments, Object>> TABLE = new LinkedHashMap<>();

    private Calls() {}

    static {
        unary();
        binary();
        comparisons();
        reductions();
        shapes();
        indexing();
        products();
        inPlace();
        aliases();
        creation();
        secondOrder();
        functional();
    }

    /** The call of an operator, or null if the library has none. */
    static Function<Arguments, Object> of(String op) {
        return TABLE.get(op);
    }

    private static void add(String op, Function<Arguments, Object> call) {
        TABLE.put(op, call);
    }

    private static void map(String op, UnaryOperator<Tensor> f) {
        add(op, a -> f.apply(a.only().tensor(0)));
    }

    private static void unary() {
        map("torch.abs", Tensor::abs);
        map("torch.neg", Tensor::neg);
        map("torch.sign", Tensor::sign);
        map("torch.exp", Tensor::exp);
        map("torch.log", Tensor::log);
        map("torch.sqrt", Tensor::sqrt);
        map("torch.square", Tensor::square);
        map("torch.relu", Tensor::relu);
        map("torch.sigmoid", Tensor::sigmoid);
        map("torch.tanh", Tensor::tanh);
    }

    private static void binary(String op, BinaryOperator<Tensor> tensors, BiFunction<Tensor, Number, Tensor> numbers) {
        add(
                op,
                a -> a.only().positional().get(1) instanceof Tensor other
                        ? tensors.apply(a.tensor(0), other)
                        : numbers.apply(a.tensor(0), a.number(1, "other")));
    }

    private static void binary() {
        add(
                "torch.add",
                a -> a.named().containsKey("alpha")
                        ? a.only("alpha").tensor(0).add(a.tensor(1), a.number(9, "alpha"))
                        : a.only().get(1, "other") instanceof Tensor other
                                ? a.tensor(0).add(other)
                                : a.tensor(0).add(a.number(1, "other")));
        add(
                "torch.sub",
                a -> a.named().containsKey("alpha")
                        ? a.only("alpha").tensor(0).sub(a.tensor(1), a.number(9, "alpha"))
                        : a.only().get(1, "other") instanceof Tensor other
                                ? a.tensor(0).sub(other)
                                : a.tensor(0).sub(a.number(1, "other")));
        add("torch.rsub", a -> a.only("alpha").tensor(1).sub(a.tensor(0), a.number(9, "alpha")));
        binary("torch.mul", Tensor::mul, Tensor::mul);
        binary("torch.div", Tensor::div, Tensor::div);
        binary("torch.true_divide", Tensor::div, Tensor::div);
        binary("torch.maximum", Tensor::maximum, (x, n) -> x.maximum(Tensor.scalar(n)));
        binary("torch.minimum", Tensor::minimum, (x, n) -> x.minimum(Tensor.scalar(n)));
        add(
                "torch.pow",
                a -> a.get(0, "base") instanceof Number base
                        ? a.tensor(1).rpow(base)
                        : a.get(1, "exponent") instanceof Tensor exponent
                                ? a.tensor(0).pow(exponent)
                                : a.tensor(0).pow(a.number(1, "exponent")));
        add("torch.clamp", a -> a.positional().size() > 1 ? tensorBounds() : clamped(a));
        add("torch.clip", a -> a.tensor(0).clamp(a.number(1, "min"), a.number(2, "max")));
        add("torch.clamp_max", a -> a.tensor(0).clampMax(a.number(1, "max")));
        add(
                "torch.where",
                a -> a.positional().size() < 3
                        ? oneArgument()
                        : Tensor.where(a.tensor(0), a.tensor(1), operand(a.get(2, "other"))));
    }

    private static Tensor operand(Object value) {
        return value instanceof Tensor tensor ? tensor : Tensor.scalar((Number) value);
    }

    private static Object tensorBounds() {
        throw new Unsupported("tensors as bounds");
    }

    private static Object oneArgument() {
        throw new Unsupported("a condition alone");
    }

    private static Tensor clamped(Arguments a) {
        return a.tensor(0)
                .clamp((Number) a.named().get("min"), (Number) a.named().get("max"));
    }

    private static void comparisons() {
        binary("torch.eq", Tensor::eq, Tensor::eq);
        binary("torch.ne", Tensor::ne, Tensor::ne);
        binary("torch.lt", Tensor::lt, Tensor::lt);
        binary("torch.le", Tensor::le, Tensor::le);
        binary("torch.gt", Tensor::gt, Tensor::gt);
        binary("torch.ge", Tensor::ge, Tensor::ge);
    }

    private static void reduce(
            String op,
            UnaryOperator<Tensor> whole,
            BiFunction<Tensor, int[], Tensor> dropped,
            BiFunction<Tensor, int[], Tensor> kept) {
        add(op, a -> {
            a.only("dim", "keepdim");
            if (!a.has(1, "dim")) {
                return whole.apply(a.tensor(0));
            }
            return (a.flag("keepdim") ? kept : dropped).apply(a.tensor(0), a.dims(1, "dim"));
        });
    }

    private static void reductions() {
        reduce("torch.sum", Tensor::sum, Tensor::sum, Tensor::sumKeepDim);
        reduce("torch.mean", Tensor::mean, Tensor::mean, Tensor::meanKeepDim);
        reduce("torch.amax", Tensor::amax, Tensor::amax, Tensor::amaxKeepDim);
        reduce("torch.amin", Tensor::amin, Tensor::amin, Tensor::aminKeepDim);
        extreme("torch.max", Tensor::max, Tensor::max, Tensor::maxKeepDim);
        extreme("torch.min", Tensor::min, Tensor::min, Tensor::minKeepDim);
        add(
                "torch.argmax",
                a -> a.only("dim").has(1, "dim")
                        ? a.tensor(0).argmax(a.dim(1, "dim", 0))
                        : a.tensor(0).argmax());
        add(
                "torch.argmin",
                a -> a.only("dim").has(1, "dim")
                        ? a.tensor(0).argmin(a.dim(1, "dim", 0))
                        : a.tensor(0).argmin());
    }

    private static void extreme(
            String op,
            UnaryOperator<Tensor> whole,
            BiFunction<Tensor, Integer, ValuesIndices> dropped,
            BiFunction<Tensor, Integer, ValuesIndices> kept) {
        add(op, a -> {
            a.only("dim", "keepdim");
            if (!a.has(1, "dim")) {
                return whole.apply(a.tensor(0));
            }
            ValuesIndices pair = (a.flag("keepdim") ? kept : dropped).apply(a.tensor(0), a.dim(1, "dim", 0));
            return List.of(pair.values(), pair.indices());
        });
    }

    private static void shapes() {
        add("Tensor.view", a -> a.tensor(0).view(a.sizes(1)));
        add("torch.reshape", a -> a.tensor(0).reshape(a.sizes(1)));
        add("torch.flatten", a -> a.tensor(0).flatten(a.dim(1, "start_dim", 0), a.dim(2, "end_dim", -1)));
        map("torch.ravel", Tensor::flatten);
        add("torch.permute", a -> a.tensor(0).permute(a.dims(1, "dims")));
        add("torch.transpose", a -> a.tensor(0).transpose(a.dim(1, "dim0", 0), a.dim(2, "dim1", 0)));
        add("torch.swapaxes", a -> a.tensor(0).transpose(a.dim(1, "dim0", 0), a.dim(2, "dim1", 0)));
        map("torch.t", Tensor::t);
        add(
                "torch.squeeze",
                a -> a.size() > 1
                        ? a.tensor(0).squeeze(a.dim(1, "dim", 0))
                        : a.tensor(0).squeeze());
        add("torch.unsqueeze", a -> a.tensor(0).unsqueeze(a.dim(1, "dim", 0)));
        add("Tensor.expand", a -> a.tensor(0).expand(a.sizes(1)));
        add("torch.broadcast_to", a -> a.tensor(0).expand(a.sizes(1)));
        add("Tensor.expand_as", a -> a.tensor(0).expandAs(a.tensor(1)));
        add("torch.cat", a -> Tensor.cat(a.dim(1, "dim", 0), a.tensors(0)));
        add("torch.stack", a -> Tensor.stack(a.dim(1, "dim", 0), a.tensors(0)));
        add(
                "torch.narrow",
                a -> a.tensor(0)
                        .narrow(
                                a.dim(1, "dim", 0),
                                a.number(2, "start").longValue(),
                                a.number(3, "length").longValue()));
        add("torch.split", a -> a.tensor(0).split(a.number(1, "length").longValue(), a.dim(2, "dim", 0)));
        add("torch.unbind", a -> a.tensor(0).unbind(a.dim(1, "dim", 0)));
        add(
                "torch.diagonal",
                a -> a.tensor(0).diagonal(a.dim(1, "offset", 0), a.dim(2, "dim1", 0), a.dim(3, "dim2", 1)));
    }

    private static void indexing() {
        add("Tensor.__getitem__", a -> a.tensor(0).index(parts(a, 1)));
        add("Tensor.__setitem__", a -> {
            for (Object part : a.positional().subList(2, a.positional().size())) {
                if (part instanceof Tensor) {
                    throw new Unsupported("assignment to positions in a tensor");
                }
            }
            Tensor x = a.tensor(0).clone();
            Object value = a.get(1, "value");
            return value instanceof Number number
                    ? x.indexPut_(number, parts(a, 2))
                    : x.indexPut_(a.tensor(1), parts(a, 2));
        });
        add("torch.gather", a -> a.tensor(0).gather(a.dim(1, "dim", 0), a.tensor(2)));
        add("torch.index_select", a -> a.tensor(0).indexSelect(a.dim(1, "dim", 0), a.tensor(2)));
        add(
                "torch.select",
                a -> a.tensor(0).select(a.dim(1, "dim", 0), a.number(2, "index").longValue()));
    }

    private static Index[] parts(Arguments a, int from) {
        return a.positional().subList(from, a.positional().size()).stream()
                .map(Calls::part)
                .toArray(Index[]::new);
    }

    private static Index part(Object part) {
        if (part instanceof Number number) {
            return Index.at(number.longValue());
        }
        if (part instanceof Tensor tensor) {
            return Index.of(tensor);
        }
        if (part instanceof Arguments.Slice slice) {
            long start = slice.start() == null ? 0 : slice.start();
            long stop = slice.stop() == null ? Index.OPEN : slice.stop();
            return Index.range(start, stop, slice.step() == null ? 1 : slice.step());
        }
        if (part == Arguments.NONE) {
            return Index.newAxis();
        }
        if (part == Arguments.ELLIPSIS) {
            return Index.ellipsis();
        }
        throw new Unsupported("an index of kind " + part.getClass().getSimpleName());
    }

    private static void products() {
        add("torch.matmul", a -> a.tensor(0).matmul(a.tensor(1)));
        add("torch.mm", a -> a.tensor(0).mm(a.tensor(1)));
        add("torch.bmm", a -> a.tensor(0).bmm(a.tensor(1)));
        add("torch.mv", a -> a.tensor(0).mv(a.tensor(1)));
        add("torch.dot", a -> a.tensor(0).dot(a.tensor(1)));
        add(
                "F.linear",
                a -> Functional.linear(
                        a.tensor(0), a.tensor(1), a.get(2, "bias") instanceof Tensor bias ? bias : null));
    }

    /** In-place methods, called on a clone. */
    private static void change(String op, UnaryOperator<Tensor> f) {
        add(op, a -> f.apply(a.only().tensor(0).clone()));
    }

    private static void change(String op, BinaryOperator<Tensor> tensors, BiFunction<Tensor, Number, Tensor> numbers) {
        add(op, a -> {
            Tensor x = a.only().tensor(0).clone();
            return a.get(1, "other") instanceof Tensor other
                    ? tensors.apply(x, other)
                    : numbers.apply(x, a.number(1, "other"));
        });
    }

    private static void inPlace() {
        change("Tensor.add_", Tensor::add_, Tensor::add_);
        change("Tensor.sub_", Tensor::sub_, Tensor::sub_);
        change("Tensor.mul_", Tensor::mul_, Tensor::mul_);
        change("Tensor.div_", Tensor::div_, Tensor::div_);
        change("Tensor.copy_", Tensor::copy_, Tensor::fill_);
        add("Tensor.pow_", a -> a.tensor(0).clone().pow_(a.number(1, "exponent")));
        add("Tensor.fill_", a -> a.tensor(0).clone().fill_(a.number(1, "value")));
        add("Tensor.clamp_", a -> a.tensor(0).clone().clamp_(a.number(1, "min"), a.number(2, "max")));
        change("Tensor.neg_", Tensor::neg_);
        change("Tensor.exp_", Tensor::exp_);
        change("Tensor.log_", Tensor::log_);
        change("Tensor.sqrt_", Tensor::sqrt_);
        change("Tensor.abs_", Tensor::abs_);
        change("Tensor.relu_", Tensor::relu_);
        change("Tensor.sigmoid_", Tensor::sigmoid_);
        change("Tensor.tanh_", Tensor::tanh_);
        change("Tensor.zero_", Tensor::zero_);
        change("Tensor.square_", Tensor::square_);
    }

    /** Changes of a clone of the first tensor through views of it. */
    private static void alias(String op, BiConsumer<Tensor, Tensor> change) {
        add(op, a -> {
            Tensor y = a.tensor(0).clone();
            change.accept(y, a.tensor(1));
            return y;
        });
    }

    private static void aliases() {
        alias("alias.view", (y, v) -> y.view(-1).indexPut_(v, Index.range(1, 3)));
        alias("alias.transpose", (y, v) -> y.t().indexPut_(v, Index.at(0)));
        alias("alias.select", (y, v) -> y.get(1).mul_(v));
        alias("alias.narrow", (y, v) -> y.narrow(1, 0, 2).add_(v));
        alias("alias.diagonal", (y, v) -> y.diagonal(0, 0, 1).copy_(v));
        alias("alias.chain", (y, v) -> y.index(":, ::2").index("1:").t().mul_(v));
        alias("alias.unsqueeze", (y, v) -> y.unsqueeze(0).get(0).get(0).sub_(v));
    }

    private static void creation() {
        add("torch.promote_types", a -> DType.promote((DType) a.get(0, "a"), (DType) a.get(1, "b")));
        add(
                "torch.result_type",
                a -> a.get(1, "b") instanceof Tensor b
                        ? Tensor.resultType(a.tensor(0), b)
                        : Promotion.resultType(a.tensor(0).dtype(), a.number(1, "b")));
        add("Tensor.to", a -> a.tensor(0).to((DType) a.get(1, "dtype")));
        add(
                "torch.linspace",
                a -> Tensor.linspace(
                        a.dtype("dtype", DType.FLOAT32),
                        a.number(0, "start").doubleValue(),
                        a.number(1, "end").doubleValue(),
                        a.number(2, "steps").longValue()));
        add("torch.zeros", a -> Tensor.zeros(a.only().sizes(0)));
        add(
                "torch.ones",
                a -> Tensor.ones(
                        a.dtype("dtype", DType.FLOAT32), a.only("dtype").sizes(0)));
        map("torch.ones_like", Tensor::onesLike);
        add("torch.full_like", a -> Tensor.fullLike(a.tensor(0), a.number(1, "value")));
        add("torch.full", a -> {
            Number value = a.number(1, "value");
            return Tensor.full(a.dtype("dtype", Promotion.typeOf(value)), value, a.sizes(0));
        });
        add("torch.arange", Calls::arange);
    }

    private static Tensor arange(Arguments a) {
        List<Double> all = new ArrayList<>();
        boolean whole = true;
        for (int i = 0; i < a.only().positional().size(); i++) {
            all.add(a.number(i, "bound").doubleValue());
            whole &= a.number(i, "bound") instanceof Long;
        }
        double start = all.size() == 1 ? 0 : all.get(0);
        double end = all.size() == 1 ? all.get(0) : all.get(1);
        double step = all.size() > 2 ? all.get(2) : 1;
        return whole ? Tensor.arange((long) start, (long) end, (long) step) : Tensor.arange(start, end, step);
    }

    /** The gradient of ⟨f(x), w⟩ for fixed weights w, and its product with a direction v. */
    private static void second(String formula, UnaryOperator<Tensor> f) {
        add("grad of " + formula, a -> {
            Tensor x = a.tensor(0);
            Tensor y = f.apply(x);
            Tensor weights = Tensor.linspace(y.dtype(), 0.5, 1.5, y.numel())
                    .reshape(y.shape().toArray());
            Tensor g = Autograd.gradWithGraph(y.mul(weights).sum(), x)[0];
            return List.of(g, g.mul(a.tensor(1)).sum());
        });
    }

    private static void secondOrder() {
        second("x ** 3", x -> x.pow(3));
        second("exp(x)", Tensor::exp);
        second("log(x)", Tensor::log);
        second("tanh(x)", Tensor::tanh);
        second("sqrt(x)", Tensor::sqrt);
        second("x / (1 + x*x)", x -> x.div(x.mul(x).add(1)));
        second("softmax(x, -1)", x -> x.softmax(-1));
        second("log_softmax(x, -1)", x -> x.logSoftmax(-1));
        second("x @ x.T", x -> x.matmul(x.t()));
        second("x.sum(0) * x.mean(1, keepdim=True)", x -> x.sum(0).mul(x.meanKeepDim(1)));
        second("pow(x, x)", x -> x.pow(x));
    }

    private static void functional() {
        map("F.relu", Tensor::relu);
        map("F.sigmoid", Tensor::sigmoid);
        map("F.tanh", Tensor::tanh);
        add("F.softmax", a -> a.only("dim").tensor(0).softmax(a.dim(1, "dim", -1)));
        add("F.log_softmax", a -> a.only("dim").tensor(0).logSoftmax(a.dim(1, "dim", -1)));
        add("F.mse_loss", a -> Functional.mseLoss(a.tensor(0), a.tensor(1), reduction(a)));
        add("F.l1_loss", a -> Functional.l1Loss(a.tensor(0), a.tensor(1), reduction(a)));
        add("F.nll_loss", a -> Functional.nllLoss(a.tensor(0), classes(a), reduction(a)));
        add("F.cross_entropy", a -> Functional.crossEntropy(a.tensor(0), classes(a), reduction(a)));
    }

    private static Tensor classes(Arguments a) {
        if (a.tensor(1).isFloatingPoint()) {
            throw new Unsupported("probabilities as target");
        }
        return a.tensor(1);
    }

    private static Reduction reduction(Arguments a) {
        Object name = a.only("reduction").named().get("reduction");
        return name == null ? Reduction.MEAN : Reduction.valueOf(((String) name).toUpperCase(Locale.ROOT));
    }
}
