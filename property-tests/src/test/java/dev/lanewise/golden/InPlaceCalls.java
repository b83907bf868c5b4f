package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.change;

import dev.lanewise.Index;
import dev.lanewise.Tensor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;

/** Methods that change their tensor, called on a clone. */
final class InPlaceCalls {
    private static final String OTHER = "other";

    private InPlaceCalls() {}

    static void fill() {
        arithmetic();
        functions();
        logic();
        pointwise();
        bounds();
        change("Tensor.neg_", Tensor::neg_);
        change("Tensor.sign_", Tensor::sign_);
        change("Tensor.logical_not_", Tensor::logicalNot_);
        change("Tensor.exp_", Tensor::exp_);
        change("Tensor.log_", Tensor::log_);
        change("Tensor.sqrt_", Tensor::sqrt_);
        change("Tensor.abs_", Tensor::abs_);
        change("Tensor.relu_", Tensor::relu_);
        change("Tensor.sigmoid_", Tensor::sigmoid_);
        change("Tensor.tanh_", Tensor::tanh_);
        change("Tensor.zero_", Tensor::zero_);
        change("Tensor.square_", Tensor::square_);
        aliases();
    }

    private static void arithmetic() {
        sum("Tensor.add_", Tensor::add_, Tensor::add_, Scaled.ADD);
        sum("Tensor.sub_", Tensor::sub_, Tensor::sub_, Scaled.SUB);
        pair("Tensor.mul_", OTHER, Tensor::mul_, Tensor::mul_);
        add("Tensor.div_", a -> {
            String mode = a.named().get("rounding_mode") instanceof String text ? text : null;
            Object other = Operand.of(a.only(OTHER, "rounding_mode"), 1, OTHER);
            return Operand.call(copy(a), other, (x, y) -> x.div_(y, mode), (x, y) -> x.div_(y, mode));
        });
        pair("Tensor.true_divide_", OTHER, Tensor::trueDivide_, Tensor::trueDivide_);
        pair("Tensor.floor_divide_", OTHER, Tensor::floorDivide_, Tensor::floorDivide_);
        pair("Tensor.fmod_", OTHER, Tensor::fmod_, Tensor::fmod_);
        pair("Tensor.remainder_", OTHER, Tensor::remainder_, Tensor::remainder_);
        pair("Tensor.pow_", "exponent", Tensor::pow_, Tensor::pow_);
        pair("Tensor.float_power_", "exponent", Tensor::floatPower_, Tensor::floatPower_);
        pair("Tensor.copy_", "src", Tensor::copy_, Tensor::fill_);
        pair("Tensor.fill_", "value", Tensor::fill_, Tensor::fill_);
    }

    private static void functions() {
        tensors("Tensor.ldexp_", Tensor::ldexp_);
        tensors("Tensor.atan2_", Tensor::atan2_);
        tensors("Tensor.hypot_", Tensor::hypot_);
        pair("Tensor.xlogy_", OTHER, Tensor::xlogy_, Tensor::xlogy_);
        pair("Tensor.copysign_", OTHER, Tensor::copysign_, Tensor::copysign_);
        pair("Tensor.heaviside_", "values", Tensor::heaviside_, Operand.none());
        tensors("Tensor.nextafter_", Tensor::nextafter_);
        tensors("Tensor.gcd_", Tensor::gcd_);
        tensors("Tensor.lcm_", Tensor::lcm_);
    }

    private static void logic() {
        tensors("Tensor.logical_and_", Tensor::logicalAnd_);
        tensors("Tensor.logical_or_", Tensor::logicalOr_);
        tensors("Tensor.logical_xor_", Tensor::logicalXor_);
        pair("Tensor.bitwise_and_", OTHER, Tensor::bitwiseAnd_, Tensor::bitwiseAnd_);
        pair("Tensor.bitwise_or_", OTHER, Tensor::bitwiseOr_, Tensor::bitwiseOr_);
        pair("Tensor.bitwise_xor_", OTHER, Tensor::bitwiseXor_, Tensor::bitwiseXor_);
        pair("Tensor.bitwise_left_shift_", OTHER, Tensor::bitwiseLeftShift_, Tensor::bitwiseLeftShift_);
        pair("Tensor.bitwise_right_shift_", OTHER, Tensor::bitwiseRightShift_, Tensor::bitwiseRightShift_);
        pair("Tensor.eq_", OTHER, Tensor::eq_, Tensor::eq_);
        pair("Tensor.ne_", OTHER, Tensor::ne_, Tensor::ne_);
        pair("Tensor.lt_", OTHER, Tensor::lt_, Tensor::lt_);
        pair("Tensor.le_", OTHER, Tensor::le_, Tensor::le_);
        pair("Tensor.gt_", OTHER, Tensor::gt_, Tensor::gt_);
        pair("Tensor.ge_", OTHER, Tensor::ge_, Tensor::ge_);
    }

