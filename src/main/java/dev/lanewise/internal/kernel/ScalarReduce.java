package dev.lanewise.internal.kernel;

/** The meaning of a reduction: an associative and commutative way to combine two elements into one. */
public interface ScalarReduce {
    /** What changes nothing when combined, and the result for no elements. */
    double identity();

    /** The same for integers and booleans. */
    default long longIdentity() {
        return (long) identity();
    }

    /** Combines two elements of a floating-point dtype; the result is then rounded to the type summed in. */
    double combine(double a, double b);

    /** Combines two integers or booleans, in 64 bits. */
    default long combine(long a, long b) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no integer form");
    }
}
