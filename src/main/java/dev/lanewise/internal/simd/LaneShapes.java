package dev.lanewise.internal.simd;

import jdk.incubator.vector.VectorShape;

/** What the Vector API says about this CPU; loaded only where its module is present. */
final class LaneShapes {
    private LaneShapes() {}

    /** The widest vectors this VM compiles, in bits. */
    static int preferredBits() {
        return VectorShape.preferredShape().vectorBitSize();
    }
}
