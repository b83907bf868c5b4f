package dev.lanewise.internal.linalg;

/** Small functions of row-major matrices. */
public final class Dense {
    private Dense() {}

    /** The unit matrix, or its first columns, or with zero columns after it. */
    public static double[] eye(int rows, int cols) {
        double[] out = new double[rows * cols];
        for (int i = 0; i < Math.min(rows, cols); i++) {
            out[i * cols + i] = 1;
        }
        return out;
    }

    /** The transposed matrix, as a new array. */
    public static double[] transposed(double[] a, int rows, int cols) {
        double[] out = new double[a.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                out[j * rows + i] = a[i * cols + j];
            }
        }
        return out;
    }

    /** Some columns of a matrix, as a new array. */
    public static double[] columns(double[] a, int rows, int cols, int from, int to) {
        int width = to - from;
        double[] out = new double[rows * width];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(a, i * cols + from, out, i * width, width);
        }
        return out;
    }

    /** The largest absolute value; NaN if there is one, 0 if there are no elements. */
    public static double largest(double[] a) {
        double largest = 0;
        for (double x : a) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    /** Multiplies every element. */
    public static void scale(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }

    /** {@code y += factor * x} for {@code n} elements from given places. */
    static void axpy(int n, double factor, double[] x, int xAt, double[] y, int yAt) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    /** The inner product of {@code n} elements from given places, in four interleaved sums. */
    static double dot(int n, double[] x, int xAt, double[] y, int yAt) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            s0 += x[xAt + i] * y[yAt + i];
            s1 += x[xAt + i + 1] * y[yAt + i + 1];
            s2 += x[xAt + i + 2] * y[yAt + i + 2];
            s3 += x[xAt + i + 3] * y[yAt + i + 3];
        }
        double sum = (s0 + s1) + (s2 + s3);
        for (; i < n; i++) {
            sum += x[xAt + i] * y[yAt + i];
        }
        return sum;
    }

    /** Exchanges {@code n} elements from one place with those from another. */
    static void swap(double[] a, int one, int other, int n) {
        for (int i = 0; i < n; i++) {
            double kept = a[one + i];
            a[one + i] = a[other + i];
            a[other + i] = kept;
        }
    }

    /** Turns two rows: {@code x' = c x - s y}, {@code y' = s x + c y}. */
    static void rotate(int n, double c, double s, double[] a, int xAt, int yAt) {
        for (int i = 0; i < n; i++) {
            double x = a[xAt + i];
            double y = a[yAt + i];
            a[xAt + i] = c * x - s * y;
            a[yAt + i] = s * x + c * y;
        }
    }
}
