package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;

/** Functions of two tensors or numbers, and comparisons. */
final class BinaryCalls {
    private static final String INPUT = "input";
    private static final String OTHER = "other";

    private BinaryCalls() {}

    static void fill() {
        sums();
        add("torch.div", BinaryCalls::quotient);
        pair("torch.mul", OTHER, Tensor::mul, Tensor::mul, (n, x) -> x.mul(n));
        pair("torch.true_divide", OTHER, Tensor::trueDivide, Tensor::trueDivide, (n, x) -> x.rdiv(n));
        pair("torch.floor_divide", OTHER, Tensor::floorDivide, Tensor::floorDivide, Tensor::floorDivide);
        pair("torch.fmod", OTHER, Tensor::fmod, Tensor::fmod, Operand.none());
        pair("torch.remainder", OTHER, Tensor::remainder, Tensor::remainder, Tensor::remainder);
        pair("torch.pow", "exponent", Tensor::pow, Tensor::pow, Tensor::pow);
        pair("torch.float_power", "exponent", Tensor::floatPower, Tensor::floatPower, Tensor::floatPower);
        functions();
        logic();
        comparisons();
        closeness();
    }

    private static void sums() {
        add("torch.add", a -> sum(a, Tensor::add, Tensor::add, Scaled.ADD));
        add("torch.sub", a -> sum(a, Tensor::sub, Tensor::sub, Scaled.SUB));
        add("torch.rsub", a -> sum(a, Tensor::rsub, Tensor::rsub, Scaled.RSUB));
    }

    private static void functions() {
        tensors("torch.maximum", Tensor::maximum);
        tensors("torch.minimum", Tensor::minimum);
        tensors("torch.fmax", Tensor::fmax);
        tensors("torch.fmin", Tensor::fmin);
        tensors("torch.atan2", Tensor::atan2);
        tensors("torch.hypot", Tensor::hypot);
        tensors("torch.ldexp", Tensor::ldexp);
        tensors("torch.logaddexp", Tensor::logaddexp);
        tensors("torch.logaddexp2", Tensor::logaddexp2);
        tensors("torch.nextafter", Tensor::nextafter);
        tensors("torch.gcd", Tensor::gcd);
        tensors("torch.lcm", Tensor::lcm);
        pair("torch.heaviside", "values", Tensor::heaviside, Operand.none(), Operand.none());
        pair("torch.xlogy", OTHER, Tensor::xlogy, Tensor::xlogy, Tensor::xlogy);
        pair("torch.copysign", OTHER, Tensor::copysign, Tensor::copysign, Operand.none());
    }

    private static void logic() {
        tensors("torch.logical_and", Tensor::logicalAnd);
        tensors("torch.logical_or", Tensor::logicalOr);
        tensors("torch.logical_xor", Tensor::logicalXor);
        pair("torch.bitwise_and", OTHER, Tensor::bitwiseAnd, Tensor::bitwiseAnd, Tensor::bitwiseAnd);
        pair("torch.bitwise_or", OTHER, Tensor::bitwiseOr, Tensor::bitwiseOr, Tensor::bitwiseOr);
        pair("torch.bitwise_xor", OTHER, Tensor::bitwiseXor, Tensor::bitwiseXor, Tensor::bitwiseXor);
        pair(
                "torch.bitwise_left_shift",
                OTHER,
                Tensor::bitwiseLeftShift,
                Tensor::bitwiseLeftShift,
                Tensor::bitwiseLeftShift);
        pair(
                "torch.bitwise_right_shift",
                OTHER,
                Tensor::bitwiseRightShift,
                Tensor::bitwiseRightShift,
                Tensor::bitwiseRightShift);
    }

    private static void comparisons() {
        pair("torch.eq", OTHER, Tensor::eq, Tensor::eq, Operand.none());
        pair("torch.ne", OTHER, Tensor::ne, Tensor::ne, Operand.none());
        pair("torch.lt", OTHER, Tensor::lt, Tensor::lt, Operand.none());
        pair("torch.le", OTHER, Tensor::le, Tensor::le, Operand.none());
        pair("torch.gt", OTHER, Tensor::gt, Tensor::gt, Operand.none());
        pair("torch.ge", OTHER, Tensor::ge, Tensor::ge, Operand.none());
    }

