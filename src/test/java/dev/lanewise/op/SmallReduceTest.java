package dev.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import org.junit.jupiter.api.Test;

/** A few neighbours are reduced on a way of their own, to the same bits as on the general one. */
class SmallReduceTest {
    @Test
    void sameBitsAsTheGeneralWay() {
        int checked = 0;
        for (ReduceOp op : ReduceOps.all()) {
            for (DType type : DType.values()) {
                for (int n = 1; n <= 66; n++) {
                    boolean takes = op.dtypes() != Op.DTypeRule.FLOATING || type.isFloatingPoint();
                    if (takes && !(op.dtypes() == Op.DTypeRule.NUMERIC && type == DType.BOOL)) {
                        check(op, type, n);
                        checked++;
                    }
                }
            }
        }
        assertTrue(checked > 1000, "only " + checked + " reductions were compared");
    }

    private static void check(ReduceOp op, DType type, int n) {
        Tensor x =
                Tensor.arange(0, n, 1).to(DType.FLOAT64).mul(0.37).sub(3).exp().to(type);
        Tensor alone = Dispatch.apply(op, ReduceOp.Args.all(x), x);
        Tensor rows = Tensor.stack(0, x, x);
        Tensor both = Dispatch.apply(op, ReduceOp.Args.of(op.name(), rows, false, 1), rows);
        String what = op + " of " + n + " " + type;
        assertEquals(both.dtype(), alone.dtype(), what);
        assertEquals(0, alone.dim(), what);
        assertArrayEquals(both.get(0).toDoubleArray(), alone.toDoubleArray(), what);
    }

    @Test
    void noElementsGiveTheIdentity() {
        assertEquals(0, Tensor.empty(0).sum().item());
        assertEquals("tensor(0)", Tensor.empty(DType.INT8, 2, 0).sum().toString());
    }

    @Test
    void specialsPass() {
        assertTrue(Double.isNaN(Tensor.of(1.0, Double.NaN, 2.0).max().item()));
        assertEquals(
                Double.doubleToLongBits(-0.0),
                Double.doubleToLongBits(Tensor.of(-0.0).max().item()));
        assertEquals(
                Double.POSITIVE_INFINITY,
                Tensor.of(1.0, Double.POSITIVE_INFINITY).sum().item());
    }
}
