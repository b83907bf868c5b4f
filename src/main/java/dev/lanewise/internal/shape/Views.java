package dev.lanewise.internal.shape;

import dev.lanewise.ShapeException;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/**
 * The views of PyTorch, each from one {@link View} to another over the same storage.
 *
 * <p>Every function takes the name of the op to put into messages. Dimensions may be negative and wrap.
 */
public final class Views {
    private Views() {}

    /** Swaps two dimensions. */
    public static View transpose(String op, View x, int dim0, int dim1) {
        int a = Shapes.wrapDim(op, dim0, x.rank());
        int b = Shapes.wrapDim(op, dim1, x.rank());
        return a == b ? x : new View(swapped(x.shape(), a, b), swapped(x.strides(), a, b), x.offset());
    }

    private static long[] swapped(long[] values, int a, int b) {
        long[] result = values.clone();
        result[a] = values[b];
        result[b] = values[a];
        return result;
    }

    /** Dimension {@code i} of the result is dimension {@code dims[i]}; all dimensions must be named once. */
    public static View permute(String op, View x, int... dims) {
        int rank = x.rank();
        if (dims.length != rank) {
            throw Check.shape(op, "dims must name every dimension once")
                    .expected(rank + " dims")
                    .got(dims.length)
                    .operand("self", text(x))
                    .error();
        }
        int[] wrapped = Shapes.wrapDims(op, dims, rank);
        long[] shape = new long[rank];
        long[] strides = new long[rank];
        for (int d = 0; d < rank; d++) {
            shape[d] = x.shape()[wrapped[d]];
            strides[d] = x.strides()[wrapped[d]];
        }
        return new View(shape, strides, x.offset());
    }

    /** Leaves out every dimension of size 1. */
    public static View squeeze(View x) {
        int rank = x.rank();
        View result = x;
        for (int d = rank - 1; d >= 0; d--) {
            if (x.shape()[d] == 1) {
                result = without(result, d);
            }
        }
        return result;
    }

    /** Leaves out the dimension if its size is 1, and returns the same view if not. */
    public static View squeeze(String op, View x, int dim) {
        int d = Shapes.wrapDim(op, dim, x.rank());
        return x.rank() > 0 && x.shape()[d] == 1 ? without(x, d) : x;
    }

    private static View without(View x, int dim) {
        return new View(removed(x.shape(), dim), removed(x.strides(), dim), x.offset());
    }

    private static long[] removed(long[] values, int dim) {
        long[] result = new long[values.length - 1];
        System.arraycopy(values, 0, result, 0, dim);
        System.arraycopy(values, dim + 1, result, dim, result.length - dim);
        return result;
    }

    private static long[] inserted(long[] values, int dim, long value) {
        long[] result = new long[values.length + 1];
        System.arraycopy(values, 0, result, 0, dim);
        result[dim] = value;
        System.arraycopy(values, dim, result, dim + 1, values.length - dim);
        return result;
    }

    private static long[] with(long[] values, int dim, long value) {
        long[] result = values.clone();
        result[dim] = value;
        return result;
    }

    /** Inserts a dimension of size 1 so that it becomes dimension {@code dim}. */
    public static View unsqueeze(String op, View x, int dim) {
        int d = Shapes.wrapDim(op, dim, x.rank() + 1);
        long stride = d < x.rank() ? x.shape()[d] * x.strides()[d] : 1;
        return new View(inserted(x.shape(), d, 1), inserted(x.strides(), d, stride), x.offset());
    }

