package dev.lanewise.internal.linalg;

/** Sorted orders of the values of a decomposition. */
final class Orders {
    private Orders() {}

    /** The places of the values from the smallest to the largest, or the other way round; equal ones keep their order. */
    static int[] by(double[] values, boolean descending) {
        int n = values.length;
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        int[] spare = new int[n];
        for (int width = 1; width < n; width *= 2) {
            for (int from = 0; from < n; from += 2 * width) {
                merge(values, descending, order, spare, from, Math.min(n, from + width), Math.min(n, from + 2 * width));
            }
            int[] other = order;
            order = spare;
            spare = other;
        }
        return order;
    }

    private static void merge(double[] values, boolean descending, int[] in, int[] out, int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean second = left == middle
                    || right < to
                            && (descending
                                    ? values[in[right]] > values[in[left]]
                                    : values[in[right]] < values[in[left]]);
            out[i] = second ? in[right++] : in[left++];
        }
    }

    /** The rows of a matrix in another order, as a new array. */
    static double[] rows(double[] a, int width, int[] order) {
        double[] out = new double[order.length * width];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(a, order[i] * width, out, i * width, width);
        }
        return out;
    }
}
