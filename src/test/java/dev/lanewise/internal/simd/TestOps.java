package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.StagedKernel;
import java.lang.invoke.MethodHandles;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Ops of the kernel tests' own: one or more per kind of template. */
final class TestOps {
    private TestOps() {}

    /** What the ops of these tests have in common. */
    abstract static class Base implements LaneOp {
        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }
    }

    static final class Neg extends Base implements LaneUnary {
        @Override
        public double scalar(double x) {
            return -x;
        }

        @Override
        public long scalar(long x) {
            return -x;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.neg();
        }
    }

    static final class Abs extends Base implements LaneUnary {
        @Override
        public double scalar(double x) {
            return Math.abs(x);
        }

        @Override
        public long scalar(long x) {
            return Math.abs(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.abs();
        }
    }

    static final class Sqrt extends Base implements LaneUnary {
        @Override
        public double scalar(double x) {
            return Math.sqrt(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.lanewise(VectorOperators.SQRT);
        }

        @Override
        public boolean vectorizes(DType type) {
            return type.isFloatingPoint();
        }
    }

    static final class Exp extends Base implements LaneUnary {
        @Override
        public double scalar(double x) {
            return Math.exp(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.lanewise(VectorOperators.EXP);
        }

        @Override
        public boolean vectorizes(DType type) {
            return type.isFloatingPoint();
        }
    }

    /** Its constructor is private, its constant and its helper belong to the class around it. */
    static final class Sigmoid extends Base implements LaneUnary {
        private Sigmoid() {}

        @Override
        public double scalar(double x) {
            return ONE / (ONE + Math.exp(-x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> one = one(x);
            return one.div(one.add(x.neg().lanewise(VectorOperators.EXP)));
        }

        @Override
        public boolean vectorizes(DType type) {
            return type.isFloatingPoint();
        }
    }

    private static final double ONE = Double.parseDouble("1");

    private static <E> Vector<E> one(Vector<E> x) {
        return x.broadcast(1);
    }

    static final class Add extends Base implements LaneBinary {
        @Override
        public double scalar(double a, double b) {
            return a + b;
        }

        @Override
        public long scalar(long a, long b) {
            return a + b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }
    }

    static final class Sub extends Base implements LaneBinary {
        @Override
        public double scalar(double a, double b) {
            return a - b;
        }

        @Override
        public long scalar(long a, long b) {
            return a - b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.sub(b);
        }
    }

    static final class Mul extends Base implements LaneBinary {
        @Override
        public double scalar(double a, double b) {
            return a * b;
        }

        @Override
        public long scalar(long a, long b) {
            return a * b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.mul(b);
        }
    }

    static final class Div extends Base implements LaneBinary {
        @Override
        public double scalar(double a, double b) {
            return a / b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.div(b);
        }

        @Override
        public boolean vectorizes(DType type) {
            return type.isFloatingPoint();
        }
    }

    static final class Max extends Base implements LaneBinary {
        @Override
        public double scalar(double a, double b) {
            return Math.max(a, b);
        }

        @Override
        public long scalar(long a, long b) {
            return Math.max(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.max(b);
        }
    }

    static final class Lt extends Base implements LaneCompare {
        @Override
        public boolean test(double a, double b) {
            return a < b;
        }

        @Override
        public boolean test(long a, long b) {
            return a < b;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.LT, b);
        }
    }

    static final class Ne extends Base implements LaneCompare {
        @Override
        public boolean test(double a, double b) {
            return a != b;
        }

        @Override
        public boolean test(long a, long b) {
            return a != b;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.NE, b);
        }
    }

    static final class Clamp extends Base implements LaneTernary {
        @Override
        public double scalar(double x, double lo, double hi) {
            return Math.min(Math.max(x, lo), hi);
        }

        @Override
        public long scalar(long x, long lo, long hi) {
            return Math.min(Math.max(x, lo), hi);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> lo, Vector<E> hi) {
            return x.max(lo).min(hi);
        }
    }

    /** Has no constructor without parameters. */
    static final class Uncopyable extends Base implements LaneUnary {
        private final double summand;

        Uncopyable(double summand) {
            this.summand = summand;
        }

        @Override
        public double scalar(double x) {
            return x + summand;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.add(x.broadcast((long) summand));
        }
    }

    static final Exp EXP = new Exp();
    static final Sigmoid SIGMOID = new Sigmoid();
    static final Add ADD = new Add();
    static final Mul MUL = new Mul();
    static final Lt LT = new Lt();
    static final Clamp CLAMP = new Clamp();

    /** The ops whose two forms must give the same bits. */
    static final List<LaneOp> EXACT =
            List.of(new Neg(), new Abs(), new Sqrt(), ADD, new Sub(), MUL, new Div(), new Max(), LT, new Ne(), CLAMP);

    /** The kernel of an op of any kind. */
    static MapKernel kernel(LaneOp op, DType type) {
        if (op instanceof LaneUnary unary) {
            return Kernels.unary(unary, type);
        }
        if (op instanceof LaneBinary binary) {
            return Kernels.binary(binary, type);
        }
        if (op instanceof LaneCompare compare) {
            return Kernels.compare(compare, type);
        }
        return Kernels.ternary((LaneTernary) op, type);
    }

    /** How many inputs an op has. */
    static int inputs(LaneOp op) {
        return op instanceof LaneUnary ? 1 : op instanceof LaneTernary ? 3 : 2;
    }

    /** True if an op has a form for the dtype. */
    static boolean takes(LaneOp op, DType type) {
        return type.isFloatingPoint() || op.vectorizes(type);
    }

    /** Makes a kernel use its vector loops from now on, compiled or not. */
    static MapKernel warmNow(MapKernel kernel) {
        if (kernel instanceof AutoKernel auto) {
            auto.warmNow();
        } else if (kernel instanceof StagedKernel staged) {
            for (MapKernel part : staged.parts()) {
                warmNow(part);
            }
        }
        return kernel;
    }
}
