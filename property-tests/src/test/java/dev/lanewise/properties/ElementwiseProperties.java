package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.Tensor;
import dev.lanewise.op.BinaryOp;
import dev.lanewise.op.CompareOp;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.Op;
import dev.lanewise.op.Ops;
import dev.lanewise.op.TernaryOp;
import dev.lanewise.op.TernaryOps;
import dev.lanewise.op.UnaryOp;
import dev.lanewise.testing.Layout;
import dev.lanewise.testing.Sample;
import dev.lanewise.testing.TensorArbitraries;
import dev.lanewise.testing.reference.Ref;
import dev.lanewise.testing.reference.RefMath;
import dev.lanewise.testing.reference.RefTypes;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every elementwise op × every dtype it takes × layouts × sizes × special values: a new result equals the reference. */
class ElementwiseProperties {
    @Provide
    Arbitrary<Sample> samples() {
        return TensorArbitraries.samples(4);
    }

    @Example
    void everyOpInEveryLayoutAtEverySize() {
        int checked = 0;
        List<Long> sizes = TensorArbitraries.allLaneSizes();
        for (int i = 0; i < sizes.size(); i++) {
            // Each size meets two layouts; all layouts meet small, odd and large sizes as i goes round.
            for (int turn = 0; turn < 2; turn++) {
                Layout layout = Layout.values()[(i + 3 * turn) % Layout.values().length];
                long[] shape = i % 2 == 0 ? new long[] {sizes.get(i)} : new long[] {2, sizes.get(i)};
                Sample sample = Sample.of(layout, shape, i, turn == 1);
                for (Op op : Ops.all()) {
                    checked += check(op, sample);
                }
            }
        }
        assertTrue(checked > 1000, "only " + checked + " calls were compared");
    }

    @Property(tries = 60)
    void unary(@ForAll("samples") Sample sample) {
        Ops.all().stream().filter(UnaryOp.class::isInstance).forEach(op -> check(op, sample));
    }

    @Property(tries = 60)
    void binary(@ForAll("samples") Sample sample) {
        Ops.all().stream().filter(BinaryOp.class::isInstance).forEach(op -> check(op, sample));
    }

    @Property(tries = 40)
    void compare(@ForAll("samples") Sample sample) {
        Ops.all().stream().filter(CompareOp.class::isInstance).forEach(op -> check(op, sample));
    }

    @Property(tries = 40)
    void ternary(@ForAll("samples") Sample sample) {
        Ops.all().stream().filter(TernaryOp.class::isInstance).forEach(op -> check(op, sample));
    }

    @Example
    void aDTypeThatAnOpDoesNotTakeIsRefused() {
        int refused = 0;
        for (Op op : Ops.all()) {
            if (RefTypes.compute(op, DType.BOOL) == null && op instanceof UnaryOp unary) {
                assertThrows(DTypeException.class, () -> Dispatch.apply(unary, Tensor.of(true, false)), op.name());
                refused++;
            } else if (RefTypes.compute(op, DType.BOOL) == null && op instanceof BinaryOp binary) {
                Tensor x = Tensor.of(true, false);
                assertThrows(DTypeException.class, () -> Dispatch.apply(binary, x, x), op.name());
                refused++;
            }
        }
        assertTrue(refused > 0, "no op refuses booleans");
    }

    /** Compares an elementwise op in all its dtypes; gives the number of calls. */
    private static int check(Op op, Sample sample) {
        if (op instanceof UnaryOp unary) {
            return checkUnary(unary, sample);
        }
        if (op instanceof BinaryOp binary) {
            return checkBinary(binary, sample);
        }
        if (op instanceof CompareOp compare) {
            return checkCompare(compare, sample);
        }
        return op instanceof TernaryOp ternary ? checkTernary(ternary, sample) : 0;
    }

    private static int checkUnary(UnaryOp op, Sample sample) {
        for (DType type : TensorArbitraries.dtypesOf(op)) {
            Tensor x = sample.tensor(type, op.low(), op.high());
            Ref before = Ref.read(x);
            Tensor y = Dispatch.apply(op, x);
            Same.check(what(op, type, sample), Tolerance.of(op.name()), RefMath.unary(op, before), y);
            Same.check(what(op, type, sample) + " left its input", Tolerance.EXACT, before, x);
        }
        return TensorArbitraries.dtypesOf(op).size();
    }

    private static int checkBinary(BinaryOp op, Sample sample) {
        for (DType type : TensorArbitraries.dtypesOf(op)) {
            Tensor x = sample.tensor(type, op.low(), op.high());
            Tensor y = sample.reseeded(1).tensor(type, op.low(), op.high());
            Ref a = Ref.read(x);
            Ref b = Ref.read(y);
            String what = what(op, type, sample);
            Tolerance tolerance = Tolerance.of(op.name());
            Same.check(what, tolerance, RefMath.binary(op, a, b), Dispatch.apply(op, x, y));
            Same.check(what + " aliased", tolerance, RefMath.binary(op, a, a), Dispatch.apply(op, x, x));
            Tensor row = y.contiguous();
            Same.check(what + " with a row-major one", tolerance, RefMath.binary(op, a, b), Dispatch.apply(op, x, row));
        }
        return 3 * TensorArbitraries.dtypesOf(op).size();
    }

    private static int checkCompare(CompareOp op, Sample sample) {
        for (DType type : DType.values()) {
            Tensor x = sample.tensor(type, op.low(), op.high());
            Tensor y = sample.reseeded(1).tensor(type, op.low(), op.high());
            Ref a = Ref.read(x);
            String what = what(op, type, sample);
            Same.check(what, Tolerance.EXACT, RefMath.compare(op, a, Ref.read(y)), Dispatch.apply(op, x, y));
            Same.check(what + " aliased", Tolerance.EXACT, RefMath.compare(op, a, a), Dispatch.apply(op, x, x));
        }
        return 2 * DType.values().length;
    }

    private static int checkTernary(TernaryOp op, Sample sample) {
        for (DType type : TensorArbitraries.dtypesOf(op)) {
            DType first = op == TernaryOps.WHERE ? DType.BOOL : type;
            Tensor x = sample.tensor(first, op.low(), op.high());
            Tensor y = sample.reseeded(1).tensor(type, op.low(), op.high());
            Tensor z = sample.reseeded(2).tensor(type, op.low(), op.high());
            Ref expected = RefMath.ternary(op, type, Ref.read(x), Ref.read(y), Ref.read(z));
            Tensor got = Dispatch.apply(op, type, x, y, z);
            Same.check(what(op, type, sample), Tolerance.of(op.name()), expected, got);
        }
        return TensorArbitraries.dtypesOf(op).size();
    }

    private static String what(Op op, DType type, Sample sample) {
        return op.name() + " " + type + " " + sample;
    }
}
