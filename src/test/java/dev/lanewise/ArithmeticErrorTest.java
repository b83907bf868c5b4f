package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What wrong calls of arithmetic, logic and bits say, word for word. */
class ArithmeticErrorTest {
    private static final Pattern FORM = Pattern.compile("\\w+: [^\\n]*[^ .]\\.( [A-Z][^\\n]*\\.)?");

    private final Tensor ints = Tensor.of(1, 2);
    private final Tensor floats = Tensor.of(1.0, 2.0);
    private final Tensor truth = Tensor.of(true, false);

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        String got = assertThrows(type, call).getMessage();
        assertEquals(message, got);
        assertTrue(FORM.matcher(got).matches(), got);
    }

    @Test
    void division() {
        refused(
                IllegalArgumentException.class,
                "floorDivide: integers cannot be divided by 0 [self: int64[2], other: int64[]]. "
                        + "Convert with to(DType.FLOAT32) to get infinity or NaN.",
                () -> ints.floorDivide(0));
        refused(
                IllegalArgumentException.class,
                "remainder_: integers cannot be divided by 0 [self: int64[2], other: int64[2]]. "
                        + "Convert with to(DType.FLOAT32) to get infinity or NaN.",
                () -> ints.remainder_(Tensor.of(1, 0)));
        refused(
                IllegalArgumentException.class,
                "div: the rounding mode must be known, expected null, \"trunc\" or \"floor\", got up.",
                () -> ints.div(floats, "up"));
        refused(
                ShapeException.class,
                "div: shapes must broadcast, expected sizes that are equal or 1 in each dimension, counted from the last,"
                        + " got 2 and 3 in dimension -1 [a: [2], b: [3]]. Use reshape or unsqueeze to line the"
                        + " dimensions up.",
                () -> ints.div(Tensor.of(1, 2, 3), "trunc"));
        refused(
                DTypeException.class,
                "fmod: must be called on numbers, expected a numeric dtype, got bool. "
                        + "Convert with to(DType.UINT8) or use a logical operation.",
                () -> truth.fmod(truth.logicalOr(truth).logicalOr(Tensor.of(1))));
    }

    @Test
    void sums() {
        refused(
                DTypeException.class,
                "sub: booleans cannot be subtracted [self: bool[2], other: bool[2]]. "
                        + "Use logicalXor, or convert with to(DType.INT64).",
                () -> truth.sub(truth));
        refused(
                DTypeException.class,
                "sub: booleans cannot be subtracted [self: float32[2], other: bool[2]]. "
                        + "Use logicalXor, or convert with to(DType.INT64).",
                () -> floats.sub(truth));
        refused(
                DTypeException.class,
                "rsub: booleans cannot be subtracted [self: bool[2]]. "
                        + "Use logicalXor, or convert with to(DType.INT64).",
                () -> truth.rsub(1));
        refused(
                DTypeException.class,
                "sub: alpha must be a whole number for integer tensors, got 0.5 [self: int64[2], other: int64[2]].",
                () -> ints.sub(ints, 0.5));
        refused(
                IllegalArgumentException.class,
                "add: alpha must lie within the range of int8, got 300. Convert the tensor with to(...) first.",
                () -> ints.to(DType.INT8).add(ints.to(DType.INT8), 300));
    }

    @Test
    void powers() {
        refused(
                DTypeException.class,
                "floatPower_: the base must be float64 [self: float32[2]]. Use floatPower to get a new tensor.",
                () -> floats.floatPower_(2));
        refused(
                DTypeException.class,
                "pow_: the result must fit the dtype of self, expected at most int64, got float32 [self: int64[2]]. "
                        + "Convert self with to(DType.FLOAT32), or use the form without underscore.",
                () -> ints.pow_(floats));
    }

    @Test
    void bits() {
        refused(
                DTypeException.class,
                "bitwiseAnd: must be called on integers, expected an integer dtype or bool, got float32. "
                        + "Convert with to(DType.INT64) first.",
                () -> floats.bitwiseAnd(ints));
        refused(
                DTypeException.class,
                "gcd: must be called on integers, expected an integer dtype, got bool. "
                        + "Convert with to(DType.INT64) first.",
                () -> truth.gcd(truth));
        refused(
                DTypeException.class,
                "bitwiseLeftShift: must be called on integers, expected an integer dtype, got float32. "
                        + "Convert with to(DType.INT64) first.",
                () -> ints.bitwiseLeftShift(1.5));
    }

    @Test
    void dtypesThatMustBeOne() {
        refused(
                DTypeException.class,
                "heaviside: both tensors must have the same dtype [self: float32[2], values: int64[2]]. "
                        + "Convert one with to(...).",
                () -> floats.heaviside(ints));
        refused(
                DTypeException.class,
                "isclose: both tensors must have the same dtype [self: float32[2], other: int64[2]]. "
                        + "Convert one with to(...).",
                () -> floats.allclose(ints));
        refused(
                IllegalArgumentException.class,
                "isclose: tolerances must not be negative, got rtol -1.0, atol 0.0.",
                () -> floats.isclose(floats, -1, 0));
        refused(
                DTypeException.class,
                "nextafter: the dtype must be float32 or float64, got int64 [self: int64[2], other: int64[2]].",
                () -> ints.nextafter(ints));
        refused(
                DTypeException.class,
                "lerp: all tensors must have one floating-point dtype "
                        + "[self: float32[2], end: int64[2], weight: float32[]]. Convert with to(...).",
                () -> floats.lerp(ints, 0.5));
        refused(
                DTypeException.class,
                "addcdiv: one of the tensors to divide must be floating point [tensor1: int64[2], tensor2: int64[2]]. "
                        + "Convert one with to(DType.FLOAT32), or use addcmul with a rounded quotient.",
                () -> floats.addcdiv(ints, ints));
    }

    @Test
    void masksAndBounds() {
        refused(
                DTypeException.class,
                "maskedFill: the mask must be bool, got float32 [mask: float32[2]]. "
                        + "Compare first, for example with ne(0).",
                () -> ints.maskedFill(floats, 1));
        refused(
                ShapeException.class,
                "maskedFill: the value must be a number or a 0-d tensor [value: int64[2]]. "
                        + "Use where for a tensor of values.",
                () -> ints.maskedFill(truth, ints));
        refused(
                IllegalArgumentException.class,
                "maskedFill: value must lie within the range of uint8, got 256. Convert the tensor with to(...) first.",
                () -> ints.to(DType.UINT8).maskedFill(truth, 256));
        refused(
                IllegalArgumentException.class,
                "fill_: value must lie within the range of float16, got 70000. Convert the tensor with to(...) first.",
                () -> floats.to(DType.FLOAT16).fill_(70000));
        refused(
                ShapeException.class,
                "fill_: the value must be a number or a 0-d tensor [value: int64[2]]. Use copy_ for a tensor of values.",
                () -> floats.clone().fill_(ints));
        refused(
                IllegalArgumentException.class,
                "clamp: at least one of min and max must be given.",
                () -> floats.clamp((Tensor) null, (Tensor) null));
        refused(
                ShapeException.class,
                "clamp_: result shape [2, 2] does not fit into self [2] [self: float32[2], other: float32[2, 2]]. "
                        + "Use clamp to get a new tensor.",
                () -> floats.clone().clamp_(Tensor.zeros(2, 2), null));
    }

    @Test
    void backward() {
        refused(
                GradException.class,
                "backward: floorDivide has no derivative: PyTorch defines none; div with rounding mode floor has the"
                        + " derivative 0. Call detach() on its input or result to leave it out of the graph.",
                () -> Tensor.of(1.0, 2).requiresGrad_().floorDivide(2).sum().backward());
        refused(
                GradException.class,
                "lerp_: a leaf that requires grad cannot be changed in place [self: float32[2]]. "
                        + "Do it inside GradMode.noGrad(...), or use the form without underscore.",
                () -> Tensor.of(1.0, 2).requiresGrad_().lerp_(floats, 0.5));
    }
}
