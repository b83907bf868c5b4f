package dev.lanewise.testing.reference;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.function.Function;

/** A tensor of the interpreter: a dtype, a shape, and the elements in row-major order on the heap. Immutable. */
public final class Ref {
    private final DType dtype;
    private final long[] shape;
    private final double[] doubles;
    private final long[] longs;

    private Ref(DType dtype, long[] shape, double[] doubles, long[] longs) {
        this.dtype = dtype;
        this.shape = shape;
        this.doubles = doubles;
        this.longs = longs;
    }

    /** Elements of a floating-point dtype, rounded to it. */
    public static Ref floating(DType dtype, long[] shape, double... values) {
        double[] rounded = new double[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Rounding.round(dtype, values[i]);
        }
        return checked(new Ref(dtype, shape.clone(), rounded, null), values.length);
    }

    /** Elements of an integer dtype or BOOL, wrapped to it. */
    public static Ref integral(DType dtype, long[] shape, long... values) {
        long[] wrapped = new long[values.length];
        for (int i = 0; i < wrapped.length; i++) {
            wrapped[i] = Rounding.wrap(dtype, values[i]);
        }
        return checked(new Ref(dtype, shape.clone(), null, wrapped), values.length);
    }

    private static Ref checked(Ref ref, int n) {
        if (Positions.numel(ref.shape) != n) {
            throw new IllegalArgumentException(
                    "reference: " + n + " values for shape " + Arrays.toString(ref.shape) + ".");
        }
        return ref;
    }

    /** The elements of a tensor, read from its memory one by one. */
    public static Ref read(Tensor x) {
        long[] shape = x.shape().toArray();
        int n = Positions.numel(shape);
        MemorySegment memory = x.storage().segment();
        double[] doubles = new double[n];
        long[] longs = new long[n];
        boolean floating = x.dtype().isFloatingPoint();
        for (int i = 0; i < n; i++) {
            long at = address(x, Positions.at(shape, i));
            if (floating) {
                doubles[i] = readDouble(x.dtype(), memory, at);
            } else {
                longs[i] = readLong(x.dtype(), memory, at);
            }
        }
        Reference.reachabilityFence(x);
        return new Ref(x.dtype(), shape, floating ? doubles : null, floating ? null : longs);
    }

    /** Writes the elements into the memory of a tensor of this dtype and shape, one by one. */
    public void writeTo(Tensor x) {
        MemorySegment memory = x.storage().segment();
        for (int i = 0; i < numel(); i++) {
            write(memory, address(x, Positions.at(shape, i)), i);
        }
        Reference.reachabilityFence(x);
    }

    private static long address(Tensor x, long[] position) {
        long[] strides = x.stride();
        long element = x.storageOffset();
        for (int d = 0; d < position.length; d++) {
            element += position[d] * strides[d];
        }
        return x.storage().byteOffset() + element * x.dtype().byteSize();
    }

    private static double readDouble(DType type, MemorySegment memory, long at) {
        return switch (type) {
            case FLOAT64 -> memory.get(ValueLayout.JAVA_DOUBLE, at);
            case FLOAT32 -> memory.get(ValueLayout.JAVA_FLOAT, at);
            case FLOAT16 -> Float.float16ToFloat(memory.get(ValueLayout.JAVA_SHORT, at));
            default -> Float.intBitsToFloat(memory.get(ValueLayout.JAVA_SHORT, at) << 16);
        };
    }

    private static long readLong(DType type, MemorySegment memory, long at) {
        return switch (type) {
            case INT64 -> memory.get(ValueLayout.JAVA_LONG, at);
            case INT32 -> memory.get(ValueLayout.JAVA_INT, at);
            case INT16 -> memory.get(ValueLayout.JAVA_SHORT, at);
            case INT8 -> memory.get(ValueLayout.JAVA_BYTE, at);
            default -> memory.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
        };
    }

    private void write(MemorySegment memory, long at, int i) {
        switch (dtype) {
            case FLOAT64 -> memory.set(ValueLayout.JAVA_DOUBLE, at, doubles[i]);
            case FLOAT32 -> memory.set(ValueLayout.JAVA_FLOAT, at, (float) doubles[i]);
            case FLOAT16 -> memory.set(ValueLayout.JAVA_SHORT, at, Float.floatToFloat16((float) doubles[i]));
            case BFLOAT16 ->
                memory.set(ValueLayout.JAVA_SHORT, at, (short) (Float.floatToRawIntBits((float) doubles[i]) >> 16));
            case INT64 -> memory.set(ValueLayout.JAVA_LONG, at, longs[i]);
            case INT32 -> memory.set(ValueLayout.JAVA_INT, at, (int) longs[i]);
            case INT16 -> memory.set(ValueLayout.JAVA_SHORT, at, (short) longs[i]);
            default -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) longs[i]);
        }
    }

    /** The dtype of the elements. */
    public DType dtype() {
        return dtype;
    }

    /** The sizes, as a new array. */
    public long[] shape() {
        return shape.clone();
    }

    /** Number of dimensions. */
    public int rank() {
        return shape.length;
    }

    /** The size along a dimension; negative ones count from the end. */
    public long size(int dim) {
        return shape[Positions.wrap(dim, shape.length)];
    }

    /** Number of elements. */
    public int numel() {
        return doubles != null ? doubles.length : longs.length;
    }

    /** An element in row-major order as a double. */
    public double get(int i) {
        return doubles != null ? doubles[i] : longs[i];
    }

    /** An element in row-major order as a long; a floating-point one is truncated toward zero. */
    public long getLong(int i) {
        return longs != null ? longs[i] : (long) doubles[i];
    }

    /** The element at a position as a double. */
    public double at(long... position) {
        return get(Positions.linear(shape, position));
    }

    /** The elements in another dtype. */
    public Ref cast(DType type) {
        if (type == dtype) {
            return this;
        }
        int n = numel();
        if (type.isFloatingPoint()) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = get(i);
            }
            return floating(type, shape, values);
        }
        long[] values = new long[n];
        for (int i = 0; i < n; i++) {
            boolean truth = type == DType.BOOL && doubles != null;
            values[i] = truth ? (doubles[i] != 0 ? 1 : 0) : getLong(i);
        }
        return integral(type, shape, values);
    }

    /** A tensor of another shape, each element of which is the one here at the position that a function gives. */
    public Ref pick(long[] newShape, Function<long[], long[]> from) {
        int n = Positions.numel(newShape);
        double[] newDoubles = doubles == null ? null : new double[n];
        long[] newLongs = longs == null ? null : new long[n];
        for (int i = 0; i < n; i++) {
            int source = Positions.linear(shape, from.apply(Positions.at(newShape, i)));
            if (newDoubles != null) {
                newDoubles[i] = doubles[source];
            } else {
                newLongs[i] = longs[source];
            }
        }
        return new Ref(dtype, newShape.clone(), newDoubles, newLongs);
    }

    /** The same elements in the same order with other sizes. */
    public Ref reshape(long... newShape) {
        return checked(new Ref(dtype, newShape.clone(), doubles, longs), numel());
    }

    /** Dtype, shape and at most 20 elements. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(dtype.toString())
                .append(Arrays.toString(shape))
                .append(" {");
        for (int i = 0; i < Math.min(20, numel()); i++) {
            text.append(i == 0 ? "" : ", ").append(doubles != null ? (Object) doubles[i] : (Object) longs[i]);
        }
        return text.append(numel() > 20 ? ", …}" : "}").toString();
    }
}
