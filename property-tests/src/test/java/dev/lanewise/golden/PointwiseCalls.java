package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;

/** Functions of three tensors, masks and bounds. */
final class PointwiseCalls {
    private PointwiseCalls() {}

    static void fill() {
        add("torch.clamp", PointwiseCalls::clamped);
        add("torch.clip", PointwiseCalls::clipped);
        add(
                "torch.clamp_min",
                a -> Operand.call(x(a, "min"), Operand.of(a, 1, "min"), Tensor::clampMin, Tensor::clampMin));
        add(
                "torch.clamp_max",
                a -> Operand.call(x(a, "max"), Operand.of(a, 1, "max"), Tensor::clampMax, Tensor::clampMax));
        add("torch.where", PointwiseCalls::where);
        add("Tensor.where", a -> a.tensor(0).where(Operand.tensor(a, 1, "condition"), Operand.tensor(a, 2, "other")));
        add("torch.addcmul", a -> x(a, "tensor1", "tensor2", "value").addcmul(first(a), second(a), value(a)));
        add("torch.addcdiv", a -> x(a, "tensor1", "tensor2", "value").addcdiv(first(a), second(a), value(a)));
        add("torch.lerp", PointwiseCalls::lerp);
        add("Tensor.masked_fill", PointwiseCalls::filled);
        add("torch.masked_fill", PointwiseCalls::filled);
    }

    private static Tensor x(Arguments a, String... names) {
        return Operand.tensor(Operand.only(a, names), 0, "input");
    }

    static Tensor first(Arguments a) {
        return Operand.tensor(a, 1, "tensor1");
    }

    static Tensor second(Arguments a) {
        return Operand.tensor(a, 2, "tensor2");
    }

    static Number value(Arguments a) {
        return a.has(3, "value") ? a.number(3, "value") : 1;
    }

    private static Tensor clamped(Arguments a) {
        Object min = Operand.optional(a, 1, "min");
        Object max = Operand.optional(a, 2, "max");
        return min instanceof Tensor || max instanceof Tensor
                ? x(a, "min", "max").clamp((Tensor) min, (Tensor) max)
                : x(a, "min", "max").clamp((Number) min, (Number) max);
    }

    private static Tensor clipped(Arguments a) {
        Object min = Operand.optional(a, 1, "min");
        Object max = Operand.optional(a, 2, "max");
        return min instanceof Tensor || max instanceof Tensor
                ? x(a, "min", "max").clip((Tensor) min, (Tensor) max)
                : x(a, "min", "max").clip((Number) min, (Number) max);
    }

    private static Object where(Arguments a) {
        if (a.size() < 3) {
            return Tensor.where(a.only("condition").tensor(0));
        }
        Tensor condition = Operand.tensor(a.only("condition", "input", "self", "other"), 0, "condition");
        Object x = Operand.of(a, 1, a.named().containsKey("self") ? "self" : "input");
        Object y = Operand.of(a, 2, "other");
        if (x instanceof Number number) {
            return y instanceof Tensor other
                    ? Tensor.where(condition, number, other)
                    : Tensor.where(condition, number, (Number) y);
        }
        return y instanceof Tensor other
                ? Tensor.where(condition, (Tensor) x, other)
                : Tensor.where(condition, (Tensor) x, (Number) y);
    }

    private static Tensor lerp(Arguments a) {
        Tensor end = Operand.tensor(a, 1, "end");
        return Operand.call(
                x(a, "end", "weight"),
                Operand.of(a, 2, "weight"),
                (x, weight) -> x.lerp(end, weight),
                (x, weight) -> x.lerp(end, weight));
    }

    private static Tensor filled(Arguments a) {
        Tensor mask = Operand.tensor(a, 1, "mask");
        return Operand.call(
                x(a, "mask", "value"),
                Operand.of(a, 2, "value"),
                (x, value) -> x.maskedFill(mask, value),
                (x, value) -> x.maskedFill(mask, value));
    }
}
