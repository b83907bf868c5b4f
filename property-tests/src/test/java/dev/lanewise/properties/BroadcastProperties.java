package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.op.BinaryOps;
import dev.lanewise.op.CompareOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.TernaryOps;
import dev.lanewise.testing.Layout;
import dev.lanewise.testing.Values;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefMath;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Operands of different shapes, in mixed layouts, are repeated as the reference does it. */
class BroadcastProperties {
    private static final Layout[] LAYOUTS = {
        Layout.CONTIGUOUS, Layout.TRANSPOSED, Layout.STEPPED, Layout.OFFSET, Layout.EXPANDED
    };

    @Provide
    Arbitrary<long[]> targets() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 4).array(long[].class).ofMaxSize(4),
                Arbitraries.of(new long[] {2, 33}, new long[] {3, 1, 65}, new long[] {17, 9}));
    }

    /** Which dimensions of an operand are 1, and how many are missing in front. */
    @Provide
    Arbitrary<Integer> masks() {
        return Arbitraries.integers().between(0, 63);
    }

    @Property(tries = 150)
    void twoAndThreeOperands(
            @ForAll("targets") long[] target,
            @ForAll("masks") int first,
            @ForAll("masks") int second,
            @ForAll("masks") int third,
            @ForAll DType type) {
        DType number = type == DType.BOOL ? DType.UINT8 : type;
        Tensor x = operand(number, shrunk(target, first), first);
        Tensor y = operand(number, shrunk(target, second), second);
        Tensor z = operand(number, shrunk(target, third), third);
        Ref a = Ref.read(x);
        Ref b = Ref.read(y);
        Ref c = Ref.read(z);
        String what = number + " " + x.shape() + " with " + y.shape() + " and " + z.shape();
        // 0-d operands of one dtype do not change it, so the dtype is the reference's.
        Same.check("sub " + what, Tolerance.EXACT, RefMath.binary(BinaryOps.SUB, a, b), x.sub(y));
        Same.check("le " + what, Tolerance.EXACT, RefMath.compare(CompareOps.LE, a, b), x.le(y));
        Ref clamped = RefMath.ternary(TernaryOps.CLAMP, number, a, b, c);
        Same.check("clamp " + what, Tolerance.EXACT, clamped, Dispatch.apply(TernaryOps.CLAMP, number, x, y, z));
        Ref condition = RefMath.compare(CompareOps.LE, a, b);
        Ref blended = RefMath.ternary(TernaryOps.WHERE, number, condition, b, c);
        Same.check("where " + what, Tolerance.EXACT, blended, Tensor.where(x.le(y), y, z));
    }

    private static long[] shrunk(long[] target, int mask) {
        int missing = Math.min(target.length, mask & 3);
        long[] out = Arrays.copyOfRange(target, missing, target.length);
        for (int d = 0; d < out.length; d++) {
            if ((mask >> (2 + d) & 1) != 0) {
                out[d] = 1;
            }
        }
        return out;
    }

    private static Tensor operand(DType type, long[] shape, int mask) {
        return LAYOUTS[mask % LAYOUTS.length].build(Values.within(type, shape, -3, 3, mask));
    }

    @Example
    void sizesThatDifferAreRefused() {
        Tensor a = Tensor.zeros(2, 3);
        for (long[] shape : new long[][] {{2}, {3, 2}, {4, 3}, {0, 3}, {2, 3, 2}}) {
            assertThrows(ShapeException.class, () -> a.add(Tensor.zeros(shape)), Arrays.toString(shape));
        }
    }
}
