package dev.lanewise.op;

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

/**
 * The elementwise ops of one input.
 *
 * <p>To add one: write its class here and register it in the constant below the class; add its method to {@link Tensor}.
 * Only {@code Vector<E>} may appear in an op class, and no lambda: the class must load without the incubator module and
 * is copied per dtype. For the same reason operators such as MAX or ADD, which are {@code Associative}, are written as
 * methods: {@code lanewise} takes a {@code Binary}, and to compare the two types the JVM would load them.
 */
public final class UnaryOps {
    private static final List<UnaryOp> ALL = new ArrayList<>();

    private UnaryOps() {}

    static final class Abs extends UnaryOp {
        Abs() {
            super("abs", "Absolute value |x|.");
            saves(Saves.INPUT0);
        }

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
            return x.lanewise(VectorOperators.ABS);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.sign());
        }
    }

    public static final UnaryOp ABS = register(new Abs());

    static final class Neg extends UnaryOp {
        Neg() {
            super("neg", "Negative -x.");
        }

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
            return x.lanewise(VectorOperators.NEG);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.neg();
        }
    }

    public static final UnaryOp NEG = register(new Neg());

    static final class Sign extends UnaryOp {
        Sign() {
            super("sign", "Sign of x: -1, 0 or 1.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        public double scalar(double x) {
            return x > 0 ? 1 : x < 0 ? -1 : 0;
        }

        @Override
        public long scalar(long x) {
            return Long.signum(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> zero = x.broadcast(0);
            Vector<E> positive = zero.blend(x.broadcast(1), x.compare(VectorOperators.GT, zero));
            return positive.blend(x.broadcast(-1), x.compare(VectorOperators.LT, zero));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return Tensor.zerosLike(g);
        }
    }

    public static final UnaryOp SIGN = register(new Sign());

    static final class Sqrt extends UnaryOp {
        Sqrt() {
            super("sqrt", "Square root of x; NaN below zero.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            domain(0.1, 9);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return Math.sqrt(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.lanewise(VectorOperators.SQRT);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.div(out.mul(2));
        }
    }

    public static final UnaryOp SQRT = register(new Sqrt());

    static final class Exp extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Exp() {
            super("exp", "Natural exponential e^x.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.0, 0.9);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.exp(x);
        }

        @Override
        public float scalar(float x) {
            return FloatExp.exp(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.exp(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(out);
        }
    }

    public static final UnaryOp EXP = register(new Exp());

    static final class Log extends UnaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        Log() {
            super("log", "Natural logarithm of x; NaN below zero.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.0, 1.0);
            domain(0.1, 9);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleLog.log(x);
        }

        @Override
        public float scalar(float x) {
            return FloatLog.log(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.log(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.div(x);
        }
    }

    public static final UnaryOp LOG = register(new Log());

    static final class Relu extends UnaryOp {
        Relu() {
            super("relu", "Rectifier max(x, 0); NaN stays NaN.");
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return Math.max(x, 0.0);
        }

        @Override
        public long scalar(long x) {
            return Math.max(x, 0);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.max(x.broadcast(0));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return Dispatch.apply(BinaryFunctionOps.RELU_GRAD, g, out.detach());
        }
    }

    public static final UnaryOp RELU = register(new Relu());

    static final class Sigmoid extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Sigmoid() {
            super("sigmoid", "Logistic function 1 / (1 + e^-x).");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(2.0, 2.4);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.sigmoid(x);
        }

        @Override
        public float scalar(float x) {
            return FloatExp.sigmoid(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.sigmoid(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(out.rsub(1).mul(out));
        }
    }

    public static final UnaryOp SIGMOID = register(new Sigmoid());

    static final class Tanh extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Tanh() {
            super("tanh", "Hyperbolic tangent of x.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.6, 2.4);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.tanh(x);
        }

        @Override
        public float scalar(float x) {
            return FloatExp.tanh(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.tanh(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(out.mul(out).rsub(1));
        }
    }

    public static final UnaryOp TANH = register(new Tanh());

    static final class Square extends UnaryOp {
        Square() {
            super("square", "Square x·x.");
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return x * x;
        }

        @Override
        public long scalar(long x) {
            return x * x;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.mul(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.mul(2));
        }

        @Override
        public String gradName() {
            return "PowBackward0";
        }
    }

    public static final UnaryOp SQUARE = register(new Square());

    /** All ops of this family. */
    public static List<UnaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static UnaryOp register(UnaryOp op) {
        ALL.add(op);
        return op;
    }
}
