package dev.lanewise.nn;

/** The orthogonal factor of a matrix, by Householder's reflections. */
final class Orthogonal {
    private Orthogonal() {}

    /**
     * Replaces a matrix of at least as many rows as columns, stored column by column, by the Q of its factors Q·R with a
     * positive diagonal of R: the orthonormal columns that span its own.
     */
    static void of(double[] a, int rows, int columns) {
        double[] scales = new double[columns];
        boolean[] negative = new boolean[columns];
        for (int k = 0; k < columns; k++) {
            double[] made = reflector(a, k * rows + k, rows - k);
            scales[k] = made[0];
            negative[k] = made[1] < 0;
            for (int c = k + 1; c < columns; c++) {
                reflect(a, k * rows + k, c * rows + k, rows - k, scales[k]);
            }
        }
        // Q is the product of the reflections, applied to the unit columns from the last to the first.
        for (int k = columns - 1; k >= 0; k--) {
            int own = k * rows;
            for (int c = k + 1; c < columns; c++) {
                reflect(a, own + k, c * rows + k, rows - k, scales[k]);
            }
            double head = scales[k] * a[own + k];
            for (int i = 0; i < rows; i++) {
                a[own + i] = i < k ? 0 : (i == k ? 1 : 0) - head * a[own + i];
            }
        }
        for (int k = 0; k < columns; k++) {
            for (int i = k * rows; negative[k] && i < (k + 1) * rows; i++) {
                a[i] = -a[i];
            }
        }
    }

    // Turns a column into v with H = 1 - scale·v·vᵀ, H·x = r·e1; gives scale and r.
    private static double[] reflector(double[] a, int at, int n) {
        double square = 0;
        for (int i = at; i < at + n; i++) {
            square += a[i] * a[i];
        }
        double norm = Math.sqrt(square);
        if (norm == 0) {
            return new double[] {0, 0};
        }
        double r = a[at] > 0 ? -norm : norm;
        a[at] -= r;
        return new double[] {2 / (square - 2 * (a[at] + r) * r + r * r), r};
    }

    private static void reflect(double[] a, int v, int x, int n, double scale) {
        double dot = 0;
        for (int i = 0; i < n; i++) {
            dot += a[v + i] * a[x + i];
        }
        double factor = scale * dot;
        for (int i = 0; i < n; i++) {
            a[x + i] -= factor * a[v + i];
        }
    }
}
