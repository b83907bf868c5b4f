package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.lang.invoke.MethodHandles;

/**
 * Gives ops the lane forms of mathematical functions.
 *
 * <p>Each copy of an op's class holds copies of its own of the classes with the functions it calls: one that all kernels
 * share would be compiled by itself, and then not as a part of their loops.
 */
final class LaneMath {
    private LaneMath() {}

    /**
     * A copy of the class that has some functions in the lanes that a copy of an op is for; null outside such a copy and for
     * integers.
     *
     * @param op the lookup of the op's class
     */
    static <T> T of(MethodHandles.Lookup op, Class<T> functions, Class<?> floats, Class<?> doubles) {
        LaneSpec spec = LaneSpec.of(op);
        if (spec == null || !spec.type().isFloatingPoint()) {
            return null;
        }
        Class<?> template = spec.type() == DType.FLOAT64 ? doubles : floats;
        return Templates.define(MethodHandles.lookup(), template, spec, functions);
    }
}
