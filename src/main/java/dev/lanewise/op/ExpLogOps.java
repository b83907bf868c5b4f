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
import jdk.incubator.vector.VectorOperators;

/** Exponentials, logarithms and inverse powers; {@link UnaryOps} has the most common ones and says how to add one. */
public final class ExpLogOps {
    private static final double LN_2 = Math.log(2);
    private static final double LN_10 = Math.log(10);
    private static final List<UnaryOp> ALL = new ArrayList<>();

    private ExpLogOps() {}

    static final class Exp2 extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Exp2() {
            super("exp2", "Power of two 2^x.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.0, 1.0);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.exp2(x);
        }

        @Override
        public float scalar(float x) {
            return FloatExp.exp2(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.exp2(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(out).mul(LN_2);
        }
    }

    public static final UnaryOp EXP2 = register(new Exp2());

    static final class Expm1 extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Expm1() {
            super("expm1", "Exponential less one e^x - 1, exact near 0.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.5, 1.6);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.expm1(x);
        }

        @Override
        public float scalar(float x) {
            return FloatExp.expm1(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.expm1(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(out.add(1));
        }
    }

    public static final UnaryOp EXPM1 = register(new Expm1());

    static final class Log2 extends UnaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        Log2() {
            super("log2", "Logarithm to base 2, exact for powers of two; NaN below zero.");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 1.7);
            domain(0.1, 9);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleLog.log2(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.log2(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.div(x.mul(LN_2));
        }
    }

    public static final UnaryOp LOG2 = register(new Log2());

    static final class Log10 extends UnaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        Log10() {
            super("log10", "Logarithm to base 10; NaN below zero.");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 1.5);
            domain(0.1, 9);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleLog.log10(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.log10(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.div(x.mul(LN_10));
        }
    }

    public static final UnaryOp LOG10 = register(new Log10());

    static final class Log1p extends UnaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        Log1p() {
            super("log1p", "Natural logarithm of 1 + x, exact near 0; NaN below -1.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.5, 1.3);
            domain(-0.9, 6);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleLog.log1p(x);
        }

        @Override
        public float scalar(float x) {
            return FloatLog.log1p(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.log1p(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.div(x.add(1));
        }

        @Override
        public String gradName() {
            return "Log1PBackward0";
        }
    }

    public static final UnaryOp LOG1P = register(new Log1p());

    static final class Rsqrt extends UnaryOp {
        Rsqrt() {
            super("rsqrt", "Inverse square root 1 / √x; NaN below zero.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            domain(0.1, 9);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return 1 / Math.sqrt(x);
        }

        @Override
        public float scalar(float x) {
            return 1 / (float) Math.sqrt(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.broadcast(1).div(x.lanewise(VectorOperators.SQRT));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(-0.5).mul(out.pow(3));
        }
    }

    public static final UnaryOp RSQRT = register(new Rsqrt());

    static final class Reciprocal extends UnaryOp {
        Reciprocal() {
            super("reciprocal", "Reciprocal 1 / x, always floating point.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            domain(0.2, 3);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return 1 / x;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.broadcast(1).div(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.neg().mul(out.mul(out));
        }
    }

    public static final UnaryOp RECIPROCAL = register(new Reciprocal());

    static final class Logit extends UnaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        Logit() {
            super("logit", "Log-odds ln(x / (1 - x)), the inverse of sigmoid; NaN outside [0, 1].");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 3.0);
            domain(0.1, 0.9);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleLog.logit(x, DoubleLog.logitSecond(x, DoubleLog.logitFirst(x)));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.logit(x, MATH.logitSecond(x, MATH.logitFirst(x)));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor inside = x.ge(0).mul(x.le(1));
            return Tensor.where(inside, g.div(x.mul(x.rsub(1))), Tensor.fullLike(g, Double.NaN));
        }

        @Override
        public int passes(DType type) {
            return 3;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            if (pass == 0) {
                return MATH.logitFirst(a);
            }
            return pass == 1 ? MATH.logitSecond(a, before) : MATH.logit(a, before);
        }
    }

    public static final UnaryOp LOGIT = register(new Logit());

    /** All ops of this family. */
    public static List<UnaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static UnaryOp register(UnaryOp op) {
        ALL.add(op);
        return op;
    }
}
