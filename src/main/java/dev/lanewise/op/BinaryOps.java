package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/** The elementwise ops of two inputs; {@link UnaryOps} says how to add one. */
public final class BinaryOps {
    private static final List<BinaryOp> ALL = new ArrayList<>();

    private BinaryOps() {}

    static final class Add extends BinaryOp {
        Add() {
            super("add", "Sum a + b; of booleans, a or b.");
            dtypes(DTypeRule.ANY);
        }

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

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g;
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g;
        }
    }

    public static final BinaryOp ADD = register(new Add());

    static final class Sub extends BinaryOp {
        Sub() {
            super("sub", "Difference a - b.");
        }

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

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g;
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.neg();
        }
    }

    public static final BinaryOp SUB = register(new Sub());

    static final class Mul extends BinaryOp {
        Mul() {
            super("mul", "Product a · b; of booleans, a and b.");
            dtypes(DTypeRule.ANY);
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
        }

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

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.mul(b);
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.mul(a);
        }
    }

    public static final BinaryOp MUL = register(new Mul());

    static final class Div extends BinaryOp {
        Div() {
            super("div", "Quotient a / b, always floating point.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            domain(0.2, 3);
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            return a / b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.div(b);
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.div(b);
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.neg().mul(a.div(b).div(b));
        }
    }

    public static final BinaryOp DIV = register(new Div());

    static final class Pow extends BinaryOp {
        private static final long EVEN_FROM = 1L << 54;

        Pow() {
            super("pow", "Power a^b; of integers by repeated multiplication, with b not negative.");
            ulps(2);
            domain(0.2, 3);
            savesFor(0, Saves.INPUT0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0, Saves.INPUT1, Saves.OUTPUT);
        }

        /** Java's power, but 1 to any power is 1, even to NaN, and -1 to an infinite one, as C and PyTorch have it. */
        @Override
        public double scalar(double a, double b) {
            return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : Math.pow(a, b);
        }

        /** Square and multiply, wrapping; a negative exponent gives 0 unless a is 1 or -1, as the quotient truncates. */
        @Override
        public long scalar(long a, long b) {
            if (b < 0) {
                return a == 1 ? 1 : a == -1 ? ((b & 1) == 0 ? 1 : -1) : 0;
            }
            long result = 1;
            for (long base = a, left = b; left > 0; left >>= 1, base *= base) {
                if ((left & 1) != 0) {
                    result *= base;
                }
            }
            return result;
        }

        @Override
        public boolean vectorizes(DType type) {
            return type.isFloatingPoint();
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            Vector<E> one = a.broadcast(1);
            Vector<E> power = a.lanewise(VectorOperators.POW, b);
            // All floating-point numbers from 2^54 on are even, infinity included.
            Vector<E> ofEven = power.blend(one, a.compare(VectorOperators.EQ, -1));
            Vector<E> fixed =
                    power.blend(ofEven, b.lanewise(VectorOperators.ABS).compare(VectorOperators.GE, EVEN_FROM));
            return fixed.blend(one, a.compare(VectorOperators.EQ, 1));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return Tensor.where(b.eq(0), Tensor.zerosLike(g), g.mul(b.mul(a.pow(b.sub(1)))));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            Tensor flat = a.eq(0).mul(b.ge(0));
            return Tensor.where(flat, Tensor.zerosLike(g), g.mul(out.mul(a.log())));
        }

        @Override
        public String gradName() {
            return "PowBackward1";
        }
    }

    public static final BinaryOp POW = register(new Pow());

    static final class Maximum extends BinaryOp {
        Maximum() {
            super("maximum", "The larger of a and b; NaN if either is NaN.");
            dtypes(DTypeRule.ANY);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

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

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return shareOfTies(g, a.lt(b), a.eq(b));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return shareOfTies(g, b.lt(a), a.eq(b));
        }
    }

    public static final BinaryOp MAXIMUM = register(new Maximum());

    static final class Minimum extends BinaryOp {
        Minimum() {
            super("minimum", "The smaller of a and b; NaN if either is NaN.");
            dtypes(DTypeRule.ANY);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            return Math.min(a, b);
        }

        @Override
        public long scalar(long a, long b) {
            return Math.min(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.min(b);
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return shareOfTies(g, a.gt(b), a.eq(b));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return shareOfTies(g, b.gt(a), a.eq(b));
        }
    }

    public static final BinaryOp MINIMUM = register(new Minimum());

    /** All ops of this family. */
    public static List<BinaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The gradient where the input was chosen, half of it where both were equal. */
    private static Tensor shareOfTies(Tensor g, Tensor lost, Tensor tied) {
        Tensor won = Tensor.where(lost, Tensor.zerosLike(g), g);
        return Tensor.where(tied, g.div(2), won);
    }

    private static BinaryOp register(BinaryOp op) {
        ALL.add(op);
        return op;
    }
}
