package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.GateCell;
import dev.lanewise.internal.kernel.GateKernel;
import dev.lanewise.internal.kernel.ScalarGates;
import java.util.EnumMap;
import java.util.Map;

/** The kernels of recurrent cells: the entry to them, which loads and works without the Vector API. */
public final class Gates {
    private static final Map<GateCell, Gates> F32 = all(DType.FLOAT32);
    private static final Map<GateCell, Gates> F64 = all(DType.FLOAT64);

    private final GateKernel scalar;
    private final GateSlot slot;

    private Gates(GateCell cell, DType type) {
        scalar = new ScalarGates(cell, type);
        slot = new GateSlot(cell, type);
    }

    private static Map<GateCell, Gates> all(DType type) {
        Map<GateCell, Gates> all = new EnumMap<>(GateCell.class);
        for (GateCell cell : GateCell.values()) {
            all.put(cell, new Gates(cell, type));
        }
        return all;
    }

    /** The kernels of a cell for FLOAT32 or FLOAT64. */
    public static Gates of(GateCell cell, DType type) {
        return (type == DType.FLOAT32 ? F32 : F64).get(cell);
    }

    /** The scalar kernel, for any number of units. */
    public GateKernel scalar() {
        return scalar;
    }

    /** The vector kernel, for multiples of {@link Simd#lanes}; null while it is cold or where vectors are off. */
    public GateKernel vectors() {
        return slot.get();
    }
}