    private static void closeness() {
        add("torch.equal", a -> x(a).equal(Operand.tensor(Operand.only(a, OTHER), 1, OTHER)));
        add("torch.isclose", a -> {
            Tensor other = Operand.tensor(Operand.only(a, OTHER, "rtol", "atol", "equal_nan"), 1, OTHER);
            return x(a).isclose(other, rtol(a), atol(a), equalNan(a));
        });
        add("torch.allclose", a -> {
            Tensor other = Operand.tensor(Operand.only(a, OTHER, "rtol", "atol", "equal_nan"), 1, OTHER);
            return x(a).allclose(other, rtol(a), atol(a), equalNan(a));
        });
    }

    private static Tensor x(Arguments a) {
        return Operand.tensor(a, 0, INPUT);
    }

    private static double rtol(Arguments a) {
        return a.has(2, "rtol") ? a.number(2, "rtol").doubleValue() : 1e-5;
    }

    private static double atol(Arguments a) {
        return a.has(3, "atol") ? a.number(3, "atol").doubleValue() : 1e-8;
    }

    private static boolean equalNan(Arguments a) {
        return a.has(4, "equal_nan") && Boolean.TRUE.equals(a.get(4, "equal_nan"));
    }

    private static Tensor quotient(Arguments a) {
        Object x = Operand.of(Operand.only(a, OTHER, "rounding_mode"), 0, INPUT);
        Object other = Operand.of(a, 1, OTHER);
        String mode = a.named().get("rounding_mode") instanceof String text ? text : null;
        if (x instanceof Number number) {
            Tensor first = Tensor.scalar(Tensor.resultType((Tensor) other, Tensor.scalar(number)), number);
            return first.div((Tensor) other, mode);
        }
        return Operand.call((Tensor) x, other, (y, z) -> y.div(z, mode), (y, z) -> y.div(z, mode));
    }

    /** The forms of a sum with a factor. */
    private enum Scaled {
        ADD,
        SUB,
        RSUB;

        Tensor of(Tensor x, Tensor other, Number alpha) {
            return switch (this) {
                case ADD -> x.add(other, alpha);
                case SUB -> x.sub(other, alpha);
                case RSUB -> x.rsub(other, alpha);
            };
        }

        Tensor of(Tensor x, Number other, Number alpha) {
            return switch (this) {
                case ADD -> x.add(other, alpha);
                case SUB -> x.sub(other, alpha);
                case RSUB -> x.rsub(other, alpha);
            };
        }
    }

    private static Tensor sum(
            Arguments a, BinaryOperator<Tensor> tensors, BiFunction<Tensor, Number, Tensor> numbers, Scaled scaled) {
        Object x = Operand.of(Operand.only(a, OTHER, "alpha"), 0, INPUT);
        Object other = Operand.of(a, 1, OTHER);
        Tensor self = x instanceof Number number ? Tensor.scalar(number) : (Tensor) x;
        if (!a.has(2, "alpha")) {
            return Operand.call(self, other, tensors, numbers);
        }
        Number alpha = a.number(2, "alpha");
        return other instanceof Tensor tensor ? scaled.of(self, tensor, alpha) : scaled.of(self, (Number) other, alpha);
    }

    private static void tensors(String op, BinaryOperator<Tensor> f) {
        pair(op, OTHER, f, Operand.none(), Operand.none());
    }

    /** A function of two tensors, of a tensor and a number, or of a number and a tensor. */
    private static void pair(
            String op,
            String second,
            BinaryOperator<Tensor> tensors,
            BiFunction<Tensor, Number, Tensor> numberLast,
            BiFunction<Number, Tensor, Tensor> numberFirst) {
        add(op, a -> {
            Object x = Operand.of(Operand.only(a, second), 0, INPUT);
            Object other = Operand.of(a, 1, second);
            return x instanceof Number number
                    ? numberFirst.apply(number, (Tensor) other)
                    : Operand.call((Tensor) x, other, tensors, numberLast);
        });
    }
}
