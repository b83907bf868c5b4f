package dev.lanewise.op;

import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Questions about one element, answered by a BOOL; they are comparisons whose second operand is not looked at. */
public final class PredicateOps {
    private static final List<CompareOp> ALL = new ArrayList<>();

    private PredicateOps() {}

    static final class Isnan extends CompareOp {
        Isnan() {
            super("isnan", "True where x is NaN.");
        }

        @Override
        public boolean test(double x, double unused) {
            return Double.isNaN(x);
        }

        @Override
        public boolean test(long x, long unused) {
            return false;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> x, Vector<E> unused) {
            return x.compare(VectorOperators.NE, x);
        }
    }

    public static final CompareOp ISNAN = register(new Isnan());

    static final class Isinf extends CompareOp {
        Isinf() {
            super("isinf", "True where x is ∞ or -∞.");
        }

        @Override
        public boolean test(double x, double unused) {
            return Double.isInfinite(x);
        }

        @Override
        public boolean test(long x, long unused) {
            return false;
        }

        /** Of all numbers only the infinite ones less themselves are not 0; NaN is set aside. */
        @Override
        public <E> VectorMask<E> lanes(Vector<E> x, Vector<E> unused) {
            VectorMask<E> number = x.compare(VectorOperators.EQ, x);
            return x.sub(x).compare(VectorOperators.NE, 0).and(number);
        }
    }

    public static final CompareOp ISINF = register(new Isinf());

    static final class Isfinite extends CompareOp {
        Isfinite() {
            super("isfinite", "True where x is neither infinite nor NaN.");
        }

        @Override
        public boolean test(double x, double unused) {
            return Double.isFinite(x);
        }

        @Override
        public boolean test(long x, long unused) {
            return true;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> x, Vector<E> unused) {
            return x.sub(x).compare(VectorOperators.EQ, 0);
        }
    }

    public static final CompareOp ISFINITE = register(new Isfinite());

    static final class Isposinf extends CompareOp {
        Isposinf() {
            super("isposinf", "True where x is ∞.");
        }

        @Override
        public boolean test(double x, double unused) {
            return x == Double.POSITIVE_INFINITY;
        }

        @Override
        public boolean test(long x, long unused) {
            return false;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> x, Vector<E> unused) {
            VectorMask<E> infinite = x.sub(x).compare(VectorOperators.NE, 0);
            return infinite.and(x.compare(VectorOperators.GT, 0));
        }
    }

    public static final CompareOp ISPOSINF = register(new Isposinf());

    static final class Isneginf extends CompareOp {
        Isneginf() {
            super("isneginf", "True where x is -∞.");
        }

        @Override
        public boolean test(double x, double unused) {
            return x == Double.NEGATIVE_INFINITY;
        }

        @Override
        public boolean test(long x, long unused) {
            return false;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> x, Vector<E> unused) {
            VectorMask<E> infinite = x.sub(x).compare(VectorOperators.NE, 0);
            return infinite.and(x.compare(VectorOperators.LT, 0));
        }
    }

    public static final CompareOp ISNEGINF = register(new Isneginf());

    static final class Signbit extends CompareOp {
        Signbit() {
            super("signbit", "True where x is below zero, -0.0 included.");
        }

        @Override
        public boolean test(double x, double unused) {
            return Double.doubleToRawLongBits(x) < 0;
        }

        @Override
        public boolean test(long x, long unused) {
            return x < 0;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> x, Vector<E> unused) {
            return x.test(VectorOperators.IS_NEGATIVE);
        }
    }

    public static final CompareOp SIGNBIT = register(new Signbit());

    static final class LogicalNot extends CompareOp {
        LogicalNot() {
            super("logicalNot", "True where x is 0 or false.");
        }

        @Override
        public boolean test(double x, double unused) {
            return x == 0;
        }

        @Override
        public boolean test(long x, long unused) {
            return x == 0;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> x, Vector<E> unused) {
            return x.compare(VectorOperators.EQ, 0);
        }
    }

    public static final CompareOp LOGICAL_NOT = register(new LogicalNot());

    /** Asks a question about each element; the result is BOOL. */
    public static Tensor test(CompareOp question, Tensor x) {
        return Dispatch.apply(question, x, x);
    }

    /** All ops of this family. */
    public static List<CompareOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static CompareOp register(CompareOp op) {
        ALL.add(op);
        return op;
    }
}
