package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Elements;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Reading elements into Java values and sharing memory with other code. */
abstract class TensorData extends TensorBase {
    TensorData(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    /** The value of a tensor of one element, of any dtype, as a double. */
    public final double item() {
        requireOne("item");
        return readDouble(byteOffset());
    }

    /** The value of a tensor of one element as a long; a floating-point one is truncated toward zero. */
    public final long itemLong() {
        requireOne("itemLong");
        return readLong(byteOffset());
    }

    /** The truth of a tensor of one element: false if it is 0. */
    public final boolean itemBoolean() {
        requireOne("itemBoolean");
        return readDouble(byteOffset()) != 0;
    }

    /** One element as a double; negative positions count from the end. */
    public final double getDouble(long... position) {
        return readDouble(at("getDouble", position));
    }

    /** One element as a long; a floating-point one is truncated toward zero. */
    public final long getLong(long... position) {
        return readLong(at("getLong", position));
    }

    /** The elements in row-major order as floats; a copy. */
    public final float[] toFloatArray() {
        Tensor flat = flat(DType.FLOAT32);
        float[] out = new float[length("toFloatArray")];
        copy(flat, MemorySegment.ofArray(out), ValueLayout.JAVA_FLOAT);
        return out;
    }

    /** The elements in row-major order as doubles; a copy. */
    public final double[] toDoubleArray() {
        Tensor flat = flat(DType.FLOAT64);
        double[] out = new double[length("toDoubleArray")];
        copy(flat, MemorySegment.ofArray(out), ValueLayout.JAVA_DOUBLE);
        return out;
    }

    /** The elements in row-major order as longs; floating-point ones are truncated toward zero. A copy. */
    public final long[] toLongArray() {
        Tensor flat = flat(DType.INT64);
        long[] out = new long[length("toLongArray")];
        copy(flat, MemorySegment.ofArray(out), ValueLayout.JAVA_LONG);
        return out;
    }

    /** The elements in row-major order as ints; floating-point ones are truncated toward zero. A copy. */
    public final int[] toIntArray() {
        Tensor flat = flat(DType.INT32);
        int[] out = new int[length("toIntArray")];
        copy(flat, MemorySegment.ofArray(out), ValueLayout.JAVA_INT);
        return out;
    }

    /** The elements in row-major order as shorts: the low 16 bits, after truncating toward zero. A copy. */
    public final short[] toShortArray() {
        Tensor flat = flat(DType.INT16);
        short[] out = new short[length("toShortArray")];
        copy(flat, MemorySegment.ofArray(out), ValueLayout.JAVA_SHORT);
        return out;
    }

    /** The elements in row-major order as bytes: the low 8 bits, after truncating toward zero. A copy. */
    public final byte[] toByteArray() {
        Tensor flat = flat(DType.INT8);
        byte[] out = new byte[length("toByteArray")];
        copy(flat, MemorySegment.ofArray(out), ValueLayout.JAVA_BYTE);
        return out;
    }

    /** The elements in row-major order as booleans: whether they differ from 0. A copy. */
    public final boolean[] toBooleanArray() {
        length("toBooleanArray");
        return (boolean[]) NestedArrays.array(flat(DType.BOOL).reshape(-1));
    }

    /**
     * The elements as nested Java arrays, one level per dimension; a copy.
     *
     * <p>The innermost arrays have the smallest Java type that holds the dtype: {@code float[][]} for a matrix of FLOAT32,
     * FLOAT16 or BFLOAT16, {@code short} for UINT8. A 0-d tensor gives a boxed value.
     */
    public final Object toNestedArray() {
        return NestedArrays.array((Tensor) this);
    }

    /** PyTorch's name of the dtype and its device, for example {@code torch.FloatTensor}. */
    public final String type() {
        return "torch." + dtype().tensorType();
    }

    // ------------------------------------------------------------------ shared memory

    /**
     * The tensor's own memory, shared both ways; valid for as long as the segment is reachable.
     *
     * <p>Throws {@link IllegalArgumentException} if the tensor is not contiguous and {@link GradException} if it requires
     * grad.
     */
    public final MemorySegment segment() {
        return segment("segment");
    }

    /**
     * The tensor's own memory as a buffer of its Java type, shared both ways, as PyTorch's {@code numpy()}: a FloatBuffer
     * for FLOAT32 and so on, a ShortBuffer of bits for the half types, a ByteBuffer for UINT8 and BOOL.
     *
     * <p>Throws as {@link #segment()}, and if there are 2^31 bytes or more; so do the typed forms, and {@link DTypeException}
     * if the dtype is another.
     */
    public final Buffer buffer() {
        return SharedMemory.typed((Tensor) this);
    }

    /** The tensor's own memory as bytes in the order of the machine, of any dtype; see {@link #buffer()}. */
    public final ByteBuffer byteBuffer() {
        return SharedMemory.bytes("byteBuffer", (Tensor) this);
    }

    /** The memory of an INT16 tensor; see {@link #buffer()}. */
    public final ShortBuffer shortBuffer() {
        return SharedMemory.bytes("shortBuffer", (Tensor) this, DType.INT16).asShortBuffer();
    }

    /** The memory of an INT32 tensor; see {@link #buffer()}. */
    public final IntBuffer intBuffer() {
        return SharedMemory.bytes("intBuffer", (Tensor) this, DType.INT32).asIntBuffer();
    }

    /** The memory of an INT64 tensor; see {@link #buffer()}. */
    public final LongBuffer longBuffer() {
        return SharedMemory.bytes("longBuffer", (Tensor) this, DType.INT64).asLongBuffer();
    }

    /** The memory of a FLOAT32 tensor; see {@link #buffer()}. */
    public final FloatBuffer floatBuffer() {
        return SharedMemory.bytes("floatBuffer", (Tensor) this, DType.FLOAT32).asFloatBuffer();
    }

    /** The memory of a FLOAT64 tensor; see {@link #buffer()}. */
    public final DoubleBuffer doubleBuffer() {
        return SharedMemory.bytes("doubleBuffer", (Tensor) this, DType.FLOAT64).asDoubleBuffer();
    }

    final MemorySegment segment(String op) {
        if (requiresGrad()) {
            throw Check.grad(op, "memory of a tensor that requires grad is not handed out")
                    .operand("self", dtype(), sizes())
                    .hint("Use detach()." + op + "().")
                    .error();
        }
        if (!isContiguous()) {
            throw Check.argument(op, "the tensor must be contiguous")
                    .operand("self", dtype(), sizes())
                    .hint("Use contiguous()." + op + "(), which is a copy.")
                    .error();
        }
        int shift = dtype().shift();
        return storage().export().asSlice(view().offset() << shift, numel() << shift);
    }

    final double readDouble(long byteOffset) {
        double value = Elements.getDouble(dtype(), storage().segment(), byteOffset);
        Reference.reachabilityFence(storage());
        return value;
    }

    final long readLong(long byteOffset) {
        long value = Elements.getLong(dtype(), storage().segment(), byteOffset);
        Reference.reachabilityFence(storage());
        return value;
    }

    private long at(String op, long[] position) {
        if (position.length != dim()) {
            throw Check.index(op, "there must be one position per dimension")
                    .expected(dim())
                    .got(position.length)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        long offset = 0;
        for (int d = 0; d < position.length; d++) {
            long size = sizes()[d];
            long index = position[d] < 0 ? position[d] + size : position[d];
            if (index < 0 || index >= size) {
                throw Check.index(op, "position must be inside dim " + d)
                        .expected("-" + size + " to " + (size - 1))
                        .got(position[d])
                        .operand("self", dtype(), sizes())
                        .error();
            }
            offset += index * view().strides()[d];
        }
        return byteOffset() + (offset << dtype().shift());
    }

    private void requireOne(String op) {
        if (numel() != 1) {
            throw Check.shape(op, "the tensor must have one element")
                    .got(numel())
                    .operand("self", dtype(), sizes())
                    .hint("Use toFloatArray() and its like for more.")
                    .error();
        }
    }

    private Tensor flat(DType type) {
        return ((Tensor) this).detach().to(type).contiguous();
    }

    private int length(String op) {
        if (numel() > Integer.MAX_VALUE - 8) {
            throw Check.argument(op, "a Java array holds at most 2^31 - 9 elements")
                    .got(numel())
                    .operand("self", dtype(), sizes())
                    .hint("Read it in parts with narrow.")
                    .error();
        }
        return (int) numel();
    }

    private static void copy(Tensor flat, MemorySegment array, ValueLayout layout) {
        MemorySegment.copy(flat.storage().segment(), flat.byteOffset(), array, 0, flat.numel() * layout.byteSize());
        Reference.reachabilityFence(flat.storage());
    }
}
