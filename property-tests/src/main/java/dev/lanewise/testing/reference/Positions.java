package dev.lanewise.testing.reference;

/** Row-major positions in a shape, counted by hand. */
final class Positions {
    private Positions() {}

    static int numel(long[] shape) {
        int n = 1;
        for (long size : shape) {
            n = Math.toIntExact(n * size);
        }
        return n;
    }

    /** The position of the element that comes {@code linear}-th in row-major order. */
    static long[] at(long[] shape, int linear) {
        long[] position = new long[shape.length];
        long rest = linear;
        for (int d = shape.length - 1; d >= 0; d--) {
            position[d] = rest % shape[d];
            rest /= shape[d];
        }
        return position;
    }

    /** Where the element at a position comes in row-major order. */
    static int linear(long[] shape, long[] position) {
        long linear = 0;
        for (int d = 0; d < shape.length; d++) {
            if (position[d] < 0 || position[d] >= shape[d]) {
                throw new IllegalArgumentException(
                        "reference: position " + position[d] + " is outside dim " + d + " of size " + shape[d] + ".");
            }
            linear = linear * shape[d] + position[d];
        }
        return Math.toIntExact(linear);
    }

    /** The array without one place. */
    static long[] without(long[] values, int place) {
        long[] out = new long[values.length - 1];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i < place ? i : i + 1];
        }
        return out;
    }

    /** The array with a value put in before a place. */
    static long[] with(long[] values, int place, long value) {
        long[] out = new long[values.length + 1];
        for (int i = 0; i < out.length; i++) {
            if (i == place) {
                out[i] = value;
            } else {
                out[i] = values[i < place ? i : i - 1];
            }
        }
        return out;
    }

    /** The array with one value replaced. */
    static long[] replaced(long[] values, int place, long value) {
        long[] out = values.clone();
        out[place] = value;
        return out;
    }

    /** A dimension counted from the front. */
    static int wrap(int dim, int rank) {
        return dim < 0 ? dim + Math.max(1, rank) : dim;
    }
}
