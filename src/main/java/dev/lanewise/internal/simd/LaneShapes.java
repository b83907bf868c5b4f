package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** What the Vector API says about this CPU; loaded only where its module is present. */
final class LaneShapes {
    private LaneShapes() {}

    /** The widest vectors this VM compiles, in bits. */
    static int preferredBits() {
        return VectorShape.preferredShape().vectorBitSize();
    }

    /** The vectors of an element type that have as many lanes as a dtype's. */
    static <E> VectorSpecies<E> species(Class<E> element, LaneSpec spec) {
        int bits = element == long.class || element == double.class ? Long.SIZE : Integer.SIZE;
        return VectorSpecies.of(element, VectorShape.forBitSize(bits * spec.lanes()));
    }

    /** The class of the vectors that a dtype of 4 or 8 bytes is computed in, if it is computed as it is. */
    static Class<?> vectorType(LaneSpec spec) {
        Class<?> element = spec.type() == DType.FLOAT64 ? double.class : float.class;
        return species(element, spec).vectorType();
    }
}
