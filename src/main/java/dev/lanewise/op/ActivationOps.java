package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.math.DoubleError;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.FloatError;
import dev.lanewise.internal.math.FloatExp;
import dev.lanewise.internal.simd.ErrorLanes;
import dev.lanewise.internal.simd.ExpLanes;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/** Activation functions of neural networks; {@link UnaryOps} says how to add one. */
public final class ActivationOps {
    private static final List<Op> ALL = new ArrayList<>();

    private ActivationOps() {}

    static final class Gelu extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());
        private static final ErrorLanes ERROR = ErrorLanes.of(MethodHandles.lookup());

        Gelu() {
            super("gelu", "Gaussian error linear unit x · Φ(x) with the normal distribution Φ.");
            torch("torch.nn.functional.gelu");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(2.0, 3.6);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.gelu(x, DoubleError.geluFirst(x));
        }

        @Override
        public float scalar(float x) {
            return FloatExp.gelu(x, FloatError.geluFirst(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.gelu(x, ERROR.geluFirst(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor below = x.mul(-Math.sqrt(0.5)).erfc().mul(0.5);
            Tensor density = x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
            return g.mul(below.add(x.mul(density)));
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            return pass == 0 ? ERROR.geluFirst(a) : MATH.gelu(a, before);
        }
    }

    public static final UnaryOp GELU = register(new Gelu());

    static final class GeluTanh extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        private static final double LINEAR = 2 * Math.sqrt(2 / Math.PI);
        private static final double CUBIC = 0.044715 * LINEAR;

        GeluTanh() {
            super("geluTanh", "Gelu with x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2 in place of Φ.");
            reachedBy("Functional.gelu(x, \"tanh\")");
            torch("torch.nn.functional.gelu");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(2.0, 2.3);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.geluTanh(x, DoubleExp.geluTanhRest(x));
        }

        @Override
        public float scalar(float x) {
            return FloatExp.geluTanh(x, FloatExp.geluTanhRest(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.geluTanh(x, MATH.geluTanhRest(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor square = x.square();
            Tensor gate = square.mul(CUBIC).add(LINEAR).mul(x).sigmoid();
            Tensor slope = square.mul(3 * CUBIC).add(LINEAR);
            return g.mul(gate.add(x.mul(gate).mul(gate.rsub(1)).mul(slope)));
        }

        @Override
        public String gradName() {
            return "GeluBackward0";
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            return pass == 0 ? MATH.geluTanhRest(a) : MATH.geluTanh(a, before);
        }
    }

    public static final UnaryOp GELU_TANH = register(new GeluTanh());

    static final class Silu extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Silu() {
            super("silu", "Sigmoid linear unit x / (1 + e^-x).");
            torch("torch.nn.functional.silu");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(2.0, 2.2);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.silu(x);
        }

        @Override
        public float scalar(float x) {
            return FloatExp.silu(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.silu(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor gate = x.sigmoid();
            return g.mul(gate.mul(x.mul(gate.rsub(1)).add(1)));
        }
    }

    public static final UnaryOp SILU = register(new Silu());

    static final class Selu extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        private static final double SCALE = 1.0507009873554805;
        private static final double SCALED_ALPHA = 1.6732632423543772 * SCALE;

        Selu() {
            super("selu", "Self-normalising unit: scale · x above 0, scale · alpha · (e^x - 1) below.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return x > 0 ? SCALE * x : SCALED_ALPHA * DoubleExp.expm1(x);
        }

        @Override
        public float scalar(float x) {
            return x > 0 ? (float) SCALE * x : (float) SCALED_ALPHA * FloatExp.expm1(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> below = MATH.expm1(x).mul(scaledAlpha(x));
            return below.blend(x.mul(scale(x)), x.compare(VectorOperators.GT, 0));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor below = x.clampMax(0).exp().mul(SCALED_ALPHA);
            return g.mul(Tensor.where(x.le(0), below, Tensor.fullLike(x, SCALE)));
        }

        private static <E> Vector<E> scale(Vector<E> x) {
            boolean single = x.elementSize() == Float.SIZE;
            return x.broadcast(single ? 8813919L : 4731936575131954L).div(x.broadcast(single ? 1L << 23 : 1L << 52));
        }

        private static <E> Vector<E> scaledAlpha(Vector<E> x) {
            boolean single = x.elementSize() == Float.SIZE;
            return x.broadcast(single ? 14748006L : 7917775536320560L).div(x.broadcast(single ? 1L << 23 : 1L << 52));
        }

        @Override
        public String gradName() {
            return "EluBackward0";
        }
    }

    public static final UnaryOp SELU = register(new Selu());

    static final class Hardsigmoid extends UnaryOp {
        Hardsigmoid() {
            super("hardsigmoid", "Piecewise linear sigmoid: x / 6 + 1/2, held in [0, 1].");
            torch("torch.nn.functional.hardsigmoid");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return Math.min(Math.max(x + 3, 0), 6) / 6;
        }

        @Override
        public float scalar(float x) {
            return Math.min(Math.max(x + 3, 0), 6) / 6;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.add(x.broadcast(3)).max(x.broadcast(0)).min(x.broadcast(6)).div(x.broadcast(6));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor inside = x.gt(-3).mul(x.lt(3));
            return Tensor.where(inside, g.div(6), Tensor.zerosLike(g));
        }
    }

    public static final UnaryOp HARDSIGMOID = register(new Hardsigmoid());

    static final class Hardswish extends UnaryOp {
        Hardswish() {
            super("hardswish", "Piecewise silu: x times hardsigmoid of x.");
            torch("torch.nn.functional.hardswish");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return x * (Math.min(Math.max(x + 3, 0), 6) / 6);
        }

        @Override
        public float scalar(float x) {
            return x * (Math.min(Math.max(x + 3, 0), 6) / 6);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.add(x.broadcast(3))
                    .max(x.broadcast(0))
                    .min(x.broadcast(6))
                    .div(x.broadcast(6))
                    .mul(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor inner = g.mul(x.div(3).add(0.5));
            return Tensor.where(x.lt(-3), Tensor.zerosLike(g), Tensor.where(x.le(3), inner, g));
        }
    }

    public static final UnaryOp HARDSWISH = register(new Hardswish());

    static final class Mish extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Mish() {
            super("mish", "Unit x · tanh(softplus(x)).");
            torch("torch.nn.functional.mish");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(3.4, 3.2);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.mish(x, DoubleExp.expDown(x));
        }

        @Override
        public float scalar(float x) {
            return FloatExp.mish(x, FloatExp.expDown(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.mish(x, MATH.expDown(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor tanh = ParametricOps.apply(ParametricOps.SOFTPLUS, x, 1, 20).tanh();
            Tensor slope = tanh.square().rsub(1).mul(x.sigmoid());
            return g.mul(tanh.add(x.mul(slope)));
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            return pass == 0 ? MATH.expDown(a) : MATH.mish(a, before);
        }
    }

    public static final UnaryOp MISH = register(new Mish());

    static final class Logsigmoid extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Logsigmoid() {
            super("logsigmoid", "Logarithm of the sigmoid, -ln(1 + e^-x), without overflow.");
            torch("torch.nn.functional.logsigmoid");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.7, 1.7);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.logsigmoid(x, DoubleExp.expDown(x));
        }

        @Override
        public float scalar(float x) {
            return FloatExp.logsigmoid(x, FloatExp.expDown(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.logsigmoid(x, MATH.expDown(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.neg().sigmoid());
        }

        @Override
        public String gradName() {
            return "LogSigmoidBackward0";
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            return pass == 0 ? MATH.expDown(a) : MATH.logsigmoid(a, before);
        }
    }

    public static final UnaryOp LOGSIGMOID = register(new Logsigmoid());

    /** All ops of this family. */
    public static List<Op> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <T extends Op> T register(T op) {
        ALL.add(op);
        return op;
    }
}
