package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.Tiles;

/**
 * A tensor laid out for kernels that walk lines: row-major, with the dimensions that are walked next to each other.
 *
 * @param x the tensor or a copy
 * @param tiles the sizes before, of and after the dimensions walked
 */
record Lines(Tensor x, Tiles tiles) {
    /** Lines along one dimension, which is not negative; a 0-d tensor is one line of one element. */
    static Lines along(Tensor x, int dim) {
        return over(x, x.dim() == 0 ? new int[0] : new int[] {dim});
    }

    /** Lines along one dimension that lie in one piece each. */
    static Lines inOnePiece(Tensor x, int dim) {
        return x.dim() == 0 ? along(x, 0) : along(x.transpose(dim, -1), x.dim() - 1);
    }

    /** Lines along several dimensions, each once and not negative. */
    static Lines over(Tensor x, int[] dims) {
        boolean[] walked = new boolean[x.dim()];
        for (int dim : dims) {
            walked[dim] = true;
        }
        int first = 0;
        while (first < walked.length && !walked[first]) {
            first++;
        }
        int end = first;
        while (end < walked.length && walked[end]) {
            end++;
        }
        if (end - first == dims.length) {
            long[] sizes = x.sizes();
            return new Lines(
                    x.contiguous(),
                    new Tiles(product(sizes, 0, first), product(sizes, first, end), product(sizes, end, sizes.length)));
        }
        int[] order = new int[walked.length];
        int kept = 0;
        int last = walked.length - dims.length;
        for (int dim = 0; dim < walked.length; dim++) {
            order[walked[dim] ? last++ : kept++] = dim;
        }
        int[] ends = new int[dims.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = kept + i;
        }
        return over(x.permute(order), ends);
    }

    private static long product(long[] sizes, int from, int to) {
        long n = 1;
        for (int dim = from; dim < to; dim++) {
            n *= sizes[dim];
        }
        return n;
    }
}
