package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/** Reductions that are parts of other computations. */
public class FoldOps {
    /** Sum of the squared distances from a number for each column. */
    static final LaneReduce SQUARED_DISTANCES = new SquaredDistances();

    static final LaneReduce SUM = new Sum();

    static final LaneReduce PRODUCT = new Product();

    /** Sum of the squares; floating-point dtypes only, as of absolute values. */
    public static final LaneReduce SQUARES = new Squares();

    /** Sum of the absolute values. */
    public static final LaneReduce ABSOLUTES = new Absolutes();

    /** How many elements are not 0, NaN among them; every dtype. */
    public static final LaneReduce NONZEROS = new Nonzeros();

    /** How many elements are 0 or -0; every dtype. */
    public static final LaneReduce ZEROS = new Zeros();

    /** The largest absolute value; NaN if there is one. */
    public static final LaneReduce LARGEST_ABSOLUTE = new LargestAbsolute();

    /** The smallest absolute value; NaN if there is one. */
    public static final LaneReduce SMALLEST_ABSOLUTE = new SmallestAbsolute();

    private FoldOps() {}

    /**
     * What all of them have in common. Lane code stands in the classes that are copied: what kernels of several dtypes share
     * makes objects of the vectors.
     */
    abstract static class Fold implements LaneReduce {
        @Override
        public final MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }
    }

    /** Sums of something. */
    abstract static class Adding extends Fold {
        @Override
        public final double identity() {
            return 0;
        }

        @Override
        public final double combine(double a, double b) {
            return a + b;
        }

        @Override
        public final long combine(long a, long b) {
            return a + b;
        }
    }

    /** Sums. */
    static final class Sum extends Adding {
        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }
    }

    /** Products. */
    static final class Product extends Fold {
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

    /** Sums of squares. */
    abstract static class Squaring extends Adding {
        @Override
        public final boolean maps() {
            return true;
        }

        @Override
        public final boolean mapsLong() {
            return true;
        }

        @Override
        public final double map(double x) {
            return x * x;
        }
    }

    static final class Squares extends Squaring {
        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }

        @Override
        public <E> Vector<E> mapLanes(Vector<E> x) {
            return x.mul(x);
        }
    }

    static final class SquaredDistances extends Squaring {
        @Override
        public boolean shifts() {
            return true;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }

        @Override
        public <E> Vector<E> mapLanes(Vector<E> x) {
            return x.mul(x);
        }
    }

    static final class Absolutes extends Adding {
        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }

        @Override
        public boolean maps() {
            return true;
        }

        @Override
        public double map(double x) {
            return Math.abs(x);
        }

        @Override
        public <E> Vector<E> mapLanes(Vector<E> x) {
            return x.abs();
        }
    }

    /** Numbers of elements. */
    abstract static class Counting extends Adding {
        @Override
        public final boolean maps() {
            return true;
        }

        @Override
        public final boolean mapsLong() {
            return true;
        }

        @Override
        public final boolean fitsInt(DType type) {
            return true;
        }
    }

    static final class Nonzeros extends Counting {
        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }

        @Override
        public double map(double x) {
            return x != 0 ? 1 : 0;
        }

        @Override
        public long map(long x) {
            return x != 0 ? 1 : 0;
        }

        @Override
        public <E> Vector<E> mapLanes(Vector<E> x) {
            return x.broadcast(0).blend(1, x.compare(VectorOperators.NE, 0));
        }
    }

    static final class Zeros extends Counting {
        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }

        @Override
        public double map(double x) {
            return x == 0 ? 1 : 0;
        }

        @Override
        public long map(long x) {
            return x == 0 ? 1 : 0;
        }

        @Override
        public <E> Vector<E> mapLanes(Vector<E> x) {
            return x.broadcast(0).blend(1, x.compare(VectorOperators.EQ, 0));
        }
    }

    /** The extremes of absolute values. */
    abstract static class Absolute extends Fold {
        @Override
        public final boolean maps() {
            return true;
        }

        @Override
        public final double map(double x) {
            return Math.abs(x);
        }
    }

    static final class LargestAbsolute extends Absolute {
        @Override
        public double identity() {
            return 0;
        }

        @Override
        public double combine(double a, double b) {
            return Math.max(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.max(b);
        }

        @Override
        public <E> Vector<E> mapLanes(Vector<E> x) {
            return x.abs();
        }
    }

    static final class SmallestAbsolute extends Absolute {
        @Override
        public double identity() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double combine(double a, double b) {
            return Math.min(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.min(b);
        }

        @Override
        public <E> Vector<E> mapLanes(Vector<E> x) {
            return x.abs();
        }
    }
}