    private static void pointwise() {
        add(
                "Tensor.addcmul_",
                a -> copy(a.only("tensor1", "tensor2", "value"))
                        .addcmul_(PointwiseCalls.first(a), PointwiseCalls.second(a), PointwiseCalls.value(a)));
        add(
                "Tensor.addcdiv_",
                a -> copy(a.only("tensor1", "tensor2", "value"))
                        .addcdiv_(PointwiseCalls.first(a), PointwiseCalls.second(a), PointwiseCalls.value(a)));
        add("Tensor.lerp_", a -> {
            Tensor end = Operand.tensor(a.only("end", "weight"), 1, "end");
            Object weight = Operand.of(a, 2, "weight");
            return Operand.call(copy(a), weight, (x, w) -> x.lerp_(end, w), (x, w) -> x.lerp_(end, w));
        });
        add("Tensor.masked_fill_", a -> {
            Tensor mask = Operand.tensor(a.only("mask", "value"), 1, "mask");
            Object value = Operand.of(a, 2, "value");
            return Operand.call(copy(a), value, (x, v) -> x.maskedFill_(mask, v), (x, v) -> x.maskedFill_(mask, v));
        });
    }

    private static void bounds() {
        add("Tensor.clamp_", InPlaceCalls::clamped);
        add("Tensor.clip_", a -> {
            Object min = Operand.optional(a.only("min", "max"), 1, "min");
            Object max = Operand.optional(a, 2, "max");
            return min instanceof Tensor || max instanceof Tensor
                    ? copy(a).clip_((Tensor) min, (Tensor) max)
                    : copy(a).clip_((Number) min, (Number) max);
        });
        pair("Tensor.clamp_min_", "min", Tensor::clampMin_, Tensor::clampMin_);
        pair("Tensor.clamp_max_", "max", Tensor::clampMax_, Tensor::clampMax_);
    }

    private static Tensor clamped(Arguments a) {
        Object min = Operand.optional(a.only("min", "max"), 1, "min");
        Object max = Operand.optional(a, 2, "max");
        return min instanceof Tensor || max instanceof Tensor
                ? copy(a).clamp_((Tensor) min, (Tensor) max)
                : copy(a).clamp_((Number) min, (Number) max);
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

    /** Changes of a clone of the first tensor through views of it. */
    private static void alias(String op, BiConsumer<Tensor, Tensor> change) {
        add(op, a -> {
            Tensor y = a.tensor(0).clone();
            change.accept(y, a.tensor(1));
            return y;
        });
    }

    private static Tensor copy(Arguments a) {
        return a.tensor(0).clone();
    }

    private static void tensors(String op, BinaryOperator<Tensor> f) {
        pair(op, OTHER, f, Operand.none());
    }

    private static void pair(
            String op, String second, BinaryOperator<Tensor> tensors, BiFunction<Tensor, Number, Tensor> numbers) {
        add(op, a -> Operand.call(copy(a.only(second)), Operand.of(a, 1, second), tensors, numbers));
    }

    /** The forms of a sum with a factor. */
    private enum Scaled {
        ADD,
        SUB;

        Tensor of(Tensor x, Tensor other, Number alpha) {
            return this == ADD ? x.add_(other, alpha) : x.sub_(other, alpha);
        }

        Tensor of(Tensor x, Number other, Number alpha) {
            return this == ADD ? x.add_(other, alpha) : x.sub_(other, alpha);
        }
    }

    private static void sum(
            String op, BinaryOperator<Tensor> tensors, BiFunction<Tensor, Number, Tensor> numbers, Scaled scaled) {
        add(op, a -> {
            Object other = Operand.of(a.only(OTHER, "alpha"), 1, OTHER);
            if (!a.has(2, "alpha")) {
                return Operand.call(copy(a), other, tensors, numbers);
            }
            Number alpha = a.number(2, "alpha");
            return other instanceof Tensor tensor
                    ? scaled.of(copy(a), tensor, alpha)
                    : scaled.of(copy(a), (Number) other, alpha);
        });
    }
}
