package dev.lanewise.internal.kernel;

import dev.lanewise.internal.iter.StridedIter;

/**
 * The dimensions of a reduction, sorted into those kept and those reduced.
 *
 * <p>Kept dimensions that are neighbours and lie in one piece are merged; the reduced ones are walked in the order of
 * their strides.
 */
final class ReducePlan {
    /** Elements that one result combines, in the order of the walk. */
    final StridedIter reduced;
    /** Number of results. */
    final long results;
    /** The kept dimension whose elements are neighbours in the input, or nearer than those reduced, or -1. */
    final int unit;

    private final int rank;
    private final long[] sizes;
    private final long[] inSteps;
    private final long[] outSteps;

    ReducePlan(long[] shape, Operand in, int[] dims, int outShift) {
        boolean[] isReduced = new boolean[shape.length];
        for (int dim : dims) {
            isReduced[dim] = true;
        }
        long[] inBytes = in.byteStrides();
        long[] reducedSizes = new long[dims.length];
        long[] reducedSteps = new long[dims.length];
        sizes = new long[shape.length];
        inSteps = new long[shape.length];
        outSteps = new long[shape.length];
        int kept = 0;
        int folded = 0;
        long count = 1;
        // From the last dimension, so that a dimension finds its inner neighbour already there.
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            if (isReduced[dim]) {
                // The walk wants the outermost first.
                reducedSizes[dims.length - 1 - folded] = shape[dim];
                reducedSteps[dims.length - 1 - folded] = inBytes[dim];
                folded++;
            } else {
                kept = keep(kept, shape[dim], inBytes[dim], count << outShift);
                count *= shape[dim];
            }
        }
        rank = kept;
        results = count;
        reduced = StridedIter.of(reducedSizes, new long[][] {reducedSteps});
        unit = unit(1L << in.dtype().shift());
    }

    private int keep(int kept, long size, long inStep, long outStep) {
        if (size == 1) {
            return kept;
        }
        if (kept > 0 && inStep == inSteps[kept - 1] * sizes[kept - 1]) {
            sizes[kept - 1] *= size;
            return kept;
        }
        sizes[kept] = size;
        inSteps[kept] = inStep;
        outSteps[kept] = outStep;
        return kept + 1;
    }

    private int unit(long elementBytes) {
        int nearest = -1;
        long least = reduced.numel() > 1 ? Math.abs(reduced.innerStride(0)) : 0;
        for (int dim = 0; dim < rank; dim++) {
            if (inSteps[dim] == elementBytes) {
                return dim;
            }
            if (inSteps[dim] > 0 && inSteps[dim] < least) {
                nearest = dim;
                least = inSteps[dim];
            }
        }
        return nearest;
    }

    /** Bytes between the elements of the dimension of neighbours. */
    long unitStep() {
        return inSteps[unit];
    }

    /** Size of the dimension of neighbours. */
    long unitSize() {
        return sizes[unit];
    }

    /** Bytes between the results of the dimension of neighbours. */
    long unitOutStep() {
        return outSteps[unit];
    }

    /** Bytes from the inputs of one result to those of the next, if that is the same for all; else -1. */
    long evenStep() {
        return rank == 1 ? inSteps[0] : -1;
    }

    /** Where a result's first input is; results are counted in memory order, without dimension {@code skip}. */
    long inOffset(long index, int skip) {
        return offset(index, skip, inSteps);
    }

    /** Where a result is. */
    long outOffset(long index, int skip) {
        return offset(index, skip, outSteps);
    }

    private long offset(long index, int skip, long[] steps) {
        long rest = index;
        long offset = 0;
        for (int dim = 0; dim < rank; dim++) {
            if (dim != skip) {
                offset += rest % sizes[dim] * steps[dim];
                rest /= sizes[dim];
            }
        }
        return offset;
    }
}
