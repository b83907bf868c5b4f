package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.lang.invoke.MethodHandles;

/** The class data of a copy of {@link DTypeLanes}: a dtype, and how many elements of it make a vector. */
record LaneSpec(DType type, int lanes) {
    /** A new copy of the load and store code; each loop needs its own. */
    LaneIo io() {
        return Templates.define(MethodHandles.lookup(), DTypeLanes.class, this, LaneIo.class);
    }

    /** The class data of the class that a lookup belongs to. */
    static LaneSpec of(MethodHandles.Lookup inside) {
        return LoopSpec.classData(inside, LaneSpec.class);
    }
}
