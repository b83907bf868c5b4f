package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Heap arrays of one thread that scalar kernels compute in, {@link #SIZE} elements at a time.
 *
 * <p>Floating-point dtypes are computed in {@code double}, integers and booleans in {@code long}. Loops over arrays are
 * compiled to vector instructions without the Vector API, loops over segments are not.
 */
public final class Strips {
    /** Elements of a strip. */
    public static final int SIZE = Thresholds.STRIP;

    private static final int OPERANDS = 4;
    private static final ThreadLocal<Strips> LOCAL = ThreadLocal.withInitial(Strips::new);

    private final double[][] doubles = new double[OPERANDS][SIZE];
    private final long[][] longs = new long[OPERANDS][SIZE];
    private final float[] floats = new float[SIZE];
    private final int[] ints = new int[SIZE];
    private final short[] shorts = new short[SIZE];
    private final byte[] bytes = new byte[SIZE];

    private Strips() {}

    /** The strips of this thread. */
    public static Strips local() {
        return LOCAL.get();
    }

    /** The strip of an operand (0 is the result, 1 to 3 the inputs) of a floating-point dtype. */
    public double[] doubles(int operand) {
        return doubles[operand];
    }

    /** The strip of an operand (0 is the result, 1 to 3 the inputs) of an integer dtype or BOOL. */
    public long[] longs(int operand) {
        return longs[operand];
    }

    /** Reads {@code n} elements into the strip of an operand; with a step of 0 the one element, {@code n} times. */
    void load(int operand, DType type, MemorySegment from, long at, int step, int n) {
        double[] floating = doubles[operand];
        long[] integral = longs[operand];
        if (step != 0) {
            read(type, from, at, floating, integral, n);
            return;
        }
        read(type, from, at, floating, integral, 1);
        if (type.isFloatingPoint()) {
            Arrays.fill(floating, 0, n, floating[0]);
        } else {
            Arrays.fill(integral, 0, n, integral[0]);
        }
    }

    /**
     * Reads {@code n} elements, of a floating-point dtype into the one array, of others into the other.
     *
     * <p>This and {@link #write} are each one method of more than 325 bytes, which is what C2 inlines: of smaller ones it
     * made a copy for each of their many callers, which cost a program's first seconds half a second of compilation.
     */
    void read(DType type, MemorySegment from, long at, double[] floating, long[] integral, int n) {
        switch (type) {
            case FLOAT64 -> MemorySegment.copy(from, JAVA_DOUBLE_UNALIGNED, at, floating, 0, n);
            case FLOAT32 -> {
                MemorySegment.copy(from, JAVA_FLOAT_UNALIGNED, at, floats, 0, n);
                for (int i = 0; i < n; i++) {
                    floating[i] = floats[i];
                }
            }
            case FLOAT16 -> {
                MemorySegment.copy(from, JAVA_SHORT_UNALIGNED, at, shorts, 0, n);
                for (int i = 0; i < n; i++) {
                    floating[i] = Float.float16ToFloat(shorts[i]);
                }
            }
            case BFLOAT16 -> {
                MemorySegment.copy(from, JAVA_SHORT_UNALIGNED, at, shorts, 0, n);
                for (int i = 0; i < n; i++) {
                    floating[i] = Half.bfloat16ToFloat(shorts[i]);
                }
            }
            case INT64 -> MemorySegment.copy(from, JAVA_LONG_UNALIGNED, at, integral, 0, n);
            case INT32 -> {
                MemorySegment.copy(from, JAVA_INT_UNALIGNED, at, ints, 0, n);
                for (int i = 0; i < n; i++) {
                    integral[i] = ints[i];
                }
            }
            case INT16 -> {
                MemorySegment.copy(from, JAVA_SHORT_UNALIGNED, at, shorts, 0, n);
                for (int i = 0; i < n; i++) {
                    integral[i] = shorts[i];
                }
            }
            default -> {
                MemorySegment.copy(from, JAVA_BYTE, at, bytes, 0, n);
                int mask = type == DType.INT8 ? -1 : 0xFF;
                for (int i = 0; i < n; i++) {
                    integral[i] = bytes[i] & mask;
                }
            }
        }
    }

    /** Writes {@code n} elements of the result's strip, rounded or wrapped to the dtype. */
    void store(DType type, MemorySegment to, long at, int n) {
        store(0, type, to, at, n);
    }

    /** Writes {@code n} elements of an operand's strip, rounded or wrapped to the dtype. */
    void store(int operand, DType type, MemorySegment to, long at, int n) {
        write(type, doubles[operand], longs[operand], to, at, n);
    }

    /** Writes {@code n} elements, of a floating-point dtype from the one array, of others from the other. */
    void write(DType type, double[] floating, long[] integral, MemorySegment to, long at, int n) {
        switch (type) {
            case FLOAT64 -> MemorySegment.copy(floating, 0, to, JAVA_DOUBLE_UNALIGNED, at, n);
            case FLOAT32 -> {
                for (int i = 0; i < n; i++) {
                    floats[i] = (float) floating[i];
                }
                MemorySegment.copy(floats, 0, to, JAVA_FLOAT_UNALIGNED, at, n);
            }
            case FLOAT16 -> {
                for (int i = 0; i < n; i++) {
                    shorts[i] = Half.floatToFloat16((float) floating[i]);
                }
                MemorySegment.copy(shorts, 0, to, JAVA_SHORT_UNALIGNED, at, n);
            }
            case BFLOAT16 -> {
                for (int i = 0; i < n; i++) {
                    shorts[i] = Half.floatToBfloat16((float) floating[i]);
                }
                MemorySegment.copy(shorts, 0, to, JAVA_SHORT_UNALIGNED, at, n);
            }
            case INT64 -> MemorySegment.copy(integral, 0, to, JAVA_LONG_UNALIGNED, at, n);
            case INT32 -> {
                for (int i = 0; i < n; i++) {
                    ints[i] = (int) integral[i];
                }
                MemorySegment.copy(ints, 0, to, JAVA_INT_UNALIGNED, at, n);
            }
            case INT16 -> {
                for (int i = 0; i < n; i++) {
                    shorts[i] = (short) integral[i];
                }
                MemorySegment.copy(shorts, 0, to, JAVA_SHORT_UNALIGNED, at, n);
            }
            default -> {
                boolean bool = type == DType.BOOL;
                for (int i = 0; i < n; i++) {
                    bytes[i] = (byte) (bool && integral[i] != 0 ? 1 : integral[i]);
                }
                MemorySegment.copy(bytes, 0, to, JAVA_BYTE, at, n);
            }
        }
    }
}
