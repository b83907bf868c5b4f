package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.DoubleLog;
import dev.lanewise.internal.simd.ExpLanes;
import dev.lanewise.internal.simd.LogLanes;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;

/** Hyperbolic functions and their inverses; {@link UnaryOps} has the tangent and says how to add one. */
public final class HyperbolicOps {
    private static final List<UnaryOp> ALL = new ArrayList<>();

    private HyperbolicOps() {}

    static final class Sinh extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Sinh() {
            super("sinh", "Hyperbolic sine of x.");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 2.2);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.sinh(x, DoubleExp.sinhFirst(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.sinh(x, MATH.sinhFirst(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.cosh());
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            return pass == 0 ? MATH.sinhFirst(a) : MATH.sinh(a, before);
        }
    }

    public static final UnaryOp SINH = register(new Sinh());

    static final class Cosh extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Cosh() {
            super("cosh", "Hyperbolic cosine of x.");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 2.0);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.cosh(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.cosh(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.sinh());
        }
    }

    public static final UnaryOp COSH = register(new Cosh());

    static final class Asinh extends UnaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        Asinh() {
            super("asinh", "Number whose hyperbolic sine is x.");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 2.3);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleLog.asinh(x, DoubleLog.asinhSecond(DoubleLog.asinhFirst(x)));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.asinh(x, MATH.asinhSecond(MATH.asinhFirst(x)));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.square().add(1).rsqrt());
        }

        @Override
        public int passes(DType type) {
            return 3;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            if (pass == 0) {
                return MATH.asinhFirst(a);
            }
            return pass == 1 ? MATH.asinhSecond(before) : MATH.asinh(a, before);
        }
    }

    public static final UnaryOp ASINH = register(new Asinh());

    static final class Acosh extends UnaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        Acosh() {
            super("acosh", "Number that is not negative and whose hyperbolic cosine is x; NaN below 1.");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 2.3);
            domain(1.1, 6);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleLog.acosh(x, DoubleLog.acoshFirst(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.acosh(x, MATH.acoshFirst(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.square().sub(1).rsqrt());
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            return pass == 0 ? MATH.acoshFirst(a) : MATH.acosh(a, before);
        }
    }

    public static final UnaryOp ACOSH = register(new Acosh());

    static final class Atanh extends UnaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        Atanh() {
            super("atanh", "Number whose hyperbolic tangent is x; NaN outside [-1, 1].");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 2.5);
            domain(-0.9, 0.9);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleLog.atanh(x, DoubleLog.atanhFirst(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.atanh(x, MATH.atanhFirst(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.div(x.square().rsub(1));
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            return pass == 0 ? MATH.atanhFirst(a) : MATH.atanh(a, before);
        }
    }

    public static final UnaryOp ATANH = register(new Atanh());

    /** All ops of this family. */
    public static List<UnaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static UnaryOp register(UnaryOp op) {
        ALL.add(op);
        return op;
    }
}
