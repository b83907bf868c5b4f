package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loop of conversions; a template, see {@link LaneLoop}.
 *
 * <p>Gives what {@link dev.lanewise.internal.kernel.CastStrips} says. A vector has as many lanes as the wider of the types
 * computed in allows.
 */
final class CastLoop implements LaneLoop {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final LaneIo IN = SPEC.in().io();
    private static final LaneIo OUT = SPEC.out().io();
    private static final int LANES = SPEC.in().lanes();
    private static final int SHIFT = SPEC.in().type().shift();
    private static final int OUT_SHIFT = SPEC.out().type().shift();

    private static final Class<?> FROM = computedIn(SPEC.in().type());
    private static final Class<?> TO = computedIn(SPEC.out().type());
    private static final boolean TO_BOOL = SPEC.out().type() == DType.BOOL;
    private static final boolean SAME = FROM == TO;
    // a floating-point value beyond the range of int keeps its low bits as UINT8
    private static final boolean BY_WAY_OF_LONG =
            SPEC.in().type().isFloatingPoint() && SPEC.out().type() == DType.UINT8;

    private static final Conversion<Object, Object> CONVERT = conversion(FROM, BY_WAY_OF_LONG ? long.class : TO);
    private static final Conversion<Object, Object> SHORTEN = conversion(long.class, int.class);
    private static final VectorSpecies<Object> CONVERTED = species(BY_WAY_OF_LONG ? long.class : TO);
    private static final VectorSpecies<Object> SHORTENED = species(int.class);

    CastLoop() {}

    @Override
    public void run(
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment c,
            long co) {
        MemorySegment o = nat(out);
        MemorySegment x = nat(a);
        for (int i = 0; i < n; i += LANES) {
            Vector<Object> lanes = IN.load(x, ao + ((long) i << SHIFT));
            if (TO_BOOL) {
                OUT.storeMask(lanes.compare(VectorOperators.NE, 0), o, oo + i);
            } else {
                OUT.store(converted(lanes), o, oo + ((long) i << OUT_SHIFT));
            }
        }
    }

    private static Vector<Object> converted(Vector<Object> lanes) {
        if (SAME) {
            return lanes;
        }
        if (BY_WAY_OF_LONG) {
            return lanes.convertShape(CONVERT, CONVERTED, 0).convertShape(SHORTEN, SHORTENED, 0);
        }
        return lanes.convertShape(CONVERT, CONVERTED, 0);
    }

    private static Class<?> computedIn(DType type) {
        if (type.isFloatingPoint()) {
            return type == DType.FLOAT64 ? double.class : float.class;
        }
        return type == DType.INT64 ? long.class : int.class;
    }

    @SuppressWarnings("unchecked")
    private static Conversion<Object, Object> conversion(Class<?> from, Class<?> to) {
        return (Conversion<Object, Object>) Conversion.ofCast(from, to);
    }

    @SuppressWarnings("unchecked")
    private static VectorSpecies<Object> species(Class<?> type) {
        int bits = (type == long.class || type == double.class ? Long.SIZE : Integer.SIZE) * LANES;
        return (VectorSpecies<Object>) VectorSpecies.of(type, VectorShape.forBitSize(Math.min(512, bits)));
    }
}
