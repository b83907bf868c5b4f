package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.DoubleLog;
import dev.lanewise.internal.math.FloatExp;
import dev.lanewise.internal.math.FloatLog;
import dev.lanewise.internal.simd.ExpLanes;
import dev.lanewise.internal.simd.LogLanes;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Functions of two inputs beyond arithmetic; {@link UnaryOps} says how to add one. */
public final class BinaryFunctionOps {
    private static final List<BinaryOp> ALL = new ArrayList<>();

    private BinaryFunctionOps() {}

    static final class Atan2 extends BinaryOp {
        Atan2() {
            super("atan2", "Angle of the point (b, a) from the positive first axis, in (-π, π].");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            return Math.atan2(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.lanewise(VectorOperators.ATAN2, b);
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.mul(b.div(a.square().add(b.square())));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.mul(a.neg().div(a.square().add(b.square())));
        }
    }

    public static final BinaryOp ATAN2 = register(new Atan2());

    static final class Hypot extends BinaryOp {
        Hypot() {
            super("hypot", "Length √(a² + b²), without overflow on the way.");
            dtypes(DTypeRule.FLOATING);
            savesFor(0, Saves.INPUT0, Saves.OUTPUT);
            savesFor(1, Saves.INPUT1, Saves.OUTPUT);
        }

        @Override
        public double scalar(double a, double b) {
            return Math.hypot(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.lanewise(VectorOperators.HYPOT, b);
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.mul(a.div(out));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.mul(b.div(out));
        }
    }

    public static final BinaryOp HYPOT = register(new Hypot());

