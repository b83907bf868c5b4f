package dev.lanewise.op;

import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Hyperbolic functions and their inverses; {@link UnaryOps} has the tangent and says how to add one. */
public final class HyperbolicOps {
    private static final double LN_2 = Math.log(2);
    private static final List<UnaryOp> ALL = new ArrayList<>();

    private HyperbolicOps() {}

    static final class Sinh extends UnaryOp {
        Sinh() {
            super("sinh", "Hyperbolic sine of x.");
            dtypes(DTypeRule.FLOATING);
            ulps(3);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return Math.sinh(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.lanewise(VectorOperators.SINH);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.cosh());
        }
    }

    public static final UnaryOp SINH = register(new Sinh());

    static final class Cosh extends UnaryOp {
        Cosh() {
            super("cosh", "Hyperbolic cosine of x.");
            dtypes(DTypeRule.FLOATING);
            ulps(3);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return Math.cosh(x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return x.lanewise(VectorOperators.COSH);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.sinh());
        }
    }

    public static final UnaryOp COSH = register(new Cosh());

    static final class Asinh extends UnaryOp {
        Asinh() {
            super("asinh", "Number whose hyperbolic sine is x.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0);
        }

        /** For large x, ln(2|x|); below, ln(|x| + √(1 + x²)) by log1p. */
        @Override
        public double scalar(double x) {
            double size = Math.abs(x);
            double log = size >= 0x1p28
                    ? Math.log(size) + LN_2
                    : Math.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
            return Math.copySign(log, x);
        }

        /** The same with x² / (1 + √(1 + x²)) divided by |x| above and below, for x² may be out of range. */
        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> size = x.lanewise(VectorOperators.ABS);
            Vector<E> one = x.broadcast(1);
            Vector<E> inverse = one.div(size);
            Vector<E> root = inverse.mul(inverse).add(one).lanewise(VectorOperators.SQRT);
            VectorMask<E> large = size.compare(VectorOperators.GE, 1L << 60);
            Vector<E> argument = size.add(size.div(inverse.add(root))).blend(size, large);
            Vector<E> log = argument.lanewise(VectorOperators.LOG1P);
            Vector<E> result = log.blend(log.add(ln2(x)), large);
            return result.blend(result.lanewise(VectorOperators.NEG), x.test(VectorOperators.IS_NEGATIVE));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.square().add(1).rsqrt());
        }

        private static <E> Vector<E> ln2(Vector<E> x) {
            boolean single = x.elementSize() == Float.SIZE;
            return x.broadcast(single ? 11629080L : 6243314768165359L).div(x.broadcast(single ? 1L << 24 : 1L << 53));
        }
    }

    public static final UnaryOp ASINH = register(new Asinh());

    static final class Acosh extends UnaryOp {
        Acosh() {
            super("acosh", "Number that is not negative and whose hyperbolic cosine is x; NaN below 1.");
            dtypes(DTypeRule.FLOATING);
            domain(1.1, 6);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            double above = x - 1;
            return x >= 0x1p28 ? Math.log(x) + LN_2 : Math.log1p(above + Math.sqrt(above) * Math.sqrt(above + 2));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> above = x.sub(x.broadcast(1));
            Vector<E> root = above.lanewise(VectorOperators.SQRT)
                    .mul(above.add(x.broadcast(2)).lanewise(VectorOperators.SQRT));
            VectorMask<E> large = x.compare(VectorOperators.GE, 1L << 60);
            Vector<E> log = above.add(root).blend(x, large).lanewise(VectorOperators.LOG1P);
            return log.blend(log.add(ln2(x)), large);
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.square().sub(1).rsqrt());
        }

        private static <E> Vector<E> ln2(Vector<E> x) {
            boolean single = x.elementSize() == Float.SIZE;
            return x.broadcast(single ? 11629080L : 6243314768165359L).div(x.broadcast(single ? 1L << 24 : 1L << 53));
        }
    }

    public static final UnaryOp ACOSH = register(new Acosh());

    static final class Atanh extends UnaryOp {
        Atanh() {
            super("atanh", "Number whose hyperbolic tangent is x; NaN outside [-1, 1].");
            dtypes(DTypeRule.FLOATING);
            domain(-0.9, 0.9);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            double size = Math.abs(x);
            return Math.copySign(0.5 * Math.log1p(2 * size / (1 - size)), x);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            Vector<E> size = x.lanewise(VectorOperators.ABS);
            Vector<E> ratio = size.add(size).div(x.broadcast(1).sub(size));
            Vector<E> half = ratio.lanewise(VectorOperators.LOG1P).div(x.broadcast(2));
            return half.blend(half.lanewise(VectorOperators.NEG), x.test(VectorOperators.IS_NEGATIVE));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.div(x.square().rsub(1));
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
