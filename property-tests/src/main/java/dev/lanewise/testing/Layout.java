package dev.lanewise.testing;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.testing.reference.Ref;
import java.util.Arrays;

/** The ways a tensor can lie in memory that code has to get right. */
public enum Layout {
    /** Row-major, from the beginning of its memory. */
    CONTIGUOUS,
    /** The last two dimensions exchanged in memory. */
    TRANSPOSED,
    /** Every second element of a last dimension twice as long. */
    STEPPED,
    /** Row-major, with elements before and after it. */
    OFFSET,
    /** The first dimension repeated with stride 0. */
    EXPANDED,
    /** Dimensions of size 1 first and last, with strides that are not those of a row-major tensor. */
    UNIT,
    /** The last dimension of size 0. */
    EMPTY,
    /** No dimensions, taken out of a larger tensor. */
    SCALAR;

    /** The nearest shape to the given one that a tensor of this layout can have. */
    public long[] fit(long... shape) {
        long[] out = shape.clone();
        switch (this) {
            case UNIT -> {
                out = new long[shape.length + 2];
                Arrays.fill(out, 1);
                System.arraycopy(shape, 0, out, 1, shape.length);
            }
            case EMPTY -> {
                out = shape.length == 0 ? new long[1] : out;
                out[out.length - 1] = 0;
            }
            case SCALAR -> out = new long[0];
            default -> {}
        }
        return out;
    }

    /**
     * A tensor of this layout with the given elements; the shape is one that {@link #fit} gives.
     *
     * <p>EXPANDED takes the elements of the first row for all rows: read the tensor back for what it holds. Memory around
     * the elements holds 77.
     */
    public Tensor build(Ref values) {
        Tensor x = empty(values.dtype(), values.shape());
        if (this == EXPANDED && x.dim() > 0 && x.numel() > 0) {
            firstRow(values).writeTo(x.narrow(0, 0, 1));
        } else {
            values.writeTo(x);
        }
        return x.detach();
    }

    private static Ref firstRow(Ref values) {
        long[] shape = values.shape();
        shape[0] = 1;
        return values.pick(shape, position -> position);
    }

    private Tensor empty(DType dtype, long... shape) {
        int rank = shape.length;
        return switch (this) {
            case TRANSPOSED ->
                rank < 2 ? plain(dtype, shape) : plain(dtype, exchanged(shape)).transpose(-1, -2);
            case STEPPED ->
                rank == 0
                        ? plain(dtype, 3).select(0, 1)
                        : plain(dtype, doubled(shape)).slice(-1, 0, Long.MAX_VALUE, 2);
            case OFFSET ->
                plain(dtype, 5 + numel(shape)).narrow(0, 3, numel(shape)).view(shape);
            case EXPANDED ->
                rank == 0 || shape[0] == 0
                        ? plain(dtype, shape)
                        : plain(dtype, first(shape)).expand(shape);
            case UNIT ->
                rank < 2
                        ? plain(dtype, shape)
                        : plain(dtype, widened(shape)).narrow(0, 1, shape[0]).narrow(-1, 1, shape[rank - 1]);
            case SCALAR -> plain(dtype, 2, 2).select(0, 1).select(0, 0);
            case CONTIGUOUS, EMPTY -> plain(dtype, shape);
        };
    }

    private static Tensor plain(DType dtype, long... shape) {
        return Tensor.full(dtype, dtype == DType.BOOL ? 1 : 77, shape);
    }

    private static long[] exchanged(long[] shape) {
        long[] out = shape.clone();
        out[out.length - 1] = shape[out.length - 2];
        out[out.length - 2] = shape[out.length - 1];
        return out;
    }

    private static long[] doubled(long[] shape) {
        long[] out = shape.clone();
        out[out.length - 1] *= 2;
        return out;
    }

    private static long[] first(long[] shape) {
        long[] out = shape.clone();
        out[0] = 1;
        return out;
    }

    private static long[] widened(long[] shape) {
        long[] out = shape.clone();
        out[0] += 1;
        out[out.length - 1] += 1;
        return out;
    }

    private static long numel(long[] shape) {
        long n = 1;
        for (long size : shape) {
            n *= size;
        }
        return n;
    }
}
