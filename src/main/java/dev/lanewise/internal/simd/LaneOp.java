package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;

/**
 * What all lane forms of ops have in common.
 *
 * <p>The class of an op is copied as a hidden class for each dtype, so that its lane code is compiled for that dtype alone.
 * It therefore needs a constructor without parameters, has methods only (no lambdas), none of them with the op's own type as
 * a parameter or result, and names no vector class but {@code Vector} and {@code VectorMask}.
 *
 * <p>The lane form may see lanes whose results are dropped, so it must not throw whatever the values.
 */
public interface LaneOp {
    /** Full access to the package of the op, to copy its class. */
    MethodHandles.Lookup lookup();

    /** False for dtypes that the lane form is not written for; they are computed one element at a time. */
    default boolean vectorizes(DType type) {
        return true;
    }

    /** How many loops the vector form is cut into, for FLOAT32 or FLOAT64: the compiler takes about 40 operations in one. */
    default int passes(DType type) {
        return 1;
    }

    /**
     * The value of one pass, the last of which gives the result; for ops of several passes only.
     *
     * @param pass counts from 0
     * @param before the value of the pass before; in pass 0 the first input
     * @param a the first input
     * @param b the second input, or again the first
     * @param c the third input, or again the first
     */
    default <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has one pass");
    }

    /** True if the conversion of BFLOAT16 does not fit into the loop of the vector form too. */
    default boolean isLong() {
        return false;
    }

    /** True if the narrower floating-point dtypes are computed in double lanes too, and rounded. */
    default boolean isWide() {
        return false;
    }
}
