package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.Tensor;
import dev.lanewise.op.BinaryOps;
import dev.lanewise.op.CompareOps;
import dev.lanewise.op.Promotion;
import dev.lanewise.op.TernaryOps;
import dev.lanewise.testing.Layout;
import dev.lanewise.testing.Values;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefMath;
import dev.lanewise.testing.reference.RefTypes;
import net.jqwik.api.Example;

/** Type promotion, for all pairs of dtypes and all standings: with dimensions, 0-d, and plain numbers. */
class PromotionProperties {
    private static final long[][] STANDINGS = {{3}, {}};

    @Example
    void pairsOfDTypes() {
        for (DType a : DType.values()) {
            for (DType b : DType.values()) {
                assertEquals(RefTypes.promote(a, b), DType.promote(a, b), a + " with " + b);
            }
        }
    }

    @Example
    void tensorsWithTensors() {
        for (DType a : DType.values()) {
            for (DType b : DType.values()) {
                for (long[] left : STANDINGS) {
                    for (long[] right : STANDINGS) {
                        check(values(a, left, 1), values(b, right, 2));
                    }
                }
            }
        }
    }

    private static Ref values(DType type, long[] shape, long seed) {
        return Values.within(type, shape, 1, 3, seed);
    }

    private static void check(Ref a, Ref b) {
        Tensor x = Layout.CONTIGUOUS.build(a);
        Tensor y = Layout.CONTIGUOUS.build(b);
        String what = a + " with " + b;
        DType expected = RefTypes.result(a, b);
        assertEquals(expected, Tensor.resultType(x, y), what);
        assertEquals(expected, Promotion.resultType(new Tensor[] {x, y}), what);
        Same.check("add of " + what, Tolerance.EXACT, RefMath.binary(BinaryOps.ADD, a, b), x.add(y));
        Same.check("div of " + what, Tolerance.EXACT, RefMath.binary(BinaryOps.DIV, a, b), x.div(y));
        Same.check("maximum of " + what, Tolerance.EXACT, RefMath.binary(BinaryOps.MAXIMUM, a, b), x.maximum(y));
        Same.check("lt of " + what, Tolerance.EXACT, RefMath.compare(CompareOps.LT, a, b), x.lt(y));
        Ref condition = Ref.integral(DType.BOOL, new long[] {3}, 1, 0, 1);
        Ref blended = RefMath.ternary(TernaryOps.WHERE, expected, condition, a, b);
        Tensor where = Tensor.where(Layout.CONTIGUOUS.build(condition), x, y);
        Same.check("where of " + what, Tolerance.EXACT, blended, where);
    }

    @Example
    void tensorsWithNumbers() {
        Number[] numbers = {2, 2L, 2.5, 2.5f, (short) 2, (byte) 2};
        for (DType type : DType.values()) {
            for (long[] shape : STANDINGS) {
                Ref a = values(type, shape, 3);
                for (Number number : numbers) {
                    checkNumber(a, number);
                }
            }
        }
    }

    private static void checkNumber(Ref a, Number number) {
        Tensor x = Layout.CONTIGUOUS.build(a);
        DType type = RefTypes.result(a.dtype(), number);
        String what = a + " with " + number.getClass().getSimpleName() + " " + number;
        assertEquals(type, Promotion.resultType(a.dtype(), number), what);
        Ref b = type.isFloatingPoint()
                ? Ref.floating(type, new long[0], number.doubleValue())
                : Ref.integral(type, new long[0], number.longValue());
        Same.check("add of " + what, Tolerance.EXACT, RefMath.binary(BinaryOps.ADD, type, a, b), x.add(number));
        Same.check("mul of " + what, Tolerance.EXACT, RefMath.binary(BinaryOps.MUL, type, a, b), x.mul(number));
        if (a.dtype() == DType.BOOL) {
            assertThrows(DTypeException.class, () -> x.rsub(number), what);
        } else {
            Same.check("rsub of " + what, Tolerance.EXACT, RefMath.binary(BinaryOps.SUB, type, b, a), x.rsub(number));
        }
        DType quotient = type.isFloatingPoint() ? type : DType.FLOAT32;
        Same.check("div of " + what, Tolerance.EXACT, RefMath.binary(BinaryOps.DIV, quotient, a, b), x.div(number));
        Ref greater = RefMath.compare(CompareOps.GE, a.cast(type), b);
        Same.check("ge of " + what, Tolerance.EXACT, greater, x.ge(number));
    }
}
