package dev.lanewise;

import dev.lanewise.internal.kernel.Elements;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Conditions;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.JoinOps;
import dev.lanewise.op.Promotion;
import dev.lanewise.op.TernaryOps;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.util.List;

/** How tensors are made. */
abstract class TensorFactories extends TensorData {
    TensorFactories(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    // ------------------------------------------------------------------ from values

    /** A 1-d FLOAT32 tensor of the values; {@link #scalar(Number)} makes a 0-d one. */
    public static Tensor of(double... values) {
        return NestedArrays.tensor(DType.FLOAT32, values);
    }

    /** A 1-d INT64 tensor of the values. */
    public static Tensor of(long... values) {
        return NestedArrays.tensor(DType.INT64, values);
    }

    /** A 1-d INT64 tensor of the values. */
    public static Tensor of(int... values) {
        return NestedArrays.tensor(DType.INT64, values);
    }

    /** A 1-d BOOL tensor of the values. */
    public static Tensor of(boolean... values) {
        return NestedArrays.tensor(DType.BOOL, values);
    }

    /**
     * A tensor of a nested Java array of any rank, or of nested lists of numbers and booleans, with the dtypes that
     * Python numbers get: INT64 for whole numbers, FLOAT32 for floating-point ones and if there is nothing, BOOL for
     * booleans; the highest of mixed ones. A copy; ragged arrays are refused. A single value is one of a 1-d tensor,
     * as several are; {@link #scalar(Number)} makes a 0-d one.
     */
    public static Tensor of(Object nestedArray) {
        return of(NestedArrays.literalType(nestedArray), nestedArray);
    }

    /** A 1-d tensor of the values in the given dtype. */
    public static Tensor of(DType dtype, double... values) {
        return NestedArrays.tensor(dtype, values);
    }

    /** A tensor of a nested Java array of any rank in the given dtype; a copy. */
    public static Tensor of(DType dtype, Object nestedArray) {
        Tensor values = NestedArrays.tensor(dtype, nestedArray);
        return values.dim() == 0 ? values.reshape(1) : values;
    }

    /** A tensor of a nested Java array that keeps its type: {@code int[]} gives INT32, {@code double[][]} FLOAT64; a copy. */
    public static Tensor fromArray(Object nestedArray) {
        return NestedArrays.tensor(NestedArrays.ownType(nestedArray), nestedArray);
    }

    /** A 0-d tensor: INT64 of a whole number, FLOAT32 of a floating-point one. */
    public static Tensor scalar(Number value) {
        return scalar(Promotion.typeOf(value), value);
    }

    /** A 0-d BOOL tensor. */
    public static Tensor scalar(boolean value) {
        return scalar(DType.BOOL, value ? 1 : 0);
    }

    /** A 0-d tensor of a dtype. */
    public static Tensor scalar(DType dtype, Number value) {
        Tensor out = Dispatch.emptyScalar(dtype);
        write(out.storage(), dtype, value);
        return out;
    }

    private static void write(Storage storage, DType dtype, Number value) {
        if (value instanceof Double || value instanceof Float) {
            Elements.setDouble(dtype, storage.segment(), storage.byteOffset(), value.doubleValue());
        } else {
            Elements.setLong(dtype, storage.segment(), storage.byteOffset(), value.longValue());
        }
    }

    /**
     * A tensor over foreign native memory, shared both ways and never freed by the library.
     *
     * <p>The segment must be native and writable, hold at least the elements, and stay alive as long as the tensor is used.
     */
    public static Tensor wrap(MemorySegment segment, DType dtype, long... shape) {
        return SharedMemory.wrap(segment, dtype, shape);
    }

    /**
     * A tensor over what remains of a direct buffer, shared both ways; without sizes a 1-d one.
     *
     * <p>The dtype is that of the Java type: INT8 for a ByteBuffer, INT16, INT32, INT64, FLOAT32 or FLOAT64 for the typed
     * ones. The buffer must be direct, writable and in the byte order of the machine. The tensor keeps its memory alive.
     */
    public static Tensor wrap(Buffer buffer, long... shape) {
        return SharedMemory.wrap(buffer, shape);
    }

    /** A tensor of any dtype over what remains of a direct buffer, shared both ways, as {@link #wrap(Buffer, long...)}. */
    public static Tensor wrap(Buffer buffer, DType dtype, long... shape) {
        return SharedMemory.wrap(buffer, dtype, shape);
    }

    // ------------------------------------------------------------------ filled

    /** A FLOAT32 tensor whose elements are not set. */
    public static Tensor empty(long... shape) {
        return empty(DType.FLOAT32, shape);
    }

    /** A tensor whose elements are not set. */
    public static Tensor empty(DType dtype, long... shape) {
        return Dispatch.empty(dtype, shape.clone());
    }

    /** A FLOAT32 tensor of zeros. */
    public static Tensor zeros(long... shape) {
        return zeros(DType.FLOAT32, shape);
    }

    /** A tensor of zeros. */
    public static Tensor zeros(DType dtype, long... shape) {
        return new Tensor(Storage.allocateZeroed(dtype, Shapes.numel("zeros", shape)), View.contiguous(shape.clone()));
    }

    /** A FLOAT32 tensor of ones. */
    public static Tensor ones(long... shape) {
        return ones(DType.FLOAT32, shape);
    }

    /** A tensor of ones. */
    public static Tensor ones(DType dtype, long... shape) {
        return empty(dtype, shape).fill_(1);
    }

    /** A tensor with every element equal to a number: INT64 of a whole one, FLOAT32 of a floating-point one. */
    public static Tensor full(Number value, long... shape) {
        return full(Promotion.typeOf(value), value, shape);
    }

    /** A BOOL tensor with every element equal to a truth value. */
    public static Tensor full(boolean value, long... shape) {
        return full(DType.BOOL, value ? 1 : 0, shape);
    }

    /** A tensor of a dtype with every element equal to a number. */
    public static Tensor full(DType dtype, Number value, long... shape) {
        return empty(dtype, shape).fill_(value);
    }

    // ------------------------------------------------------------------ of several tensors

    /** Tensors one after the other along a dimension; their other sizes are equal. */
    public static Tensor cat(int dim, Tensor... tensors) {
        return JoinOps.cat(dim, tensors);
    }

    /** Tensors one after the other along a dimension; their other sizes are equal. */
    public static Tensor cat(List<Tensor> tensors, int dim) {
        return JoinOps.cat(dim, tensors.toArray(Tensor[]::new));
    }

    /** Tensors of one shape side by side along a new dimension. */
    public static Tensor stack(int dim, Tensor... tensors) {
        return JoinOps.stack(dim, tensors);
    }

    /** Tensors of one shape side by side along a new dimension. */
    public static Tensor stack(List<Tensor> tensors, int dim) {
        return JoinOps.stack(dim, tensors.toArray(Tensor[]::new));
    }

    /** The element of {@code a} where the BOOL condition holds, that of {@code b} elsewhere; all three are broadcast. */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        Tensor mask = Conditions.of("where", "condition", condition);
        return Dispatch.apply(TernaryOps.WHERE, Promotion.resultType(a, b), mask, a, b);
    }
}
