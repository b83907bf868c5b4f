package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.FloatExp;
import dev.lanewise.internal.simd.ExpLanes;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Activation functions with parameters, which are operands of the kernels; {@link UnaryOps} says how to add one. */
public final class ParametricOps {
    private static final List<Op> ALL = new ArrayList<>();

    private ParametricOps() {}

    static final class LeakyRelu extends BinaryOp {
        LeakyRelu() {
            super("leakyRelu", "Rectifier that leaks: x above 0, slope · x below.");
            torch("torch.nn.functional.leaky_relu");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double x, double slope) {
            return x > 0 ? x : x * slope;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> slope) {
            return x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor x, Tensor slope, Tensor out) {
            return Tensor.where(x.gt(0), g, g.mul(slope));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor x, Tensor slope, Tensor out) {
            return Tensor.where(x.gt(0), Tensor.zerosLike(g), g.mul(x));
        }
    }

    public static final BinaryOp LEAKY_RELU = register(new LeakyRelu());

    static final class Prelu extends BinaryOp {
        Prelu() {
            super("prelu", "Leaky rectifier whose slopes are learnt: x above 0, slope · x below.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double x, double slope) {
            return x > 0 ? x : x * slope;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> slope) {
            return x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor x, Tensor slope, Tensor out) {
            return Tensor.where(x.gt(0), g, g.mul(slope));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor x, Tensor slope, Tensor out) {
            return Tensor.where(x.gt(0), Tensor.zerosLike(g), g.mul(x));
        }
    }

    public static final BinaryOp PRELU = register(new Prelu());

    static final class Elu extends BinaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Elu() {
            super("elu", "Exponential linear unit: x above 0, alpha · (e^x - 1) below.");
            torch("torch.nn.functional.elu");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double x, double alpha) {
            return x > 0 ? x : alpha * DoubleExp.expm1(x);
        }

        @Override
        public float scalar(float x, float alpha) {
            return x > 0 ? x : alpha * FloatExp.expm1(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> alpha) {
            Vector<E> below = MATH.expm1(x).mul(alpha);
            return below.blend(x, x.compare(VectorOperators.GT, 0));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor x, Tensor alpha, Tensor out) {
            return Tensor.where(x.le(0), g.mul(alpha.mul(x.clampMax(0).exp())), g);
        }

        @Override
        public Tensor gradB(Tensor g, Tensor x, Tensor alpha, Tensor out) {
            return Tensor.where(x.le(0), g.mul(x.clampMax(0).expm1()), Tensor.zerosLike(g));
        }
    }

    public static final BinaryOp ELU = register(new Elu());

    static final class Celu extends BinaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Celu() {
            super("celu", "Smooth exponential linear unit: x above 0, alpha · (e^(x / alpha) - 1) below.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double x, double alpha) {
            return x > 0 ? x : alpha * DoubleExp.expm1(x / alpha);
        }

        @Override
        public float scalar(float x, float alpha) {
            return x > 0 ? x : alpha * FloatExp.expm1(x / alpha);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> alpha) {
            Vector<E> below = MATH.expm1(x.div(alpha)).mul(alpha);
            return below.blend(x, x.compare(VectorOperators.GT, 0));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor x, Tensor alpha, Tensor out) {
            return Tensor.where(x.le(0), g.mul(x.clampMax(0).div(alpha).exp()), g);
        }

        @Override
        public Tensor gradB(Tensor g, Tensor x, Tensor alpha, Tensor out) {
            Tensor ratio = x.clampMax(0).div(alpha);
            Tensor slope = ratio.expm1().sub(ratio.mul(ratio.exp()));
            return Tensor.where(x.le(0), g.mul(slope), Tensor.zerosLike(g));
        }

        @Override
        public String gradName() {
            return "EluBackward0";
        }
    }

    public static final BinaryOp CELU = register(new Celu());

    static final class Hardshrink extends BinaryOp {
        Hardshrink() {
            super("hardshrink", "The value x, but 0 in [-lambda, lambda].");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double x, double lambda) {
            return x >= -lambda && x <= lambda ? 0 : x;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> lambda) {
            VectorMask<E> small = x.compare(VectorOperators.LE, lambda);
            Vector<E> least = lambda.lanewise(VectorOperators.NEG);
            return x.blend(x.broadcast(0), small.and(x.compare(VectorOperators.GE, least)));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor x, Tensor lambda, Tensor out) {
            Tensor small = x.ge(lambda.neg()).mul(x.le(lambda));
            return Tensor.where(small, Tensor.zerosLike(g), g);
        }

        @Override
        public Tensor gradB(Tensor g, Tensor x, Tensor lambda, Tensor out) {
            return Tensor.zerosLike(g);
        }
    }

    public static final BinaryOp HARDSHRINK = register(new Hardshrink());

