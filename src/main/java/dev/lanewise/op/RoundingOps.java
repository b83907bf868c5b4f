package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounding to whole numbers; integers stay as they are.
 *
 * <p>In lanes: from 2^23 (float) or 2^52 (double) on all numbers are whole, and adding that number to a smaller one rounds
 * it to the nearest whole one, ties to even. It is done with |x|, and the sign put back, so that -0.0 stays.
 */
public final class RoundingOps {
    private static final List<UnaryOp> ALL = new ArrayList<>();

    private RoundingOps() {}

    /** What the four have in common: whole numbers, and a derivative of zero. */
    abstract static class Rounding extends UnaryOp {
        @SuppressWarnings("this-escape") // what it calls is final and only sets fields
        Rounding(String name, String doc) {
            super(name, doc);
        }

        @Override
        public final long scalar(long x) {
            return x;
        }

        @Override
        public final boolean vectorizes(DType type) {
            return type.isFloatingPoint();
        }

        @Override
        public final Tensor grad(Tensor g, Tensor x, Tensor out) {
            return Tensor.zerosLike(g);
        }
    }

    static final class Round extends Rounding {
        Round() {
            super("round", "Nearest whole number, ties to the even one.");
        }

        @Override
        public double scalar(double x) {
            return Math.rint(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> size = x.lanewise(VectorOperators.ABS);
            Vector<E> whole = x.broadcast(x.elementSize() == Float.SIZE ? 1L << 23 : 1L << 52);
            Vector<E> nearest = size.add(whole).sub(whole).blend(size, size.compare(VectorOperators.GE, whole));
            return nearest.blend(nearest.lanewise(VectorOperators.NEG), x.test(VectorOperators.IS_NEGATIVE));
        }
    }

    public static final UnaryOp ROUND = register(new Round());

    static final class Floor extends Rounding {
        Floor() {
            super("floor", "Largest whole number that is not above x.");
        }

        @Override
        public double scalar(double x) {
            return Math.floor(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> size = x.lanewise(VectorOperators.ABS);
            Vector<E> whole = x.broadcast(x.elementSize() == Float.SIZE ? 1L << 23 : 1L << 52);
            Vector<E> nearest = size.add(whole).sub(whole).blend(size, size.compare(VectorOperators.GE, whole));
            Vector<E> rounded =
                    nearest.blend(nearest.lanewise(VectorOperators.NEG), x.test(VectorOperators.IS_NEGATIVE));
            return rounded.blend(rounded.sub(x.broadcast(1)), rounded.compare(VectorOperators.GT, x));
        }
    }

    public static final UnaryOp FLOOR = register(new Floor());

    static final class Ceil extends Rounding {
        Ceil() {
            super("ceil", "Smallest whole number that is not below x.");
        }

        @Override
        public double scalar(double x) {
            return Math.ceil(x);
        }

        /** The negative of the floor of the negative, so that what is above -1 and below 0 becomes -0.0. */
        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> size = x.lanewise(VectorOperators.ABS);
            Vector<E> whole = x.broadcast(x.elementSize() == Float.SIZE ? 1L << 23 : 1L << 52);
            Vector<E> nearest = size.add(whole).sub(whole).blend(size, size.compare(VectorOperators.GE, whole));
            Vector<E> turned = x.lanewise(VectorOperators.NEG);
            Vector<E> rounded =
                    nearest.blend(nearest.lanewise(VectorOperators.NEG), turned.test(VectorOperators.IS_NEGATIVE));
            return rounded.blend(rounded.sub(x.broadcast(1)), rounded.compare(VectorOperators.GT, turned))
                    .lanewise(VectorOperators.NEG);
        }
    }

    public static final UnaryOp CEIL = register(new Ceil());

    static final class Trunc extends Rounding {
        Trunc() {
            super("trunc", "Whole part of x, rounded toward zero.");
        }

        @Override
        public double scalar(double x) {
            return x < 0 ? Math.ceil(x) : Math.floor(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> size = x.lanewise(VectorOperators.ABS);
            Vector<E> whole = x.broadcast(x.elementSize() == Float.SIZE ? 1L << 23 : 1L << 52);
            Vector<E> nearest = size.add(whole).sub(whole).blend(size, size.compare(VectorOperators.GE, whole));
            Vector<E> down = nearest.blend(nearest.sub(x.broadcast(1)), nearest.compare(VectorOperators.GT, size));
            return down.blend(down.lanewise(VectorOperators.NEG), x.test(VectorOperators.IS_NEGATIVE));
        }
    }

    public static final UnaryOp TRUNC = register(new Trunc());

    static final class Frac extends UnaryOp {
        Frac() {
            super("frac", "What is left of x without its whole part, with the sign of x; floating point only.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
        }

        @Override
        public double scalar(double x) {
            return x - (x < 0 ? Math.ceil(x) : Math.floor(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> size = x.lanewise(VectorOperators.ABS);
            Vector<E> whole = x.broadcast(x.elementSize() == Float.SIZE ? 1L << 23 : 1L << 52);
            Vector<E> nearest = size.add(whole).sub(whole).blend(size, size.compare(VectorOperators.GE, whole));
            Vector<E> down = nearest.blend(nearest.sub(x.broadcast(1)), nearest.compare(VectorOperators.GT, size));
            return x.sub(down.blend(down.lanewise(VectorOperators.NEG), x.test(VectorOperators.IS_NEGATIVE)));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g;
        }
    }

    public static final UnaryOp FRAC = register(new Frac());

    /** All ops of this family. */
    public static List<UnaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static UnaryOp register(UnaryOp op) {
        ALL.add(op);
        return op;
    }
}
