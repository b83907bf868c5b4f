package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.math.DoubleTrig;
import dev.lanewise.internal.math.FloatTrig;
import dev.lanewise.internal.simd.TrigLanes;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/** Trigonometric functions of angles in radians and their inverses; {@link UnaryOps} says how to add one. */
public final class TrigOps {
    private static final List<UnaryOp> ALL = new ArrayList<>();

    private TrigOps() {}

    static final class Sin extends UnaryOp {
        private static final TrigLanes MATH = TrigLanes.of(MethodHandles.lookup());

        Sin() {
            super("sin", "Sine of x.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.5, 1.5);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return Math.abs(x) > DoubleTrig.LIMIT ? StrictMath.sin(x) : DoubleTrig.sin(x);
        }

        @Override
        public float scalar(float x) {
            return Math.abs(x) > FloatTrig.LIMIT ? (float) StrictMath.sin(x) : FloatTrig.sin(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.sin(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.cos());
        }

        @Override
        public double limit(DType type) {
            return type == DType.FLOAT64 ? DoubleTrig.LIMIT : FloatTrig.LIMIT;
        }
    }

    public static final UnaryOp SIN = register(new Sin());

    static final class Cos extends UnaryOp {
        private static final TrigLanes MATH = TrigLanes.of(MethodHandles.lookup());

        Cos() {
            super("cos", "Cosine of x.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.5, 1.5);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return Math.abs(x) > DoubleTrig.LIMIT ? StrictMath.cos(x) : DoubleTrig.cos(x);
        }

        @Override
        public float scalar(float x) {
            return Math.abs(x) > FloatTrig.LIMIT ? (float) StrictMath.cos(x) : FloatTrig.cos(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.cos(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.sin().neg());
        }

        @Override
        public double limit(DType type) {
            return type == DType.FLOAT64 ? DoubleTrig.LIMIT : FloatTrig.LIMIT;
        }
    }

    public static final UnaryOp COS = register(new Cos());

    static final class Tan extends UnaryOp {
        private static final TrigLanes MATH = TrigLanes.of(MethodHandles.lookup());

        Tan() {
            super("tan", "Tangent of x.");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 2.8);
            domain(-1.4, 1.4);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return Math.abs(x) > DoubleTrig.LIMIT ? StrictMath.tan(x) : DoubleTrig.tan(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.tan(x);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(out.mul(out).add(1));
        }

        @Override
        public double limit(DType type) {
            return type == DType.FLOAT64 ? DoubleTrig.LIMIT : FloatTrig.LIMIT;
        }
    }

    public static final UnaryOp TAN = register(new Tan());

    static final class Asin extends UnaryOp {
        Asin() {
            super("asin", "Angle in [-π/2, π/2] whose sine is x; NaN outside [-1, 1].");
            dtypes(DTypeRule.FLOATING);
            ulps(2);
            domain(-0.9, 0.9);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return Math.asin(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.lanewise(VectorOperators.ASIN);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.square().rsub(1).rsqrt());
        }
    }

    public static final UnaryOp ASIN = register(new Asin());

    static final class Acos extends UnaryOp {
        Acos() {
            super("acos", "Angle in [0, π] whose cosine is x; NaN outside [-1, 1].");
            dtypes(DTypeRule.FLOATING);
            ulps(2);
            domain(-0.9, 0.9);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return Math.acos(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.lanewise(VectorOperators.ACOS);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.neg().mul(x.square().rsub(1).rsqrt());
        }
    }

    public static final UnaryOp ACOS = register(new Acos());

    static final class Atan extends UnaryOp {
        Atan() {
            super("atan", "Angle in [-π/2, π/2] whose tangent is x.");
            dtypes(DTypeRule.FLOATING);
            ulps(2);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return Math.atan(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.lanewise(VectorOperators.ATAN);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.div(x.square().add(1));
        }
    }

    public static final UnaryOp ATAN = register(new Atan());

    static final class Deg2rad extends UnaryOp {
        private static final double RADIANS = Math.PI / 180;

        Deg2rad() {
            super("deg2rad", "Degrees in radians, x · π / 180.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
        }

        @Override
        public double scalar(double x) {
            return x * RADIANS;
        }

        @Override
        public float scalar(float x) {
            return x * (float) RADIANS;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.mul(radians(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(RADIANS);
        }

        private static <E> Vector<E> radians(Vector<E> x) {
            boolean single = x.elementSize() == Float.SIZE;
            return x.broadcast(single ? 9370165L : 5030569068109113L).div(x.broadcast(single ? 1L << 29 : 1L << 58));
        }

        @Override
        public String gradName() {
            return "Deg2RadBackward0";
        }
    }

    public static final UnaryOp DEG2RAD = register(new Deg2rad());

    static final class Rad2deg extends UnaryOp {
        private static final double DEGREES = 180 / Math.PI;

        Rad2deg() {
            super("rad2deg", "Radians in degrees, x · 180 / π.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
        }

        @Override
        public double scalar(double x) {
            return x * DEGREES;
        }

        @Override
        public float scalar(float x) {
            return x * (float) DEGREES;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.mul(degrees(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(DEGREES);
        }

        private static <E> Vector<E> degrees(Vector<E> x) {
            boolean single = x.elementSize() == Float.SIZE;
            return x.broadcast(single ? 15019745L : 8063664102031864L).div(x.broadcast(single ? 1L << 18 : 1L << 47));
        }

        @Override
        public String gradName() {
            return "Rad2DegBackward0";
        }
    }

    public static final UnaryOp RAD2DEG = register(new Rad2deg());

    static final class Sinc extends UnaryOp {
        Sinc() {
            super("sinc", "Normalised cardinal sine sin(πx) / (πx); 1 at 0.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0);
        }

        /** The sine is taken of what is left of x beside the nearest whole number, so that it is 0 at whole numbers. */
        @Override
        public double scalar(double x) {
            if (x == 0) {
                return 1;
            }
            double size = Math.abs(x);
            double nearest = Math.rint(size);
            double beside = nearest % 2 == 0 ? size - nearest : nearest - size;
            return Math.sin(Math.PI * beside) / (Math.PI * size);
        }

        @Override
        public boolean vectorizes(DType type) {
            return false;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            throw new UnsupportedOperationException("not written for lanes");
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor turns = x.mul(Math.PI);
            Tensor square = x.mul(turns);
            Tensor inner = turns.mul(turns.cos()).sub(turns.sin()).div(square);
            return Tensor.where(square.eq(0), Tensor.zerosLike(g), g.mul(inner));
        }
    }

    public static final UnaryOp SINC = register(new Sinc());

    /** All ops of this family. */
    public static List<UnaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static UnaryOp register(UnaryOp op) {
        ALL.add(op);
        return op;
    }
}
