package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Tensors over memory of other code, and buffers over the memory of tensors. */
final class SharedMemory {
    private SharedMemory() {}

    static Tensor wrap(MemorySegment segment, DType dtype, long[] shape) {
        long numel = Shapes.numel("wrap", shape);
        if (segment.byteSize() >> dtype.shift() < numel) {
            throw Check.argument("wrap", "the segment must hold all elements")
                    .expected(numel + " elements of " + dtype.byteSize() + " bytes")
                    .got(segment.byteSize() + " bytes")
                    .operand("result", dtype, shape)
                    .error();
        }
        if (segment.isReadOnly()) {
            throw Check.argument("wrap", "memory must be writable, a tensor is")
                    .got("a read-only segment")
                    .operand("result", dtype, shape)
                    .hint("Copy it into a new tensor.")
                    .error();
        }
        return new Tensor(Storage.wrap(segment, dtype), View.contiguous(shape.clone()));
    }

    static Tensor wrap(Buffer buffer, long[] shape) {
        return wrap(buffer, type(buffer), shape.length == 0 ? new long[] {buffer.remaining()} : shape);
    }

    static Tensor wrap(Buffer buffer, DType dtype, long[] shape) {
        if (!buffer.isDirect()) {
            throw Check.argument("wrap", "the buffer must be direct")
                    .got("a buffer on the heap")
                    .operand("result", dtype, shape)
                    .hint("Copy its array with Tensor.fromArray, or allocate with ByteBuffer.allocateDirect.")
                    .error();
        }
        if (dtype.byteSize() > 1 && order(buffer) != ByteOrder.nativeOrder()) {
            throw Check.argument("wrap", "the buffer must have the byte order of the machine")
                    .expected(ByteOrder.nativeOrder())
                    .got(order(buffer))
                    .operand("result", dtype, shape)
                    .hint("Call order(ByteOrder.nativeOrder()) of the byte buffer first.")
                    .error();
        }
        return wrap(MemorySegment.ofBuffer(buffer), dtype, shape);
    }

    private static DType type(Buffer buffer) {
        if (buffer instanceof FloatBuffer) {
            return DType.FLOAT32;
        }
        if (buffer instanceof DoubleBuffer) {
            return DType.FLOAT64;
        }
        if (buffer instanceof LongBuffer) {
            return DType.INT64;
        }
        if (buffer instanceof IntBuffer) {
            return DType.INT32;
        }
        if (buffer instanceof ShortBuffer) {
            return DType.INT16;
        }
        if (buffer instanceof ByteBuffer) {
            return DType.INT8;
        }
        throw Check.argument("wrap", "the buffer must hold numbers")
                .got("a CharBuffer")
                .hint("Wrap the ByteBuffer with a dtype.")
                .error();
    }

    private static ByteOrder order(Buffer buffer) {
        if (buffer instanceof FloatBuffer floats) {
            return floats.order();
        }
        if (buffer instanceof DoubleBuffer doubles) {
            return doubles.order();
        }
        if (buffer instanceof LongBuffer longs) {
            return longs.order();
        }
        if (buffer instanceof IntBuffer ints) {
            return ints.order();
        }
        if (buffer instanceof ShortBuffer shorts) {
            return shorts.order();
        }
        return buffer instanceof ByteBuffer bytes ? bytes.order() : ((CharBuffer) buffer).order();
    }

    /** The elements as bytes in the order of the machine. */
    static ByteBuffer bytes(String op, Tensor x) {
        MemorySegment segment = x.segment(op);
        if (segment.byteSize() > Integer.MAX_VALUE) {
            throw Check.argument(op, "a buffer holds less than 2^31 bytes")
                    .got(segment.byteSize() + " bytes")
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Use segment(), or narrow the tensor.")
                    .error();
        }
        return segment.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** As {@link #bytes(String, Tensor)}, and the dtype is that of the buffer. */
    static ByteBuffer bytes(String op, Tensor x, DType required) {
        if (x.dtype() != required) {
            throw Check.dtype(op, "the tensor must have the type of the buffer")
                    .expected(required)
                    .got(x.dtype())
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Convert with to(DType." + required.name() + "), which is a copy, or use byteBuffer().")
                    .error();
        }
        return bytes(op, x);
    }

    /** A buffer of the Java type of the dtype; bytes for those that Java has no type for. */
    static Buffer typed(Tensor x) {
        ByteBuffer bytes = bytes("buffer", x);
        return switch (x.dtype()) {
            case FLOAT32 -> bytes.asFloatBuffer();
            case FLOAT64 -> bytes.asDoubleBuffer();
            case INT64 -> bytes.asLongBuffer();
            case INT32 -> bytes.asIntBuffer();
            case INT16, FLOAT16, BFLOAT16 -> bytes.asShortBuffer();
            case INT8, UINT8, BOOL -> bytes;
        };
    }
}
