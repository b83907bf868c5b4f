package dev.lanewise.internal.shape;

/** The order in which dimensions are walked so that memory is read forwards. Source: PyTorch's TensorIterator. */
public final class MemoryOrder {
    private MemoryOrder() {}

    /**
     * The dimensions from the fastest (smallest stride) to the slowest.
     *
     * <p>The first operand whose strides tell two dimensions apart decides; a stride of 0 tells nothing; equal strides
     * put the smaller size first. Without a decision the later dimension is the faster one. Strides may count elements
     * or bytes.
     *
     * @param strides {@code strides[operand][dim]}
     */
    public static int[] of(long[] shape, long[][] strides) {
        int rank = shape.length;
        int[] order = new int[rank];
        for (int i = 0; i < rank; i++) {
            order[i] = rank - 1 - i;
        }
        for (int i = 1; i < rank; i++) {
            int moving = i;
            for (int other = i - 1; other >= 0; other--) {
                int comparison = compare(shape, strides, order[other], order[moving]);
                if (comparison < 0) {
                    break;
                }
                if (comparison > 0) {
                    int dim = order[other];
                    order[other] = order[moving];
                    order[moving] = dim;
                    moving = other;
                }
            }
        }
        return order;
    }

    /** Positive if dim {@code a} must come after dim {@code b}, negative if before, 0 if no operand decides. */
    private static int compare(long[] shape, long[][] strides, int a, int b) {
        for (long[] operand : strides) {
            if (operand[a] == 0 || operand[b] == 0) {
                continue;
            }
            if (operand[a] != operand[b]) {
                return operand[a] < operand[b] ? -1 : 1;
            }
            if (shape[a] > shape[b]) {
                return 1;
            }
        }
        return 0;
    }
}
