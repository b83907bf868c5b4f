package dev.lanewise.internal.kernel;

/** The meaning of an elementwise op of three inputs, one element at a time. */
public interface ScalarTernary {
    /** The result for floating-point dtypes; it is then rounded to the dtype. */
    double scalar(double a, double b, double c);

    /**
     * The result for FLOAT32, and before it is rounded once more for the dtypes of 16 bits. An op whose vector form works in
     * float arithmetic has its own, so that the two agree bit for bit.
     */
    default float scalar(float a, float b, float c) {
        return (float) scalar((double) a, b, c);
    }

    /** The result for integers and booleans; its low bits are kept, and of booleans whether it is 0. */
    default long scalar(long a, long b, long c) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no integer form");
    }
}
