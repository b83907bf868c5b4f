package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.GradException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Autograd;
import dev.lanewise.op.BinaryOp;
import dev.lanewise.op.BinaryOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.InPlace;
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
import dev.lanewise.testing.reference.RefViews;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Changes in place equal the reference, leave the memory around alone, and are noticed by backward. */
class InPlaceProperties {
    @Provide
    Arbitrary<Sample> samples() {
        return TensorArbitraries.samples(3);
    }

    @Property(tries = 40)
    void unary(@ForAll("samples") Sample sample) {
        for (UnaryOp op : unaryOps()) {
            for (DType type : TensorArbitraries.dtypesOf(op)) {
                Tensor x = sample.tensor(type, op.low(), op.high());
                Ref before = Ref.read(x);
                check(op, sample, x, () -> RefMath.unary(op, before), () -> InPlace.apply(op, x));
            }
        }
    }

    private static List<UnaryOp> unaryOps() {
        return Ops.all().stream()
                .filter(UnaryOp.class::isInstance)
                .map(UnaryOp.class::cast)
                .toList();
    }

    @Property(tries = 40)
    void binary(@ForAll("samples") Sample sample) {
        for (BinaryOp op : binaryOps()) {
            for (DType type : TensorArbitraries.dtypesOf(op)) {
                Tensor x = sample.tensor(type, op.low(), op.high());
                Tensor y = sample.reseeded(1).tensor(type, op.low(), op.high());
                Ref a = Ref.read(x);
                check(op, sample, x, () -> RefMath.binary(op, a, Ref.read(y)), () -> InPlace.apply(op, x, y));
                Tensor z = sample.tensor(type, op.low(), op.high());
                check(op, sample, z, () -> RefMath.binary(op, a, a), () -> InPlace.apply(op, z, z));
            }
        }
    }

    private static List<BinaryOp> binaryOps() {
        return Ops.all().stream()
                .filter(BinaryOp.class::isInstance)
                .map(BinaryOp.class::cast)
                .toList();
    }

    @Property(tries = 20)
    void ternary(@ForAll("samples") Sample sample) {
        for (Op any : Ops.all()) {
            // the first input of where is the condition, not a place for the result
            if (!(any instanceof TernaryOp op) || op == TernaryOps.WHERE) {
                continue;
            }
            for (DType type : TensorArbitraries.dtypesOf(op)) {
                Tensor x = sample.tensor(type, op.low(), op.high());
                Tensor y = sample.reseeded(1).tensor(type, op.low(), op.high());
                Tensor z = sample.reseeded(2).tensor(type, op.low(), op.high());
                Ref a = Ref.read(x);
                check(
                        op,
                        sample,
                        x,
                        () -> RefMath.ternary(op, type, a, Ref.read(y), Ref.read(z)),
                        () -> InPlace.apply(op, type, x, y, z));
            }
        }
    }

    @Property(tries = 40)
    void overlappingViewsReadTheOldValues(@ForAll("samples") Sample sample) {
        Sample square = sample.reshaped(5, 5);
        for (Layout layout : new Layout[] {Layout.CONTIGUOUS, Layout.TRANSPOSED, Layout.STEPPED}) {
            Tensor x = Sample.of(layout, square.shape(), sample.seed(), false).tensor(DType.INT32, -9, 9);
            Ref before = Ref.read(x);
            x.add_(x.transpose(0, 1));
            Ref turned = RefViews.transpose(before, 0, 1);
            Same.check("x.add_(x.t()) " + layout, Tolerance.EXACT, RefMath.binary(BinaryOps.ADD, before, turned), x);
            Tensor line = Tensor.arange(10);
            line.narrow(0, 1, 9).add_(line.narrow(0, 0, 9));
            Same.check(
                    "x[1:].add_(x[:-1])",
                    Tolerance.EXACT,
                    Ref.integral(DType.INT64, new long[] {10}, 0, 1, 3, 5, 7, 9, 11, 13, 15, 17),
                    line);
        }
    }

    /** Runs a change and compares the tensor, and the memory around it, with what they should then be. */
    private static void check(Op op, Sample sample, Tensor x, Supplier<Ref> expected, Supplier<Tensor> change) {
        String what = op.name() + "_ " + x.dtype() + " " + sample;
        boolean repeats = sample.layout() == Layout.EXPANDED && x.dim() > 0 && x.size(0) > 1 && x.numel() > 0;
        if (RefTypes.compute(op, x.dtype()) != x.dtype()) {
            assertThrows(DTypeException.class, change::get, what);
            return;
        }
        if (repeats) {
            assertThrows(IllegalArgumentException.class, change::get, what);
            return;
        }
        Ref result = expected.get();
        Surroundings around = new Surroundings(x);
        int version = x.storage().version();
        assertSame(x, change.get(), what);
        Same.check(what, Tolerance.of(op.name()), result, x);
        around.check(what);
        assertTrue(x.storage().version() > version, what + " did not count the version up");
    }

    @Example
    void backwardRefusesOrIsRightAfterAChange() {
        int refused = 0;
        int right = 0;
        for (UnaryOp op : unaryOps()) {
            for (boolean changesInput : new boolean[] {true, false}) {
                boolean threw = change(op, changesInput, y -> Dispatch.apply(op, y));
                refused += threw ? 1 : 0;
                right += threw ? 0 : 1;
            }
        }
        for (BinaryOp op : binaryOps()) {
            if (!op.isDifferentiable()) {
                continue;
            }
            for (boolean changesInput : new boolean[] {true, false}) {
                Tensor other =
                        Sample.of(Layout.CONTIGUOUS, new long[] {5}, 9, false).smooth(op.low(), op.high());
                boolean threw = change(op, changesInput, y -> Dispatch.apply(op, y, other));
                threw |= change(op, changesInput, y -> Dispatch.apply(op, other, y));
                refused += threw ? 1 : 0;
                right += threw ? 0 : 1;
            }
        }
        assertTrue(refused >= 8, "only " + refused + " changes of saved tensors were noticed");
        assertTrue(right >= 8, "only " + right + " changes of other tensors were let through");
    }

    /** True if backward threw; fails if it gave another gradient than without the change. */
    private static boolean change(Op op, boolean changesInput, UnaryOperator<Tensor> f) {
        Sample sample = Sample.of(Layout.CONTIGUOUS, new long[] {5}, 1, false);
        Tensor expected = gradient(op, sample, f, changesInput, false);
        Tensor got;
        try {
            got = gradient(op, sample, f, changesInput, true);
        } catch (GradException e) {
            assertTrue(e.getMessage().startsWith("backward: " + op.name() + " saved "), e.getMessage());
            assertTrue(e.getMessage().contains("after fill_"), e.getMessage());
            return true;
        }
        Same.check(op.name() + " after a change of what it did not save", Tolerance.EXACT, Ref.read(expected), got);
        return false;
    }

    private static Tensor gradient(
            Op op, Sample sample, UnaryOperator<Tensor> f, boolean changesInput, boolean changes) {
        Tensor x = sample.smooth(op.low(), op.high()).requiresGrad_();
        Tensor middle = x.clone();
        Tensor y = f.apply(middle);
        Tensor sum = y.sum();
        if (changes) {
            Tensor target = changesInput ? middle : y;
            target.detach().fill_(0.7);
        }
        Tensor[] grads = Autograd.grad(sum, x);
        assertEquals(1, grads.length);
        return grads[0];
    }
}
