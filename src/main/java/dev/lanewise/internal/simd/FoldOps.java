package dev.lanewise.internal.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/** Reductions that are parts of other computations. */
public class FoldOps {
    /** Sum of the squared distances from a number for each column. */
    static final LaneReduce SQUARED_DISTANCES = new SquaredDistances();

    static final LaneReduce SUM = new Sum();

    static final LaneReduce PRODUCT = new Product();

    private FoldOps() {}

    /** Sums. */
    static final class Sum implements LaneReduce {
        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public double identity() {
            return 0;
        }

        @Override
        public double combine(double a, double b) {
            return a + b;
        }

        @Override
        public long combine(long a, long b) {
            return a + b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }
    }

    /** Products. */
    static final class Product implements LaneReduce {
        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public double identity() {
            return 1;
        }

        @Override
        public double combine(double a, double b) {
            return a * b;
        }

        @Override
        public long combine(long a, long b) {
            return a * b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.mul(b);
        }
    }

    static final class SquaredDistances implements LaneReduce {
        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public double identity() {
            return 0;
        }

        @Override
        public double combine(double a, double b) {
            return a + b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }

        @Override
        public boolean shifts() {
            return true;
        }

        @Override
        public boolean maps() {
            return true;
        }

        @Override
        public double map(double x) {
            return x * x;
        }

        @Override
        public <E> Vector<E> mapLanes(Vector<E> x) {
            return x.mul(x);
        }
    }
}
