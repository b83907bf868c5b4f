package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/** Kernels that read or write at positions held in a tensor, and fill. */
public final class IndexKernels {
    private IndexKernels() {}

    /**
     * {@code out[i][j][…] = in[index[i][j][…]][j][…]}, written for dim 0: each element of {@code out} is the element of
     * {@code in} at the same place but for dimension {@code dim}, where {@code index} says which.
     *
     * @param shape of {@code index} and {@code out}
     * @param index INT64
     * @throws dev.lanewise.IndexException if an index is negative or not less than {@code inShape[dim]}
     */
    public static void gather(long[] shape, Operand in, long[] inShape, int dim, Operand index, Operand out) {
        long size = inShape.length == 0 ? 1 : inShape[dim];
        long[] inBytes = in.byteStrides();
        long step = shape.length == 0 ? 0 : inBytes[dim];
        long[] base = inBytes.clone();
        if (shape.length > 0) {
            base[dim] = 0;
        }
        int shift = in.dtype().shift();
        StridedIter iter = StridedIter.of(shape, new long[][] {out.byteStrides(), index.byteStrides(), base});
        Parallel.forRange(
                iter.numel(),
                Thresholds.GRAIN,
                (from, to) -> iter.forRuns(from, to, (offsets, n) -> {
                    for (long i = 0; i < n; i++) {
                        long at = index.byteOffset() + offsets[1] + i * iter.innerStride(1);
                        long position = index.segment().get(JAVA_LONG_UNALIGNED, at);
                        check("gather", position, size, dim);
                        long source = in.byteOffset() + offsets[2] + i * iter.innerStride(2) + position * step;
                        long target = out.byteOffset() + offsets[0] + i * iter.innerStride(0);
                        MemorySegment.copy(in.segment(), source, out.segment(), target, 1L << shift);
                    }
                }));
    }

    /**
     * Adds each element of {@code source} to the element of {@code out} at the same place but for dimension {@code
     * dim}, where {@code index} says which; in row-major order, so that the result's bits are always the same. Integers
     * wrap, BOOL is or.
     *
     * @param shape of {@code index} and {@code source}
     * @param index INT64
     * @throws dev.lanewise.IndexException if an index is negative or not less than {@code outShape[dim]}; part of
     *     {@code out} may have changed then
     */
    public static void scatterAdd(long[] shape, Operand source, int dim, Operand index, Operand out, long[] outShape) {
        long size = outShape.length == 0 ? 1 : outShape[dim];
        long[] outBytes = out.byteStrides();
        long step = shape.length == 0 ? 0 : outBytes[dim];
        long[] base = outBytes.clone();
        long[] order = new long[shape.length];
        long next = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            order[d] = next;
            next *= shape[d];
        }
        if (shape.length > 0) {
            base[dim] = 0;
        }
        DType type = out.dtype();
        // The first operand makes the walk row-major whatever the strides of the others.
        StridedIter iter = StridedIter.of(shape, new long[][] {order, source.byteStrides(), index.byteStrides(), base});
        iter.forRuns(0, iter.numel(), (offsets, n) -> {
            for (long i = 0; i < n; i++) {
                long at = index.byteOffset() + offsets[2] + i * iter.innerStride(2);
                long position = index.segment().get(JAVA_LONG_UNALIGNED, at);
                check("scatterAdd", position, size, dim);
                long from = source.byteOffset() + offsets[1] + i * iter.innerStride(1);
                long to = out.byteOffset() + offsets[3] + i * iter.innerStride(3) + position * step;
                add(type, source.segment(), from, out.segment(), to);
            }
        });
    }

    static void add(DType type, MemorySegment source, long from, MemorySegment out, long to) {
        if (type.isFloatingPoint()) {
            // In double, then rounded: of floats and halves that is the correctly rounded sum.
            double sum = Elements.getDouble(type, out, to) + Elements.getDouble(type, source, from);
            Elements.setDouble(type, out, to, sum);
        } else {
            Elements.setLong(type, out, to, Elements.getLong(type, out, to) + Elements.getLong(type, source, from));
        }
    }

    /** Sets every element; a value is rounded, truncated or wrapped to the dtype. */
    public static void fill(Operand out, long[] shape, Number value) {
        DType type = out.dtype();
        StridedIter iter = StridedIter.of(shape, new long[][] {out.byteStrides()});
        long size = 1L << type.shift();
        Parallel.forRange(
                iter.numel(),
                Thresholds.PARALLEL_FROM,
                (from, to) -> iter.forRuns(from, to, (offsets, n) -> {
                    long at = out.byteOffset() + offsets[0];
                    long step = iter.innerStride(0);
                    set(type, out.segment(), at, value);
                    if (step == size) {
                        Repeat.fill(type.shift(), out.segment(), at, out.segment(), at, n);
                    } else {
                        for (long i = 1; i < n; i++) {
                            MemorySegment.copy(out.segment(), at, out.segment(), at + i * step, size);
                        }
                    }
                }));
    }

    private static void set(DType type, MemorySegment out, long at, Number value) {
        if (type.isFloatingPoint() || value instanceof Double || value instanceof Float) {
            Elements.setDouble(type, out, at, value.doubleValue());
        } else {
            Elements.setLong(type, out, at, value.longValue());
        }
    }

    private static void check(String op, long position, long size, int dim) {
        if (position < 0 || position >= size) {
            throw Check.index(op, "index out of range")
                    .expected("an index in [0, " + size + ") for dimension " + dim)
                    .got(position)
                    .error();
        }
    }
}
