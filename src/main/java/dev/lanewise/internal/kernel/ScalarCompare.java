package dev.lanewise.internal.kernel;

/** The meaning of an elementwise comparison, one pair at a time. */
public interface ScalarCompare {
    /** The result for floating-point dtypes. */
    boolean test(double a, double b);

    /** The result for integers and booleans. */
    boolean test(long a, long b);
}
