package dev.lanewise.bench;

/** A matrix product as three loops over heap arrays, the inner one along rows, which the JIT turns into vector code. */
interface PlainProduct {
    /** A new array with the product. */
    Object compute();

    /**
     * In float.
     *
     * @param a m rows of k
     * @param b k rows of n
     */
    record Floats(float[] a, float[] b, int m, int k, int n) implements PlainProduct {
        @Override
        public float[] compute() {
            float[] c = new float[m * n];
            for (int i = 0; i < m; i++) {
                for (int p = 0; p < k; p++) {
                    float factor = a[i * k + p];
                    for (int j = 0; j < n; j++) {
                        c[i * n + j] += factor * b[p * n + j];
                    }
                }
            }
            return c;
        }
    }

    /**
     * In double.
     *
     * @param a m rows of k
     * @param b k rows of n
     */
    record Doubles(double[] a, double[] b, int m, int k, int n) implements PlainProduct {
        @Override
        public double[] compute() {
            double[] c = new double[m * n];
            for (int i = 0; i < m; i++) {
                for (int p = 0; p < k; p++) {
                    double factor = a[i * k + p];
                    for (int j = 0; j < n; j++) {
                        c[i * n + j] += factor * b[p * n + j];
                    }
                }
            }
            return c;
        }
    }
}
