package dev.lanewise.internal.random;

import dev.lanewise.internal.error.Check;

/** Draws positions with given weights. */
public final class Choice {
    private Choice() {}

    /**
     * Draws positions independently of each other: the first whose share of the running sum reaches a 53-bit uniform.
     *
     * @param weights the row begins at {@code from} and has {@code n}; sums are rounded to float if {@code single}
     * @param out takes {@code count} positions from {@code at} on
     */
    public static void withReplacement(
            Draws draws, double[] weights, int from, int n, boolean single, long[] out, int at, int count) {
        double[] running = running(weights, from, n, single);
        for (int k = 0; k < count; k++) {
            double u = draws.uniform53();
            int low = 0;
            int high = n;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (running[middle] < u) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            out[at + k] = low;
        }
    }

    // The running sum divided by its total; the last is 1 whatever the rounding.
    private static double[] running(double[] weights, int from, int n, boolean single) {
        double[] running = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double weight = weights[from + i];
            checkWeight(weight);
            sum = single ? (float) sum + (float) weight : sum + weight;
            running[i] = single ? (float) sum : sum;
            sum = running[i];
        }
        checkSum(sum);
        for (int i = 0; i < n; i++) {
            running[i] = single ? (float) running[i] / (float) sum : running[i] / sum;
        }
        running[n - 1] = 1;
        return running;
    }

    /**
     * Finds the positions of the {@code count} largest of a row's {@code n} values: the largest first, of equal ones the
     * first one first.
     */
    public static void largest(double[] values, int from, int n, long[] out, int at, int count) {
        // A heap of the best so far with the worst of them on top.
        int[] heap = new int[count];
        for (int i = 0; i < count; i++) {
            heap[i] = i;
        }
        for (int i = count / 2 - 1; i >= 0; i--) {
            sink(values, from, heap, i, count);
        }
        for (int i = count; i < n; i++) {
            if (isBetter(values, from, i, heap[0])) {
                heap[0] = i;
                sink(values, from, heap, 0, count);
            }
        }
        for (int left = count - 1; left >= 0; left--) {
            out[at + left] = heap[0];
            heap[0] = heap[left];
            sink(values, from, heap, 0, left);
        }
    }

    private static void sink(double[] values, int from, int[] heap, int place, int size) {
        int moving = heap[place];
        int hole = place;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && isBetter(values, from, heap[child], heap[child + 1])) {
                child++;
            }
            if (!isBetter(values, from, moving, heap[child])) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = moving;
    }

    private static boolean isBetter(double[] values, int from, int a, int b) {
        int order = Double.compare(values[from + a], values[from + b]);
        return order > 0 || (order == 0 && a < b);
    }

    /** Refuses what cannot be a weight. */
    public static void checkWeight(double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw Check.argument("multinomial", "weights must be finite and not negative")
                    .got(weight)
                    .error();
        }
    }

    /** Refuses weights that are all 0. */
    public static void checkSum(double sum) {
        if (!(sum > 0)) {
            throw Check.argument("multinomial", "the weights of a row must have a positive sum")
                    .got(sum)
                    .error();
        }
    }
}
