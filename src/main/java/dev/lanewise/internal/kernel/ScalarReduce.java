package dev.lanewise.internal.kernel;

import dev.lanewise.DType;

/**
 * The meaning of a reduction: an associative and commutative way to combine two elements into one, and what becomes of
 * each element before.
 */
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

    /** True if {@link #map(double)} changes elements before they are combined. */
    default boolean maps() {
        return false;
    }

    /** True if a number that the caller gives for each column is subtracted first; floating-point dtypes only. */
    default boolean shifts() {
        return false;
    }

    /** What is combined for an element; the result is then rounded to the type summed in. */
    default double map(double x) {
        return x;
    }

    /** What is combined for an integer or boolean. */
    default long map(long x) {
        return x;
    }

    /** True if combining 4096 elements of an integer dtype of up to 32 bits stays within an int. */
    default boolean fitsInt(DType type) {
        return false;
    }
}
