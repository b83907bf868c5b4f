package dev.lanewise.internal.shape;

import dev.lanewise.ShapeException;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.BitSet;

/** Sizes and strides: counting, broadcasting, layout tests, dimension numbers. Source of the rules: PyTorch. */
public final class Shapes {
    private Shapes() {}

    /** The number of elements, 1 for a 0-d shape; refuses a product that does not fit into a {@code long}. */
    public static long numel(long[] shape) {
        return numel("shape", shape);
    }

    /** As {@link #numel(long[])}, naming the op in the message; refuses negative sizes too. */
    public static long numel(String op, long[] shape) {
        long product = 1;
        boolean overflows = false;
        boolean empty = false;
        for (long size : shape) {
            if (size < 0) {
                throw Check.shape(op, "sizes must not be negative").got(shape).error();
            }
            empty |= size == 0;
            overflows |= Math.multiplyHigh(product, size) != 0 || product * size < 0;
            product *= size;
        }
        if (overflows && !empty) {
            throw Check.shape(op, "the number of elements must fit into 63 bits")
                    .got(shape)
                    .hint("Use smaller sizes.")
                    .error();
        }
        return empty ? 0 : product;
    }

    /** Row-major strides; a size of 0 counts as 1, so that {@code [2, 0, 3]} has the strides {@code [3, 3, 1]}. */
    public static long[] contiguousStrides(long[] shape) {
        long[] strides = new long[shape.length];
        long step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = step;
            step *= Math.max(shape[d], 1);
        }
        return strides;
    }

    /** True if the elements lie in row-major order without gaps; strides of sizes 1 and of empty shapes are ignored. */
    public static boolean isContiguous(long[] shape, long[] strides) {
        long step = 1;
        boolean inOrder = true;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (shape[d] == 0) {
                return true;
            }
            inOrder &= shape[d] == 1 || strides[d] == step;
            step *= shape[d];
        }
        return inOrder;
    }

    /**
     * The shape that all given shapes expand to.
     *
     * <p>Shapes are aligned at their last dimension; in every dimension the sizes must be equal or 1. Throws
     * {@link ShapeException} otherwise.
     */
    public static long[] broadcast(String op, long[]... shapes) {
        int rank = 0;
        for (long[] shape : shapes) {
            rank = Math.max(rank, shape.length);
        }
        long[] result = new long[rank];
        Arrays.fill(result, 1);
        for (long[] shape : shapes) {
            int shift = rank - shape.length;
            for (int d = 0; d < shape.length; d++) {
                if (result[shift + d] == 1) {
                    result[shift + d] = shape[d];
                } else if (shape[d] != 1 && shape[d] != result[shift + d]) {
                    throw doNotBroadcast(op, shapes, shift + d - rank, result[shift + d], shape[d]);
                }
            }
        }
        return result;
    }

    private static ShapeException doNotBroadcast(String op, long[][] shapes, int dim, long first, long second) {
        Check<ShapeException> check = Check.shape(op, "shapes must broadcast")
                .expected("sizes that are equal or 1 in each dimension, counted from the last")
                .got(first + " and " + second + " in dimension " + dim);
        for (int i = 0; i < shapes.length; i++) {
            check.operand(i < 26 ? String.valueOf((char) ('a' + i)) : "operand " + i, Arrays.toString(shapes[i]));
        }
        return check.hint("Use reshape or unsqueeze to line the dimensions up.").error();
    }

    /**
     * Strides that walk an operand as if it had the target shape: 0 where a dimension is expanded or new.
     *
     * <p>The caller has checked, by {@link #broadcast}, that the shape expands to the target.
     */
    public static long[] broadcastStrides(long[] shape, long[] strides, long[] target) {
        int shift = target.length - shape.length;
        long[] result = new long[target.length];
        for (int d = 0; d < shape.length; d++) {
            result[shift + d] = shape[d] == target[shift + d] ? strides[d] : 0;
        }
        return result;
    }

    /** The dimension counted from 0; negative ones count from the end, and rank 0 behaves as rank 1. */
    public static int wrapDim(String op, int dim, int rank) {
        int dims = Math.max(rank, 1);
        if (dim < -dims || dim >= dims) {
            throw Check.index(op, "dim must be within the rank " + rank)
                    .expected(-dims + " to " + (dims - 1))
                    .got(dim)
                    .error();
        }
        return dim < 0 ? dim + dims : dim;
    }

    /** Each dimension as {@link #wrapDim} gives it, in the given order; refuses a dimension that comes twice. */
    public static int[] wrapDims(String op, int[] dims, int rank) {
        int[] wrapped = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            wrapped[i] = wrapDim(op, dims[i], rank);
            for (int j = 0; j < i; j++) {
                if (wrapped[j] == wrapped[i]) {
                    throw Check.index(op, "dims must not repeat")
                            .expected("each dim once")
                            .got(Arrays.toString(dims) + " for rank " + rank)
                            .error();
                }
            }
        }
        return wrapped;
    }

    /**
     * The strides with which the same memory is read in another shape, or null where that takes a copy.
     *
     * <p>Old dimensions that follow each other without a gap form a chunk; a view exists if every chunk holds a whole
     * group of new dimensions. Both shapes have the same number of elements.
     */
    public static long[] viewStrides(long[] shape, long[] strides, long[] newShape) {
        if (hasZero(shape)) {
            return Arrays.equals(shape, newShape) ? strides.clone() : contiguousStrides(newShape);
        }
        long[] result = new long[newShape.length];
        if (shape.length == 0) {
            Arrays.fill(result, 1);
            return result;
        }
        int next = newShape.length - 1;
        long base = strides[shape.length - 1];
        long chunk = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            chunk *= shape[d];
            if (d > 0 && (shape[d - 1] == 1 || strides[d - 1] == chunk * base)) {
                continue;
            }
            long filled = 1;
            while (next >= 0 && (filled < chunk || newShape[next] == 1)) {
                result[next] = filled * base;
                filled *= newShape[next--];
            }
            if (filled != chunk) {
                return null;
            }
            base = d > 0 ? strides[d - 1] : base;
            chunk = 1;
        }
        return next < 0 ? result : null;
    }

    private static boolean hasZero(long[] shape) {
        for (long size : shape) {
            if (size == 0) {
                return true;
            }
        }
        return false;
    }

    /** The sizes with one {@code -1} replaced so that they hold {@code numel} elements; refuses what cannot. */
    public static long[] inferSize(String op, long[] sizes, long numel) {
        int open = -1;
        for (int d = 0; d < sizes.length; d++) {
            if (sizes[d] < -1 || (sizes[d] == -1 && open >= 0)) {
                throw Check.shape(op, "sizes must be 0 or more, with at most one -1")
                        .got(sizes)
                        .error();
            }
            open = sizes[d] == -1 ? d : open;
        }
        long[] result = sizes.clone();
        if (open >= 0) {
            result[open] = 1;
        }
        long known = numel(op, result);
        if (open < 0 ? known != numel : known == 0 ? numel != 0 : numel % known != 0) {
            throw Check.shape(op, "sizes must hold all elements")
                    .expected(numel + " elements")
                    .got(Arrays.toString(sizes) + (open < 0 ? " = " + known + " elements" : ""))
                    .error();
        }
        if (open >= 0 && known == 0) {
            throw Check.shape(op, "-1 can be any size when the other sizes hold 0 elements")
                    .got(sizes)
                    .hint("Write the size out instead of -1.")
                    .error();
        }
        if (open >= 0) {
            result[open] = numel / known;
        }
        return result;
    }

    /** The shape after reducing the given wrapped dims: left out, or of size 1 with {@code keepDim}. */
    public static long[] reducedShape(long[] shape, int[] dims, boolean keepDim) {
        boolean[] reduced = new boolean[shape.length];
        int count = 0;
        for (int dim : dims) {
            // dim 0 of a 0-d tensor is legal and reduces nothing
            if (dim < shape.length) {
                reduced[dim] = true;
                count++;
            }
        }
        long[] result = new long[keepDim ? shape.length : shape.length - count];
        int next = 0;
        for (int d = 0; d < shape.length; d++) {
            if (!reduced[d] || keepDim) {
                result[next++] = reduced[d] ? 1 : shape[d];
            }
        }
        return result;
    }

    /** How many elements of the storage, from the first one on, a layout spans; 0 for an empty shape. */
    public static long extent(long[] shape, long[] strides) {
        long last = 0;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] == 0) {
                return 0;
            }
            last += (shape[d] - 1) * strides[d];
        }
        return last + 1;
    }

    /** True if two indices reach the same element, so that writing through the layout is not well defined. */
    public static boolean overlapsItself(long[] shape, long[] strides) {
        if (hasZero(shape)) {
            return false;
        }
        int[] order = MemoryOrder.of(shape, new long[][] {strides});
        long reached = 0;
        for (int d : order) {
            if (shape[d] != 1) {
                if (strides[d] <= reached) {
                    return strides[d] == 0 || meets(shape, strides);
                }
                reached += (shape[d] - 1) * strides[d];
            }
        }
        return false;
    }

    /** Marks every element that an index reaches; dimensions may interleave without meeting. */
    private static boolean meets(long[] shape, long[] strides) {
        long extent = extent(shape, strides);
        long numel = numel(shape);
        if (numel > extent || extent > Integer.MAX_VALUE) {
            return true;
        }
        BitSet reached = new BitSet((int) extent);
        long[] index = new long[shape.length];
        int place = 0;
        for (long i = 0; i < numel; i++) {
            if (reached.get(place)) {
                return true;
            }
            reached.set(place);
            int d = shape.length - 1;
            while (d >= 0 && ++index[d] == shape[d]) {
                place -= (int) ((shape[d] - 1) * strides[d]);
                index[d--] = 0;
            }
            place += d >= 0 ? (int) strides[d] : 0;
        }
        return false;
    }

    /**
     * Dense strides for the new result of an elementwise op, in the memory order of its operands.
     *
     * <p>Row-major if all operands are; the operand's own strides if all share one gapless layout; otherwise the
     * dimensions are packed in the order of {@link MemoryOrder}. So the result of an op on a transposed tensor is
     * transposed too, as in PyTorch. The strides of the operands are already broadcast to the shape.
     */
    public static long[] resultStrides(long[] shape, long[]... operandStrides) {
        boolean contiguous = true;
        for (long[] strides : operandStrides) {
            contiguous &= isContiguous(shape, strides);
        }
        if (contiguous || hasZero(shape)) {
            return contiguousStrides(shape);
        }
        long[] first = operandStrides[0];
        boolean same = true;
        for (long[] strides : operandStrides) {
            same &= Arrays.equals(first, strides);
        }
        if (same && !overlapsItself(shape, first) && extent(shape, first) == numel(shape)) {
            return first.clone();
        }
        long[] result = new long[shape.length];
        long step = 1;
        for (int d : MemoryOrder.of(shape, operandStrides)) {
            result[d] = step;
            step *= shape[d];
        }
        return result;
    }
}
