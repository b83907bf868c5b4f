package dev.lanewise.internal.linalg;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * A batch of FLOAT32 or FLOAT64 matrices in native memory with any strides, read and written as {@code double[]}.
 *
 * @param operand where they lie; the last two strides are those of rows and columns
 * @param batch sizes of the dimensions before those
 * @param rows rows of each matrix
 * @param cols columns of each matrix
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Matrices(Operand operand, long[] batch, int rows, int cols) {
    /** Work, in multiplications, that is worth a task of its own. */
    private static final double TASK = 100_000;

    /** The matrices in the last two of the dimensions of a tensor. */
    public static Matrices of(Operand operand, long[] shape) {
        int rank = shape.length - 2;
        long[] batch = Arrays.copyOf(shape, rank);
        return new Matrices(operand, batch, Math.toIntExact(shape[rank]), Math.toIntExact(shape[rank + 1]));
    }

    /** Number of matrices. */
    public long count() {
        return Arrays.stream(batch).reduce(1, (x, y) -> x * y);
    }

    /**
     * Calls a function for every index of a batch, on several threads.
     *
     * @param cost multiplications per call
     */
    public static void each(long count, double cost, LongConsumer body) {
        long grain = (long) Math.max(1, TASK / Math.max(1, cost));
        Parallel.forRange(count, grain, (from, to) -> {
            for (long index = from; index < to; index++) {
                body.accept(index);
            }
        });
    }

    /** The elements of one matrix in row-major order, as a new array. */
    public double[] read(long index) {
        double[] values = new double[Math.multiplyExact(rows, cols)];
        MemorySegment memory = operand.segment();
        long start = start(index);
        long rowStride = operand.strides()[batch.length];
        long colStride = operand.strides()[batch.length + 1];
        boolean wide = operand.dtype() == DType.FLOAT64;
        for (int i = 0; i < rows; i++) {
            long at = start + i * rowStride;
            for (int j = 0; j < cols; j++) {
                long element = at + j * colStride;
                values[i * cols + j] = wide
                        ? memory.get(ValueLayout.JAVA_DOUBLE, operand.byteOffset() + (element << 3))
                        : memory.get(ValueLayout.JAVA_FLOAT, operand.byteOffset() + (element << 2));
            }
        }
        return values;
    }

    /** Writes one matrix from its elements in row-major order, rounded to the dtype. */
    public void write(long index, double[] values) {
        MemorySegment memory = operand.segment();
        long start = start(index);
        long rowStride = operand.strides()[batch.length];
        long colStride = operand.strides()[batch.length + 1];
        boolean wide = operand.dtype() == DType.FLOAT64;
        for (int i = 0; i < rows; i++) {
            long at = start + i * rowStride;
            for (int j = 0; j < cols; j++) {
                long element = at + j * colStride;
                double value = values[i * cols + j];
                if (wide) {
                    memory.set(ValueLayout.JAVA_DOUBLE, operand.byteOffset() + (element << 3), value);
                } else {
                    memory.set(ValueLayout.JAVA_FLOAT, operand.byteOffset() + (element << 2), (float) value);
                }
            }
        }
    }

    /** The place of element (0, 0) of one matrix, in elements. */
    private long start(long index) {
        long rest = index;
        long at = 0;
        for (int d = batch.length - 1; d >= 0; d--) {
            at += rest % batch[d] * operand.strides()[d];
            rest /= batch[d];
        }
        return at;
    }

    /** The position of a matrix in its batch. */
    public static long[] position(long[] batch, long index) {
        long[] position = new long[batch.length];
        long rest = index;
        for (int d = batch.length - 1; d >= 0; d--) {
            position[d] = rest % batch[d];
            rest /= batch[d];
        }
        return position;
    }
}