    static final class Xlogy extends BinaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        Xlogy() {
            super("xlogy", "Product a · log(b), 0 where a is 0, NaN where b is NaN.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            domain(0.2, 3);
            savesFor(0, Saves.INPUT0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            return a == 0 && !Double.isNaN(b) ? 0 : a * DoubleLog.log(b);
        }

        @Override
        public float scalar(float a, float b) {
            return a == 0 && !Float.isNaN(b) ? 0 : a * FloatLog.log(b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            VectorMask<E> none = a.compare(VectorOperators.EQ, 0).and(b.compare(VectorOperators.EQ, b));
            return a.mul(MATH.log(b)).blend(0, none);
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return Tensor.where(a.eq(0).mul(b.le(0)), Tensor.zerosLike(g), Dispatch.apply(XLOGY, g, b));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.mul(a.div(b));
        }
    }

    public static final BinaryOp XLOGY = register(new Xlogy());

    static final class Copysign extends BinaryOp {
        Copysign() {
            super("copysign", "The size of a with the sign of b; -0.0 and NaN have signs too.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            savesFor(0, Saves.INPUT0, Saves.OUTPUT);
        }

        @Override
        public double scalar(double a, double b) {
            long sign = Double.doubleToRawLongBits(b) & Long.MIN_VALUE;
            return Double.longBitsToDouble(Double.doubleToRawLongBits(a) & Long.MAX_VALUE | sign);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            Vector<E> size = a.lanewise(VectorOperators.ABS);
            return size.blend(size.lanewise(VectorOperators.NEG), b.test(VectorOperators.IS_NEGATIVE));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.mul(Tensor.where(a.eq(0), Tensor.zerosLike(out), out.div(a)));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return Tensor.zerosLike(g);
        }
    }

    public static final BinaryOp COPYSIGN = register(new Copysign());

    static final class LogAddExp extends BinaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        LogAddExp() {
            super("logaddexp", "Logarithm log(e^a + e^b), without overflow.");
            dtypes(DTypeRule.FLOATING);
            domain(0.2, 3);
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            return Math.max(a, b) + DoubleExp.log1pUnit(DoubleExp.exp(a == b ? 0 : -Math.abs(a - b)));
        }

        @Override
        public float scalar(float a, float b) {
            return Math.max(a, b) + FloatExp.log1pUnit(FloatExp.exp(a == b ? 0 : -Math.abs(a - b)));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return pass(1, pass(0, a, a, b, a), a, b, a);
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.div(b.sub(a).exp().add(1));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.div(a.sub(b).exp().add(1));
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            if (pass == 0) {
                Vector<E> below = a.sub(b).lanewise(VectorOperators.ABS).lanewise(VectorOperators.NEG);
                return MATH.exp(below.blend(0, a.compare(VectorOperators.EQ, b)));
            }
            return a.max(b).add(MATH.log1pUnit(before));
        }
    }

    public static final BinaryOp LOGADDEXP = register(new LogAddExp());

    static final class LogAddExp2 extends BinaryOp {
        private static final double LN2 = Math.log(2);

        LogAddExp2() {
            super("logaddexp2", "Logarithm log2(2^a + 2^b), without overflow.");
            dtypes(DTypeRule.FLOATING);
            domain(0.2, 3);
            ulps(8);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            double distance = a == b ? 0 : Math.abs(a - b);
            return Math.max(a, b) + Math.log1p(Math.exp(-distance * LN2)) / LN2;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            Vector<E> ln2 = a.broadcast(2).lanewise(VectorOperators.LOG);
            Vector<E> below = a.max(b).sub(a.min(b)).lanewise(VectorOperators.NEG);
            Vector<E> distance = below.blend(0, a.compare(VectorOperators.EQ, b));
            Vector<E> ratio = distance.mul(ln2).lanewise(VectorOperators.EXP);
            return a.max(b).add(ratio.lanewise(VectorOperators.LOG1P).div(ln2));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.div(b.sub(a).rpow(2).add(1));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.div(a.sub(b).rpow(2).add(1));
        }
    }

    public static final BinaryOp LOGADDEXP2 = register(new LogAddExp2());

    static final class Fmax extends BinaryOp {
        Fmax() {
            super("fmax", "The larger of a and b; the other one where one is NaN.");
            dtypes(DTypeRule.ANY);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
        }

        @Override
        public long scalar(long a, long b) {
            return Math.max(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            Vector<E> larger = a.max(b).blend(a, b.compare(VectorOperators.NE, b));
            return larger.blend(b, a.compare(VectorOperators.NE, a));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return Tensor.where(a.ge(b).add(b.ne(b)), g, Tensor.zerosLike(g));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return Tensor.where(a.ge(b).add(b.ne(b)), Tensor.zerosLike(g), g);
        }
    }

    public static final BinaryOp FMAX = register(new Fmax());

    static final class Fmin extends BinaryOp {
        Fmin() {
            super("fmin", "The smaller of a and b; the other one where one is NaN.");
            dtypes(DTypeRule.ANY);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
        }

        @Override
        public long scalar(long a, long b) {
            return Math.min(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            Vector<E> smaller = a.min(b).blend(a, b.compare(VectorOperators.NE, b));
            return smaller.blend(b, a.compare(VectorOperators.NE, a));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return Tensor.where(a.le(b).add(b.ne(b)), g, Tensor.zerosLike(g));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return Tensor.where(a.le(b).add(b.ne(b)), Tensor.zerosLike(g), g);
        }
    }

    public static final BinaryOp FMIN = register(new Fmin());

    static final class Heaviside extends BinaryOp {
        Heaviside() {
            super("heaviside", "Step function: 0 where a < 0 or NaN, b where a = 0, 1 where a > 0.");
            dtypes(DTypeRule.ANY);
            notDifferentiable("it jumps at 0, and PyTorch defines none");
        }

        @Override
        public double scalar(double a, double b) {
            return a == 0 ? b : a > 0 ? 1 : 0;
        }

        @Override
        public long scalar(long a, long b) {
            return a == 0 ? b : a > 0 ? 1 : 0;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            Vector<E> step = a.broadcast(0).blend(1, a.compare(VectorOperators.GT, 0));
            return step.blend(b, a.compare(VectorOperators.EQ, 0));
        }
    }

    public static final BinaryOp HEAVISIDE = register(new Heaviside());

    /** What both forms of nextafter have in common; which one is right depends on the dtype. */
    abstract static class Neighbour extends BinaryOp {
        @SuppressWarnings("this-escape") // what it calls is final and only sets fields
        Neighbour(String name, String doc) {
            super(name, doc);
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            notDifferentiable("PyTorch defines none");
        }

        @Override
        public final boolean vectorizes(DType type) {
            return false;
        }

        @Override
        public final <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            throw new UnsupportedOperationException(name() + " has no vector form");
        }
    }

    static final class NextAfter extends Neighbour {
        NextAfter() {
            super("nextafter", "The next number of the dtype from a toward b.");
        }

        @Override
        public double scalar(double a, double b) {
            return Math.nextAfter(a, b);
        }
    }

    public static final BinaryOp NEXTAFTER = register(new NextAfter());

    static final class NextAfterFloat extends Neighbour {
        NextAfterFloat() {
            super("nextafterFloat", "The next float32 from a toward b.");
            torch("torch.nextafter");
            reachedBy("Tensor.nextafter of float32");
        }

        @Override
        public double scalar(double a, double b) {
            return Math.nextAfter((float) a, b);
        }
    }

    public static final BinaryOp NEXTAFTER_FLOAT = register(new NextAfterFloat());

    static final class ReluGrad extends BinaryOp {
        ReluGrad() {
            super("reluGrad", "The gradient a where the rectifier's result b is not 0, else 0.");
            torch("torch.ops.aten.threshold_backward");
            reachedBy("the derivative of relu");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            savesFor(0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            return b <= 0 ? 0 : a;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.blend(0, b.compare(VectorOperators.LE, 0));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return Dispatch.apply(RELU_GRAD, g, b);
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return Tensor.zerosLike(g);
        }
    }

    public static final BinaryOp RELU_GRAD = register(new ReluGrad());

    /** All ops of this family. */
    public static List<BinaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static BinaryOp register(BinaryOp op) {
        ALL.add(op);
        return op;
    }
}
