package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.map;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.op.Promotion;
import java.util.ArrayList;
import java.util.List;

/** Factories, conversions and promotion. */
final class CreateCalls {
    private CreateCalls() {}

    static void fill() {
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
        add("torch.arange", CreateCalls::arange);
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
}