    /**
     * Repeats dimensions of size 1 without copying, by stride 0.
     *
     * <p>Sizes are aligned at the last dimension, {@code -1} keeps a size, further leading sizes are new dimensions.
     */
    public static View expand(String op, View x, long... sizes) {
        int added = sizes.length - x.rank();
        if (added < 0) {
            throw Check.shape(op, "sizes must cover all dimensions")
                    .expected("at least " + x.rank() + " sizes")
                    .got(sizes)
                    .operand("self", text(x))
                    .error();
        }
        long[] shape = new long[sizes.length];
        long[] strides = new long[sizes.length];
        for (int d = sizes.length - 1; d >= 0; d--) {
            boolean isNew = d < added;
            long size = isNew ? 1 : x.shape()[d - added];
            boolean follows = isNew && x.rank() > 0;
            strides[d] = !isNew ? x.strides()[d - added] : follows ? shape[d + 1] * strides[d + 1] : 0;
            shape[d] = sizes[d] == -1 && !isNew ? size : sizes[d];
            if (shape[d] < 0 || (shape[d] != size && size != 1)) {
                throw doesNotExpand(op, x, sizes, d);
            }
            strides[d] = shape[d] == size ? strides[d] : 0;
        }
        Shapes.numel(op, shape);
        return new View(shape, strides, x.offset());
    }

    private static ShapeException doesNotExpand(String op, View x, long[] sizes, int dim) {
        int own = dim - sizes.length + x.rank();
        String expected = own < 0
                ? "0 or more for the new dimension " + dim
                : x.shape()[own] == 1
                        ? "0 or more, or -1, in dimension " + dim
                        : x.shape()[own] + " or -1 in dimension " + dim;
        return Check.shape(op, "only dimensions of size 1 expand")
                .expected(expected)
                .got(sizes)
                .operand("self", text(x))
                .error();
    }

    /** The part at one index of a dimension, which is left out; a negative index counts from the end. */
    public static View select(String op, View x, int dim, long index) {
        requireDims(op, x, 1, "Use item() to read the value of a 0-d tensor.");
        int d = Shapes.wrapDim(op, dim, x.rank());
        long size = x.shape()[d];
        if (index < -size || index >= size) {
            throw Check.index(op, "index must lie in dimension " + d + " of size " + size)
                    .expected(size == 0 ? "no index, for it is empty" : -size + " to " + (size - 1))
                    .got(index)
                    .operand("self", text(x))
                    .error();
        }
        long wrapped = index < 0 ? index + size : index;
        View rest = without(x, d);
        return new View(rest.shape(), rest.strides(), x.offset() + wrapped * x.strides()[d]);
    }

    /**
     * Every {@code step}-th index of a dimension from {@code start} (included) to {@code end} (excluded).
     *
     * <p>Negative bounds count from the end and bounds outside are clamped, as in Python; an open end is
     * {@link Long#MAX_VALUE}. The step must be positive.
     */
    public static View slice(String op, View x, int dim, long start, long end, long step) {
        requireDims(op, x, 1, "A 0-d tensor has no dimension to take a range of.");
        int d = Shapes.wrapDim(op, dim, x.rank());
        if (step <= 0) {
            throw Check.index(op, "step must be positive")
                    .got(step)
                    .hint("Use flip for the reverse order.")
                    .error();
        }
        long size = x.shape()[d];
        long stride = x.strides()[d];
        long first = clamp(start, size);
        long count = Math.max(clamp(end, size) - first, 0);
        long taken = count == 0 ? 0 : (count - 1) / step + 1;
        // a step so long that the product overflows takes one element at most, whose stride is of no account
        long newStride = stride == 0 || step <= Long.MAX_VALUE / stride ? stride * step : stride;
        return new View(with(x.shape(), d, taken), with(x.strides(), d, newStride), x.offset() + first * stride);
    }

    private static long clamp(long bound, long size) {
        return Math.min(Math.max(bound < 0 ? bound + size : bound, 0), size);
    }

    /** The {@code length} indices of a dimension from {@code start} on; nothing is clamped. */
    public static View narrow(String op, View x, int dim, long start, long length) {
        requireDims(op, x, 1, "A 0-d tensor has no dimension to take a range of.");
        int d = Shapes.wrapDim(op, dim, x.rank());
        long size = x.shape()[d];
        long first = start < 0 ? start + size : start;
        if (length < 0 || first < 0 || first > size - length) {
            throw Check.index(op, "start and length must lie in dimension " + d + " of size " + size)
                    .expected("0 <= start <= start + length <= " + size)
                    .got("start " + start + ", length " + length)
                    .operand("self", text(x))
                    .error();
        }
        return new View(with(x.shape(), d, length), x.strides(), x.offset() + first * x.strides()[d]);
    }

