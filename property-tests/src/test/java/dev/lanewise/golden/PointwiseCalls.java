package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;

/** Functions of three tensors, masks and bounds. */
final class PointwiseCalls {
    private PointwiseCalls() {}

    static void fill() {
        add("torch.clamp", PointwiseCalls::clamped);
        add("torch.clip", a -> a.tensor(0).clamp(a.number(1, "min"), a.number(2, "max")));
        add("torch.clamp_max", a -> a.tensor(0).clampMax(a.number(1, "max")));
        add("torch.where", PointwiseCalls::where);
    }

    private static Tensor clamped(Arguments a) {
        if (a.positional().size() > 1) {
            throw new Unsupported("tensors as bounds");
        }
        return a.tensor(0)
                .clamp((Number) a.named().get("min"), (Number) a.named().get("max"));
    }

    private static Object where(Arguments a) {
        if (a.size() < 3) {
            return Tensor.where(a.only("condition").tensor(0));
        }
        return Tensor.where(a.tensor(0), a.tensor(1), operand(a.get(2, "other")));
    }

    private static Tensor operand(Object value) {
        return value instanceof Tensor tensor ? tensor : Tensor.scalar((Number) value);
    }
}
