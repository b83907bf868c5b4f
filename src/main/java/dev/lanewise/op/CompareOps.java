package dev.lanewise.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The elementwise comparisons; {@link UnaryOps} says how to add one. */
public final class CompareOps {
    private static final List<CompareOp> ALL = new ArrayList<>();

    private CompareOps() {}

    static final class Eq extends CompareOp {
        Eq() {
            super("eq", "True where a = b.");
        }

        @Override
        public boolean test(double a, double b) {
            return a == b;
        }

        @Override
        public boolean test(long a, long b) {
            return a == b;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.EQ, b);
        }
    }

    public static final CompareOp EQ = register(new Eq());

    static final class Ne extends CompareOp {
        Ne() {
            super("ne", "True where a ≠ b.");
        }

        @Override
        public boolean test(double a, double b) {
            return a != b;
        }

        @Override
        public boolean test(long a, long b) {
            return a != b;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.NE, b);
        }
    }

    public static final CompareOp NE = register(new Ne());

    static final class Lt extends CompareOp {
        Lt() {
            super("lt", "True where a < b.");
        }

        @Override
        public boolean test(double a, double b) {
            return a < b;
        }

        @Override
        public boolean test(long a, long b) {
            return a < b;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.LT, b);
        }
    }

    public static final CompareOp LT = register(new Lt());

    static final class Le extends CompareOp {
        Le() {
            super("le", "True where a ≤ b.");
        }

        @Override
        public boolean test(double a, double b) {
            return a <= b;
        }

        @Override
        public boolean test(long a, long b) {
            return a <= b;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.LE, b);
        }
    }

    public static final CompareOp LE = register(new Le());

    static final class Gt extends CompareOp {
        Gt() {
            super("gt", "True where a > b.");
        }

        @Override
        public boolean test(double a, double b) {
            return a > b;
        }

        @Override
        public boolean test(long a, long b) {
            return a > b;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.GT, b);
        }
    }

    public static final CompareOp GT = register(new Gt());

    static final class Ge extends CompareOp {
        Ge() {
            super("ge", "True where a ≥ b.");
        }

        @Override
        public boolean test(double a, double b) {
            return a >= b;
        }

        @Override
        public boolean test(long a, long b) {
            return a >= b;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.GE, b);
        }
    }

    public static final CompareOp GE = register(new Ge());

    /** All ops of this family. */
    public static List<CompareOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static CompareOp register(CompareOp op) {
        ALL.add(op);
        return op;
    }
}
