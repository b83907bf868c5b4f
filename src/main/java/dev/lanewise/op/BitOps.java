package dev.lanewise.op;

import dev.lanewise.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Ops on integers alone: bits, shifts, divisors.
 *
 * <p>The lane forms of AND, OR and XOR are put together from "and not", see {@link UnaryOps} for why.
 */
public final class BitOps {
    private static final List<BinaryOp> ALL = new ArrayList<>();

    private BitOps() {}

    /** What the ops of this family have in common. */
    abstract static class IntegerOp extends BinaryOp {
        @SuppressWarnings("this-escape") // what it calls is final and only sets fields
        IntegerOp(String name, String doc, DTypeRule rule) {
            super(name, doc);
            dtypes(rule);
            notDifferentiable("its result is whole");
        }

        @Override
        public final double scalar(double a, double b) {
            throw new UnsupportedOperationException(name() + " has no floating-point form");
        }
    }

    static final class BitwiseAnd extends IntegerOp {
        BitwiseAnd() {
            super("bitwiseAnd", "The bits set in both a and b; of booleans, a and b.", DTypeRule.BITS);
        }

        @Override
        public long scalar(long a, long b) {
            return a & b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.sub(a.lanewise(VectorOperators.AND_NOT, b));
        }
    }

    public static final BinaryOp BITWISE_AND = register(new BitwiseAnd());

    static final class BitwiseOr extends IntegerOp {
        BitwiseOr() {
            super("bitwiseOr", "The bits set in a or b; of booleans, a or b.", DTypeRule.BITS);
        }

        @Override
        public long scalar(long a, long b) {
            return a | b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b.lanewise(VectorOperators.AND_NOT, a));
        }
    }

    public static final BinaryOp BITWISE_OR = register(new BitwiseOr());

    static final class BitwiseXor extends IntegerOp {
        BitwiseXor() {
            super("bitwiseXor", "The bits set in one of a and b; of booleans, whether they differ.", DTypeRule.BITS);
        }

        @Override
        public long scalar(long a, long b) {
            return a ^ b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.lanewise(VectorOperators.AND_NOT, b).add(b.lanewise(VectorOperators.AND_NOT, a));
        }
    }

    public static final BinaryOp BITWISE_XOR = register(new BitwiseXor());

    static final class LeftShift extends IntegerOp {
        LeftShift() {
            super(
                    "bitwiseLeftShift",
                    "Product a · 2^b, wrapping; 0 if b is negative or too large.",
                    DTypeRule.INTEGERS);
            domain(0, 9);
        }

        @Override
        public long scalar(long a, long b) {
            return b < 0 || b >= Long.SIZE ? 0 : a << b;
        }

        /** Lanes may be wider than the dtype, and a shift by more than its width leaves nothing of the low bits. */
        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            VectorMask<E> out = b.compare(VectorOperators.LT, 0).or(b.compare(VectorOperators.GE, b.elementSize()));
            return a.lanewise(VectorOperators.LSHL, b).blend(0, out);
        }
    }

    public static final BinaryOp BITWISE_LEFT_SHIFT = register(new LeftShift());

    static final class RightShift extends IntegerOp {
        RightShift() {
            super(
                    "bitwiseRightShift",
                    "Quotient a / 2^b rounded down; 0 or -1 if b is negative or too large.",
                    DTypeRule.INTEGERS);
            domain(0, 9);
        }

        @Override
        public long scalar(long a, long b) {
            return a >> (b < 0 || b >= Long.SIZE ? Long.SIZE - 1 : b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            long most = b.elementSize() - 1L;
            Vector<E> count = b.blend(most, b.compare(VectorOperators.LT, 0)).min(b.broadcast(most));
            return a.lanewise(VectorOperators.ASHR, count);
        }
    }

    public static final BinaryOp BITWISE_RIGHT_SHIFT = register(new RightShift());

    /** What the ops that count divisors have in common: no vector form. */
    abstract static class DivisorOp extends IntegerOp {
        DivisorOp(String name, String doc) {
            super(name, doc, DTypeRule.INTEGERS);
        }

        /** Euclid's algorithm. */
        static long divisor(long a, long b) {
            long x = a;
            long y = b;
            while (y != 0) {
                long rest = x % y;
                x = y;
                y = rest;
            }
            return Math.abs(x);
        }

        @Override
        public final boolean vectorizes(DType type) {
            return false;
        }

        @Override
        public final <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            throw new UnsupportedOperationException(name() + " has no vector form");
        }
    }

    static final class Gcd extends DivisorOp {
        Gcd() {
            super("gcd", "Greatest common divisor, not negative; 0 of 0 and 0.");
        }

        @Override
        public long scalar(long a, long b) {
            return divisor(a, b);
        }
    }

    public static final BinaryOp GCD = register(new Gcd());

    static final class Lcm extends DivisorOp {
        Lcm() {
            super("lcm", "Least common multiple, not negative; 0 if either is 0.");
        }

        @Override
        public long scalar(long a, long b) {
            long divisor = divisor(a, b);
            return divisor == 0 ? 0 : Math.abs(a / divisor * b);
        }
    }

    public static final BinaryOp LCM = register(new Lcm());

    /** All ops of this family. */
    public static List<BinaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static BinaryOp register(BinaryOp op) {
        ALL.add(op);
        return op;
    }
}
