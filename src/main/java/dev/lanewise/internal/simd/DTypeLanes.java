package dev.lanewise.internal.simd;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Load and store code of all dtypes; a template, copied per loop and dtype with a {@link LaneSpec} as its class data.
 *
 * <p>The halves go through float lanes, the integers of less than 32 bits and BOOL through int lanes. The smallest vector
 * is 64 bits long; fewer bits than that (four bytes for 128-bit vectors) are moved as one int or short.
 */
final class DTypeLanes implements LaneIo {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final int LANES = SPEC.lanes();

    private static final boolean F32 = SPEC.type() == DType.FLOAT32;
    private static final boolean F64 = SPEC.type() == DType.FLOAT64;
    private static final boolean F16 = SPEC.type() == DType.FLOAT16;
    private static final boolean BF16 = SPEC.type() == DType.BFLOAT16;
    private static final boolean I64 = SPEC.type() == DType.INT64;
    private static final boolean I32 = SPEC.type() == DType.INT32;
    private static final boolean BOOL = SPEC.type() == DType.BOOL;
    private static final boolean SIGNED = SPEC.type() == DType.INT16 || SPEC.type() == DType.INT8;

    private static final int BITS = SPEC.type().byteSize() * Byte.SIZE;
    private static final boolean BYTES = BITS == Byte.SIZE;
    private static final boolean PACKED = BITS * LANES < Long.SIZE;
    private static final boolean PACKED_MASK = LANES < Long.BYTES;

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, shape(Integer.SIZE));
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, shape(Float.SIZE));
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, shape(Long.SIZE));
    private static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, shape(Double.SIZE));
    private static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, shape(Short.SIZE));
    private static final VectorSpecies<Byte> BYTE_LANES = VectorSpecies.of(byte.class, shape(Byte.SIZE));
    private static final VectorSpecies<?> COMPUTED = F64 ? DOUBLES : I64 ? LONGS : F32 || F16 || BF16 ? FLOATS : INTS;

    // of elements that are packed into one int or short: how far each is from the top and from the bottom
    private static final IntVector FROM_TOP =
            IntVector.zero(INTS).addIndex(-BITS).add(Integer.SIZE - BITS);
    private static final IntVector FROM_BOTTOM = IntVector.zero(INTS).addIndex(BITS);

    // constants of the conversions of halves are vectors made once: made in the loop they are too much for the compiler
    private static final IntVector ONE = ints(1);
    private static final IntVector SIZE = ints(0x7FFFFFFF);
    private static final IntVector INFINITY = ints(0x7F800000);
    private static final IntVector HALF_SIZE = ints(0x7FFF);
    private static final IntVector HALF_SIGN = ints(0x8000);
    private static final IntVector HALF_INFINITY = ints(0x7C00 << 13);
    private static final IntVector HALF_INFINITY_BITS = ints(0x7C00);
    private static final IntVector HALF_NAN = ints(0x7E00);
    private static final IntVector REBIASED_HALF_ULP = ints(0xFFF - (112 << 23));
    private static final IntVector TWO_TO_MINUS_14 = ints((127 - 14) << 23);
    private static final IntVector TWO_TO_16 = ints((127 + 16) << 23);
    private static final IntVector ONE_HALF_BITS = ints(126 << 23);
    private static final FloatVector ONE_HALF = FloatVector.broadcast(FLOATS, 0.5f);
    private static final FloatVector TWO_TO_112 = FloatVector.broadcast(FLOATS, 0x1p112f);
    private static final IntVector BRAIN_HALF_ULP = ints(0x7FFF);
    private static final IntVector BRAIN_NAN = ints(0x7FC0);

    DTypeLanes() {}

    /** The shape of LANES elements of so many bits, or the nearest there is; then it is not used. */
    private static VectorShape shape(int bits) {
        return VectorShape.forBitSize(Math.min(512, Math.max(Long.SIZE, bits * LANES)));
    }

    @Override
    public <E> Vector<E> load(MemorySegment from, long at) {
        if (F32) {
            return as(FloatVector.fromMemorySegment(FLOATS, from, at, ORDER));
        }
        if (F64) {
            return as(DoubleVector.fromMemorySegment(DOUBLES, from, at, ORDER));
        }
        if (I64) {
            return as(LongVector.fromMemorySegment(LONGS, from, at, ORDER));
        }
        if (I32) {
            return as(IntVector.fromMemorySegment(INTS, from, at, ORDER));
        }
        if (F16) {
            return as(widenHalf(widen(from, at)));
        }
        if (BF16) {
            return as(widen(from, at).lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats());
        }
        return as(widen(from, at));
    }

    @Override
    public <E> void store(Vector<E> lanes, MemorySegment to, long at) {
        if (F32 || F64 || I64 || I32) {
            lanes.intoMemorySegment(to, at, ORDER);
        } else if (F16) {
            narrow(narrowToHalf(as(lanes)), to, at);
        } else if (BF16) {
            narrow(narrowToBrain(as(lanes)), to, at);
        } else if (BOOL) {
            storeMask(lanes.compare(VectorOperators.NE, 0), to, at);
        } else {
            narrow(as(lanes), to, at);
        }
    }

    /** The bits of 8- or 16-bit elements as ints, sign-extended if the dtype is signed. */
    private static IntVector widen(MemorySegment from, long at) {
        if (PACKED) {
            int bits = BITS * LANES == Integer.SIZE
                    ? from.get(JAVA_INT_UNALIGNED, at)
                    : from.get(JAVA_SHORT_UNALIGNED, at);
            IntVector high = IntVector.broadcast(INTS, bits).lanewise(VectorOperators.LSHL, FROM_TOP);
            return high.lanewise(SIGNED ? VectorOperators.ASHR : VectorOperators.LSHR, Integer.SIZE - BITS);
        }
        if (BYTES) {
            ByteVector bytes = ByteVector.fromMemorySegment(BYTE_LANES, from, at, ORDER);
            return as(bytes.convertShape(SIGNED ? VectorOperators.B2I : VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
        }
        ShortVector shorts = ShortVector.fromMemorySegment(SHORTS, from, at, ORDER);
        return as(shorts.convertShape(SIGNED ? VectorOperators.S2I : VectorOperators.ZERO_EXTEND_S2I, INTS, 0));
    }

    /** Writes the low 8 or 16 bits of each int. */
    private static void narrow(IntVector lanes, MemorySegment to, long at) {
        if (PACKED) {
            IntVector low = lanes.and((1 << BITS) - 1).lanewise(VectorOperators.LSHL, FROM_BOTTOM);
            int bits = low.reduceLanes(VectorOperators.OR);
            if (BITS * LANES == Integer.SIZE) {
                to.set(JAVA_INT_UNALIGNED, at, bits);
            } else {
                to.set(JAVA_SHORT_UNALIGNED, at, (short) bits);
            }
        } else if (BYTES) {
            lanes.convertShape(VectorOperators.I2B, BYTE_LANES, 0).intoMemorySegment(to, at, ORDER);
        } else {
            lanes.convertShape(VectorOperators.I2S, SHORTS, 0).intoMemorySegment(to, at, ORDER);
        }
    }

    /**
     * The value of float16 bits: exponent and fraction move up by 13 bits, which reads as the value times 2^-112; of infinity
     * and NaN the exponent is filled up.
     */
    private static FloatVector widenHalf(IntVector half) {
        IntVector moved = half.and(HALF_SIZE).lanewise(VectorOperators.LSHL, 13);
        IntVector value = moved.reinterpretAsFloats().mul(TWO_TO_112).reinterpretAsInts();
        IntVector sized = value.blend(value.or(INFINITY), moved.compare(VectorOperators.GE, HALF_INFINITY));
        return sized.or(half.and(HALF_SIGN).lanewise(VectorOperators.LSHL, 16)).reinterpretAsFloats();
    }

    /**
     * The float16 bits nearest to a value, ties to even: adding 0.5 rounds what becomes subnormal, where the sum's last bit
     * is worth 2^-24; elsewhere an integer sum rounds at bit 13; from 2^16 on it is infinity or NaN.
     */
    private static IntVector narrowToHalf(FloatVector value) {
        IntVector bits = value.reinterpretAsInts();
        IntVector size = bits.and(SIZE);
        IntVector odd = size.lanewise(VectorOperators.LSHR, 13).and(ONE);
        IntVector normal = size.add(odd).add(REBIASED_HALF_ULP).lanewise(VectorOperators.LSHR, 13);
        IntVector tiny =
                size.reinterpretAsFloats().add(ONE_HALF).reinterpretAsInts().sub(ONE_HALF_BITS);
        IntVector finite = normal.blend(tiny, size.compare(VectorOperators.LT, TWO_TO_MINUS_14));
        IntVector all = finite.blend(HALF_INFINITY_BITS, size.compare(VectorOperators.GE, TWO_TO_16));
        IntVector sign = bits.lanewise(VectorOperators.LSHR, 16).and(HALF_SIGN);
        return all.blend(HALF_NAN, size.compare(VectorOperators.GT, INFINITY)).or(sign);
    }

    /** The bfloat16 bits nearest to a value, ties to even. */
    private static IntVector narrowToBrain(FloatVector value) {
        IntVector bits = value.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(ONE);
        IntVector rounded = bits.add(odd).add(BRAIN_HALF_ULP).lanewise(VectorOperators.LSHR, 16);
        return rounded.blend(BRAIN_NAN, bits.and(SIZE).compare(VectorOperators.GT, INFINITY));
    }

    @Override
    public <E> VectorMask<E> loadMask(MemorySegment from, long at) {
        VectorSpecies<E> species = computed();
        if (PACKED_MASK) {
            return VectorMask.fromLong(species, packedBits(from, at));
        }
        return ByteVector.fromMemorySegment(BYTE_LANES, from, at, ORDER)
                .compare(VectorOperators.NE, 0)
                .cast(species);
    }

    @Override
    public <E> void storeMask(VectorMask<E> mask, MemorySegment to, long at) {
        if (PACKED_MASK) {
            int bits = (int) mask.toLong();
            if (LANES == Integer.BYTES) {
                // the multiplication moves bit i to bit 8 * i
                to.set(JAVA_INT_UNALIGNED, at, (bits * 0x00204081) & 0x01010101);
            } else {
                to.set(JAVA_SHORT_UNALIGNED, at, (short) ((bits | bits << 7) & 0x0101));
            }
        } else {
            ByteVector.zero(BYTE_LANES).blend((byte) 1, mask.cast(BYTE_LANES)).intoMemorySegment(to, at, ORDER);
        }
    }

    /** Bit i is set if byte i is not 0, of the two or four bytes of a vector of masks. */
    private static int packedBits(MemorySegment from, long at) {
        int bytes = LANES == Integer.BYTES ? from.get(JAVA_INT_UNALIGNED, at) : from.get(JAVA_SHORT_UNALIGNED, at);
        int ones = (((bytes & 0x7F7F7F7F) + 0x7F7F7F7F | bytes) >>> 7) & 0x01010101;
        // the multiplication moves bit 8 * i to bit 24 + i
        return (ones * 0x01020408) >>> 24 & (1 << LANES) - 1;
    }

    @SuppressWarnings("unchecked")
    private static <E> VectorSpecies<E> computed() {
        return (VectorSpecies<E>) COMPUTED;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E, V extends Vector<?>> V as(Vector<E> lanes) {
        return (V) lanes;
    }

    private static IntVector ints(int value) {
        return IntVector.broadcast(INTS, value);
    }
}