    static final class Softshrink extends BinaryOp {
        Softshrink() {
            super("softshrink", "The value x moved toward 0 by lambda, 0 where it would pass it.");
            torch("torch.nn.functional.softshrink");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double x, double lambda) {
            return x > lambda ? x - lambda : x < -lambda ? x + lambda : 0;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> lambda) {
            Vector<E> least = lambda.lanewise(VectorOperators.NEG);
            Vector<E> below = x.broadcast(0).blend(x.add(lambda), x.compare(VectorOperators.LT, least));
            return below.blend(x.sub(lambda), x.compare(VectorOperators.GT, lambda));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor x, Tensor lambda, Tensor out) {
            Tensor small = x.ge(lambda.neg()).mul(x.le(lambda));
            return Tensor.where(small, Tensor.zerosLike(g), g);
        }

        @Override
        public Tensor gradB(Tensor g, Tensor x, Tensor lambda, Tensor out) {
            Tensor zero = Tensor.zerosLike(g);
            return Tensor.where(x.gt(lambda), g.neg(), Tensor.where(x.lt(lambda.neg()), g, zero));
        }
    }

    public static final BinaryOp SOFTSHRINK = register(new Softshrink());

    static final class Softplus extends TernaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        Softplus() {
            super("softplus", "Smooth rectifier ln(1 + e^(beta x)) / beta; x where beta x is above the threshold.");
            torch("torch.nn.functional.softplus");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1, Saves.INPUT2, Saves.OUTPUT);
        }

        @Override
        public double scalar(double x, double beta, double threshold) {
            return x * beta > threshold ? x : DoubleExp.log1pExp(x * beta) / beta;
        }

        @Override
        public float scalar(float x, float beta, float threshold) {
            return x * beta > threshold ? x : FloatExp.log1pExp(x * beta) / beta;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> beta, Vector<E> threshold) {
            Vector<E> scaled = x.mul(beta);
            return MATH.log1pExp(scaled).div(beta).blend(x, scaled.compare(VectorOperators.GT, threshold));
        }

        @Override
        public Tensor grad(int input, Tensor g, Tensor[] in, Tensor out) {
            Tensor scaled = in[0].mul(in[1]);
            Tensor linear = scaled.gt(in[2]);
            Tensor gate = scaled.sigmoid();
            return switch (input) {
                case 0 -> Tensor.where(linear, g, g.mul(gate));
                case 1 ->
                    Tensor.where(
                            linear,
                            Tensor.zerosLike(g),
                            g.mul(in[0].mul(gate).sub(out).div(in[1])));
                default -> Tensor.zerosLike(g);
            };
        }
    }

    public static final TernaryOp SOFTPLUS = register(new Softplus());

    static final class Threshold extends TernaryOp {
        Threshold() {
            super("threshold", "The value x above the threshold, another value elsewhere.");
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double x, double threshold, double value) {
            return x <= threshold ? value : x;
        }

        @Override
        public long scalar(long x, long threshold, long value) {
            return x <= threshold ? value : x;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> threshold, Vector<E> value) {
            return x.blend(value, x.compare(VectorOperators.LE, threshold));
        }

        @Override
        public Tensor grad(int input, Tensor g, Tensor[] in, Tensor out) {
            Tensor zero = Tensor.zerosLike(g);
            return switch (input) {
                case 0 -> Tensor.where(in[0].le(in[1]), zero, g);
                case 1 -> zero;
                default -> Tensor.where(in[0].le(in[1]), g, zero);
            };
        }
    }

    public static final TernaryOp THRESHOLD = register(new Threshold());

    static final class Hardtanh extends TernaryOp {
        Hardtanh() {
            super("hardtanh", "The value x moved into [min, max], with no gradient at the bounds.");
            torch("torch.nn.functional.hardtanh");
            ulps(0);
            saves(Saves.INPUT0, Saves.INPUT1, Saves.INPUT2);
        }

        @Override
        public double scalar(double x, double min, double max) {
            return Math.min(Math.max(x, min), max);
        }

        @Override
        public long scalar(long x, long min, long max) {
            return Math.min(Math.max(x, min), max);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> min, Vector<E> max) {
            return x.max(min).min(max);
        }

        @Override
        public Tensor grad(int input, Tensor g, Tensor[] in, Tensor out) {
            Tensor zero = Tensor.zerosLike(g);
            return switch (input) {
                case 0 -> Tensor.where(in[0].le(in[1]).add(in[0].ge(in[2])), zero, g);
                case 1 -> Tensor.where(in[0].le(in[1]).mul(in[1].lt(in[2])), g, zero);
                default -> Tensor.where(in[0].ge(in[2]).add(in[1].gt(in[2])), g, zero);
            };
        }
    }

    public static final TernaryOp HARDTANH = register(new Hardtanh());

    /** Applies an op to a tensor and two numbers, which do not change its dtype. */
    public static Tensor apply(TernaryOp op, Tensor x, Number first, Number second) {
        DType type = x.dtype();
        return Dispatch.apply(op, type, x, Tensor.scalar(type, first), Tensor.scalar(type, second));
    }

    /** {@link #apply} in place. */
    public static Tensor change(TernaryOp op, Tensor x, Number first, Number second) {
        DType type = x.dtype();
        return InPlace.apply(op, type, x, Tensor.scalar(type, first), Tensor.scalar(type, second));
    }

    /** All ops of this family. */
    public static List<Op> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <T extends Op> T register(T op) {
        ALL.add(op);
        return op;
    }
}
