package dev.lanewise.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The truth functions of two inputs, of which every element but 0 is true, NaN included. */
public final class LogicOps {
    private static final List<CompareOp> ALL = new ArrayList<>();

    private LogicOps() {}

    static final class And extends CompareOp {
        And() {
            super("logicalAnd", "True where neither a nor b is 0.");
        }

        @Override
        public boolean test(double a, double b) {
            return a != 0 && b != 0;
        }

        @Override
        public boolean test(long a, long b) {
            return a != 0 && b != 0;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.NE, 0).and(b.compare(VectorOperators.NE, 0));
        }
    }

    public static final CompareOp LOGICAL_AND = register(new And());

    static final class Or extends CompareOp {
        Or() {
            super("logicalOr", "True where a and b are not both 0.");
        }

        @Override
        public boolean test(double a, double b) {
            return a != 0 || b != 0;
        }

        @Override
        public boolean test(long a, long b) {
            return a != 0 || b != 0;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            return a.compare(VectorOperators.NE, 0).or(b.compare(VectorOperators.NE, 0));
        }
    }

    public static final CompareOp LOGICAL_OR = register(new Or());

    static final class Xor extends CompareOp {
        Xor() {
            super("logicalXor", "True where one of a and b is 0.");
        }

        @Override
        public boolean test(double a, double b) {
            return a != 0 ^ b != 0;
        }

        @Override
        public boolean test(long a, long b) {
            return a != 0 ^ b != 0;
        }

        @Override
        public <E> VectorMask<E> lanes(Vector<E> a, Vector<E> b) {
            VectorMask<E> x = a.compare(VectorOperators.NE, 0);
            VectorMask<E> y = b.compare(VectorOperators.NE, 0);
            return x.andNot(y).or(y.andNot(x));
        }
    }

    public static final CompareOp LOGICAL_XOR = register(new Xor());

    /** All ops of this family. */
    public static List<CompareOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static CompareOp register(CompareOp op) {
        ALL.add(op);
        return op;
    }
}
