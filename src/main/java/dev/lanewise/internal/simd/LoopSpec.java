package dev.lanewise.internal.simd;

import java.lang.invoke.MethodHandles;

/**
 * The class data of a copy of a loop.
 *
 * @param op a copy of the op that belongs to this loop alone; null for loops that need none
 * @param in of the inputs
 * @param out of the result
 * @param form which inputs advance: bit 0 the first, bit 1 the second, bit 2 the third; the others stand still
 * @param pass which pass of the op it is; 0 for loops that do all at once
 */
record LoopSpec(Object op, LaneSpec in, LaneSpec out, int form, int pass) {
    /** The class data of a loop that does all at once. */
    LoopSpec(Object op, LaneSpec in, LaneSpec out, int form) {
        this(op, in, out, form, 0);
    }

    /** The class data of the class that a lookup belongs to. */
    static LoopSpec of(MethodHandles.Lookup inside) {
        return classData(inside, LoopSpec.class);
    }

    /** How many inputs the op has. */
    int inputs() {
        return op instanceof LaneUnary ? 1 : op instanceof LaneTernary ? 3 : 2;
    }

    /** Whether an input advances; inputs count from 1. */
    boolean moves(int input) {
        return (form >> (input - 1) & 1) != 0;
    }

    static <T> T classData(MethodHandles.Lookup inside, Class<T> type) {
        try {
            return MethodHandles.classData(inside, "_", type);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
