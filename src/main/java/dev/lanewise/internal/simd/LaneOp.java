package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.lang.invoke.MethodHandles;

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
}
