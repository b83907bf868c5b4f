package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/** Channels exchanged with places, and with each other. */
final class Channels {
    private Channels() {}

    static Tensor pixelShuffle(Tensor input, long factor) {
        check("pixelShuffle", input, factor > 0 && input.dim() >= 3 && input.size(-3) % (factor * factor) == 0, factor);
        int rank = input.dim();
        long[] shape = input.shape().toArray();
        shape[rank - 3] /= factor * factor;
        Tensor parts = input.reshape(wide(shape, shape[rank - 3], factor, factor, shape[rank - 2], shape[rank - 1]));
        shape[rank - 2] *= factor;
        shape[rank - 1] *= factor;
        int c = rank - 3;
        return parts.permute(order(rank, c, c + 3, c + 1, c + 4, c + 2)).reshape(shape);
    }

    static Tensor pixelUnshuffle(Tensor input, long factor) {
        boolean fits = factor > 0 && input.dim() >= 3 && input.size(-2) % factor == 0 && input.size(-1) % factor == 0;
        check("pixelUnshuffle", input, fits, factor);
        int rank = input.dim();
        long[] shape = input.shape().toArray();
        shape[rank - 2] /= factor;
        shape[rank - 1] /= factor;
        Tensor parts = input.reshape(wide(shape, shape[rank - 3], shape[rank - 2], factor, shape[rank - 1], factor));
        shape[rank - 3] *= factor * factor;
        int c = rank - 3;
        return parts.permute(order(rank, c, c + 2, c + 4, c + 1, c + 3)).reshape(shape);
    }

    static Tensor channelShuffle(Tensor input, long groups) {
        check("channelShuffle", input, groups > 0 && input.dim() >= 3 && input.size(1) % groups == 0, groups);
        return input.unflatten(1, groups, input.size(1) / groups)
                .transpose(1, 2)
                .reshape(input.shape().toArray());
    }

    /** A shape with its last three sizes replaced by five. */
    private static long[] wide(long[] shape, long... last) {
        long[] out = new long[shape.length + 2];
        System.arraycopy(shape, 0, out, 0, shape.length - 3);
        System.arraycopy(last, 0, out, shape.length - 3, 5);
        return out;
    }

    /** The order of dimensions in which the last five of two more are exchanged. */
    private static int[] order(int rank, int... last) {
        int[] out = new int[rank + 2];
        for (int d = 0; d < out.length; d++) {
            out[d] = d < rank - 3 ? d : last[d - (rank - 3)];
        }
        return out;
    }

    private static void check(String op, Tensor input, boolean fits, long number) {
        if (!fits) {
            throw Check.shape(op, "the number must divide the sizes of an input of at least 3 dimensions")
                    .got(number)
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
    }
}
