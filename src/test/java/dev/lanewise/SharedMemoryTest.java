package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory that tensors share with Java: both sides see every change, and what cannot be shared is refused. */
class SharedMemoryTest {
    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static void refused(Class<? extends Exception> type, String message, Runnable call) {
        assertEquals(message, assertThrows(type, call::run).getMessage());
    }

    @Test
    void wrappedBuffersShareBothWays() {
        Function<ByteBuffer, Buffer> none = bytes -> bytes;
        wrapped(DType.INT8, none);
        wrapped(DType.INT16, ByteBuffer::asShortBuffer);
        wrapped(DType.INT32, ByteBuffer::asIntBuffer);
        wrapped(DType.INT64, ByteBuffer::asLongBuffer);
        wrapped(DType.FLOAT32, ByteBuffer::asFloatBuffer);
        wrapped(DType.FLOAT64, ByteBuffer::asDoubleBuffer);
    }

    private static void wrapped(DType dtype, Function<ByteBuffer, Buffer> typed) {
        ByteBuffer bytes = direct(6 * dtype.byteSize());
        Tensor x = Tensor.wrap(typed.apply(bytes), 2, 3);
        assertEquals(dtype, x.dtype());
        assertEquals(Shape.of(2, 3), x.shape());
        x.fill_(7);
        assertArrayEquals(
                new long[] {7, 7, 7, 7, 7, 7}, Tensor.wrap(bytes, dtype, 6).toLongArray());
        bytes.put(0, new byte[6 * dtype.byteSize()]);
        assertEquals(0, x.to(DType.FLOAT64).sum().item());
    }