    /**
     * The elements {@code x[i, i + shift]} of two dimensions as a last dimension of the result.
     *
     * @param shift which diagonal: 0 the main one, above it if positive, below if negative
     */
    public static View diagonal(String op, View x, long shift, int dim1, int dim2) {
        requireDims(op, x, 2, "Use diag to build a matrix from a vector.");
        int row = Shapes.wrapDim(op, dim1, x.rank());
        int column = Shapes.wrapDim(op, dim2, x.rank());
        if (row == column) {
            throw Check.index(op, "the two dims must differ")
                    .got(dim1 + " and " + dim2)
                    .operand("self", text(x))
                    .error();
        }
        long rows = x.shape()[row];
        long columns = x.shape()[column];
        long length = Math.max(shift >= 0 ? Math.min(rows, columns - shift) : Math.min(rows + shift, columns), 0);
        long start = length == 0 ? 0 : shift >= 0 ? shift * x.strides()[column] : -shift * x.strides()[row];
        long stride = x.strides()[row] + x.strides()[column];
        View rest = without(without(x, Math.max(row, column)), Math.min(row, column));
        int last = rest.rank();
        return new View(
                inserted(rest.shape(), last, length), inserted(rest.strides(), last, stride), x.offset() + start);
    }

    /**
     * Windows of {@code size} elements, {@code step} apart, over a dimension; the window is a new last dimension.
     *
     * <p>The dimension keeps the number of windows, {@code (n - size) / step + 1}. Windows overlap where step is
     * smaller than size.
     */
    public static View unfold(String op, View x, int dim, long size, long step) {
        int d = Shapes.wrapDim(op, dim, x.rank());
        long all = x.rank() == 0 ? 1 : x.shape()[d];
        if (size < 0 || size > all || step <= 0) {
            throw Check.shape(op, "windows must lie in dimension " + d + " of size " + all)
                    .expected("size 0 to " + all + " and step 1 or more")
                    .got("size " + size + ", step " + step)
                    .operand("self", text(x))
                    .error();
        }
        if (x.rank() == 0) {
            return new View(new long[] {size}, new long[] {1}, x.offset());
        }
        long stride = x.strides()[d];
        long windows = (all - size) / step + 1;
        long windowStride = stride == 0 || step <= Long.MAX_VALUE / stride ? stride * step : stride;
        long[] shape = inserted(with(x.shape(), d, windows), x.rank(), size);
        long[] strides = inserted(with(x.strides(), d, windowStride), x.rank(), stride);
        return new View(shape, strides, x.offset());
    }

    /** The same elements in another shape, one size of which may be -1; refuses what would need a copy. */
    public static View view(String op, View x, long... sizes) {
        long[] shape = Shapes.inferSize(op, sizes, Shapes.numel(x.shape()));
        long[] strides = Shapes.viewStrides(x.shape(), x.strides(), shape);
        if (strides == null) {
            throw Check.shape(op, "sizes must fit the memory layout")
                    .expected("sizes that keep together what the strides " + Arrays.toString(x.strides()) + " separate")
                    .got(sizes)
                    .operand("self", text(x))
                    .hint("Use reshape, which copies where it must.")
                    .error();
        }
        return new View(shape, strides, x.offset());
    }

    private static void requireDims(String op, View x, int rank, String hint) {
        if (x.rank() < rank) {
            throw Check.index(op, "self must have at least " + rank + (rank == 1 ? " dimension" : " dimensions"))
                    .got("a " + x.rank() + "-d tensor")
                    .operand("self", text(x))
                    .hint(hint)
                    .error();
        }
    }

    private static String text(View x) {
        return Arrays.toString(x.shape());
    }
}