    @Test
    void whatRemainsOfABufferIsWrapped() {
        FloatBuffer buffer = direct(20).asFloatBuffer();
        buffer.put(0, new float[] {0, 1, 2, 3, 4}).position(1).limit(4);
        Tensor x = Tensor.wrap(buffer);
        assertEquals("tensor([1., 2., 3.])", x.toString());
        x.mul_(10);
        assertEquals(30, buffer.get(3));
        assertEquals(1, buffer.position());
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void anyDtypeGoesOverBytesAndSegments(DType dtype) {
        Tensor x = Tensor.wrap(direct(4 * dtype.byteSize()), dtype, 2, 2).fill_(1);
        Tensor y = Tensor.wrap(Arena.ofAuto().allocate(4L * dtype.byteSize(), 8), dtype, 2, 2)
                .fill_(1);
        assertEquals(x.toString(), y.toString());
        assertEquals(x.byteBuffer(), y.byteBuffer());
        assertEquals(4L * dtype.byteSize(), x.segment().byteSize());
    }

    @Test
    void buffersOfATensorShareBothWays() {
        Tensor x = Tensor.arange(6).to(DType.FLOAT32).reshape(2, 3);
        FloatBuffer floats = x.floatBuffer();
        floats.put(4, -1);
        assertEquals(-1, x.getDouble(1, 1));
        x.fill_(3);
        assertEquals(3, floats.get(5));
        assertEquals(6, floats.capacity());
        assertEquals(3, x.segment().getAtIndex(ValueLayout.JAVA_FLOAT, 5));
        Tensor row = x.get(1);
        row.floatBuffer().put(0, 8);
        assertEquals("tensor([[3., 3., 3.],\n        [8., 3., 3.]])", x.toString());
    }

    @Test
    void theBufferHasTheJavaTypeOfTheDtype() {
        assertInstanceOf(FloatBuffer.class, Tensor.zeros(2).buffer());
        assertInstanceOf(DoubleBuffer.class, Tensor.zeros(DType.FLOAT64, 2).buffer());
        assertInstanceOf(LongBuffer.class, Tensor.zeros(DType.INT64, 2).buffer());
        assertInstanceOf(IntBuffer.class, Tensor.zeros(DType.INT32, 2).buffer());
        for (DType dtype : new DType[] {DType.INT16, DType.FLOAT16, DType.BFLOAT16}) {
            assertInstanceOf(ShortBuffer.class, Tensor.zeros(dtype, 2).buffer());
        }
        for (DType dtype : new DType[] {DType.INT8, DType.UINT8, DType.BOOL}) {
            assertInstanceOf(ByteBuffer.class, Tensor.zeros(dtype, 2).buffer());
        }
        assertEquals(0x3F80, ((ShortBuffer) Tensor.ones(DType.BFLOAT16, 1).buffer()).get(0));
        Tensor[] all = {
            Tensor.of(DType.INT16, 5),
            Tensor.of(DType.INT32, 5),
            Tensor.of(5),
            Tensor.of(5.0),
            Tensor.of(DType.FLOAT64, 5)
        };
        assertEquals(5, all[0].shortBuffer().get(0));
        assertEquals(5, all[1].intBuffer().get(0));
        assertEquals(5, all[2].longBuffer().get(0));
        assertEquals(5, all[3].floatBuffer().get(0));
        assertEquals(5, all[4].doubleBuffer().get(0));
        assertEquals(0, Tensor.zeros(0, 3).floatBuffer().capacity());
    }

    @Test
    void aBufferOutlivesTheTensor() {
        FloatBuffer buffer;
        try (Tensor x = Tensor.of(1.0, 2.0)) {
            buffer = x.floatBuffer();
        }
        Tensor.zeros(2).add(1);
        assertEquals(2, buffer.get(1));
    }

    @Test
    void memoryOfAGraphIsNotHandedOut() {
        Tensor x = Tensor.ones(2, 3).requiresGrad_();
        String rule = ": memory of a tensor that requires grad is not handed out [self: float32[2, 3]]. Use detach().";
        refused(GradException.class, "segment" + rule + "segment().", x::segment);
        refused(GradException.class, "buffer" + rule + "buffer().", x::buffer);
        refused(GradException.class, "byteBuffer" + rule + "byteBuffer().", x::byteBuffer);
        refused(GradException.class, "floatBuffer" + rule + "floatBuffer().", x::floatBuffer);
        refused(
                GradException.class,
                "floatBuffer" + rule + "floatBuffer().",
                () -> x.mul(2).floatBuffer());
        x.detach().floatBuffer().put(0, 5);
        assertEquals(5, x.getDouble(0, 0));
    }

    @Test
    void gapsAndOtherTypesAreRefused() {
        Tensor x = Tensor.ones(2, 3);
        refused(
                IllegalArgumentException.class,
                "buffer: the tensor must be contiguous [self: float32[3, 2]]. "
                        + "Use contiguous().buffer(), which is a copy.",
                () -> x.t().buffer());
        refused(
                DTypeException.class,
                "doubleBuffer: the tensor must have the type of the buffer, expected float64, got float32 "
                        + "[self: float32[2, 3]]. Convert with to(DType.FLOAT64), which is a copy, or use byteBuffer().",
                x::doubleBuffer);
    }

    @Test
    void whatCannotBeWrappedIsRefused() {
        refused(
                IllegalArgumentException.class,
                "wrap: the buffer must be direct, got a buffer on the heap [result: float32[2]]. "
                        + "Copy its array with Tensor.fromArray, or allocate with ByteBuffer.allocateDirect.",
                () -> Tensor.wrap(FloatBuffer.allocate(2)));
        refused(
                IllegalArgumentException.class,
                "wrap: the buffer must have the byte order of the machine, expected LITTLE_ENDIAN, got BIG_ENDIAN "
                        + "[result: float32[2]]. Call order(ByteOrder.nativeOrder()) of the byte buffer first.",
                () -> Tensor.wrap(direct(8).order(ByteOrder.BIG_ENDIAN).asFloatBuffer()));
        refused(
                IllegalArgumentException.class,
                "wrap: memory must be writable, a tensor is, got a read-only segment [result: float32[2]]. "
                        + "Copy it into a new tensor.",
                () -> Tensor.wrap(direct(8).asFloatBuffer().asReadOnlyBuffer()));
        MemorySegment readOnly = Arena.ofAuto().allocate(8, 8).asReadOnly();
        assertThrows(IllegalArgumentException.class, () -> Tensor.wrap(readOnly, DType.FLOAT32, 2));
        CharBuffer chars = direct(4).asCharBuffer();
        refused(
                IllegalArgumentException.class,
                "wrap: the buffer must hold numbers, got a CharBuffer. Wrap the ByteBuffer with a dtype.",
                () -> Tensor.wrap(chars));
        refused(
                IllegalArgumentException.class,
                "wrap: the segment must hold all elements, expected 3 elements of 4 bytes, got 8 bytes "
                        + "[result: float32[3]].",
                () -> Tensor.wrap(direct(8).asFloatBuffer(), 3));
    }

    @Test
    void flatCopiesOfEveryType() {
        Tensor x = Tensor.of(DType.FLOAT64, -1.5, 0, 2.75, 300);
        assertArrayEquals(new short[] {-1, 0, 2, 300}, x.toShortArray());
        assertArrayEquals(new byte[] {-1, 0, 2, 44}, x.toByteArray());
        assertArrayEquals(new boolean[] {true, false, true, true}, x.toBooleanArray());
        assertArrayEquals(new int[] {-1, 0, 2, 300}, x.toIntArray());
        assertArrayEquals(new float[] {-1.5f, 0, 2.75f, 300}, x.toFloatArray());
        long[] copy = x.toLongArray();
        Arrays.fill(copy, 9);
        assertEquals("tensor([ -1.5000,   0.0000,   2.7500, 300.0000], dtype=torch.float64)", x.toString());
    }
}
