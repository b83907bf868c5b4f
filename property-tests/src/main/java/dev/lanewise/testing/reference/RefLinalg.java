package dev.lanewise.testing.reference;

import java.util.Arrays;

/** Linear algebra by the plainest textbook algorithms on {@code double[][]}, for the last two dimensions of a tensor. */
public final class RefLinalg {
    private RefLinalg() {}

    /** A function of one matrix. */
    public interface OfMatrix {
        double[][] of(double[][] a);
    }

    /** A function of two matrices. */
    public interface OfMatrices {
        double[][] of(double[][] a, double[][] b);
    }

    /** Applies a function to every matrix of a batch. */
    public static Ref map(Ref x, long rows, long cols, OfMatrix f) {
        return map(x, x, rows, cols, (a, b) -> f.of(a));
    }

    /** Applies a function to every pair of matrices of two batches of equal size. */
    public static Ref map(Ref x, Ref y, long rows, long cols, OfMatrices f) {
        long[] batch = Arrays.copyOf(x.shape(), x.rank() - 2);
        int count = Positions.numel(batch);
        int size = (int) (rows * cols);
        double[] values = new double[count * size];
        for (int i = 0; i < count; i++) {
            double[][] out = f.of(matrix(x, i), matrix(y, i));
            for (int j = 0; j < size; j++) {
                values[i * size + j] = out[j / (int) cols][j % (int) cols];
            }
        }
        long[] shape = Positions.with(Positions.with(batch, batch.length, rows), batch.length + 1, cols);
        return Ref.floating(x.dtype(), shape, values);
    }

    private static double[][] matrix(Ref x, int index) {
        int rows = (int) x.size(-2);
        int cols = (int) x.size(-1);
        double[][] out = new double[rows][cols];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                out[i][j] = x.get((index * rows + i) * cols + j);
            }
        }
        return out;
    }

    /** The product of two matrices. */
    public static double[][] multiply(double[][] a, double[][] b) {
        int cols = b.length == 0 ? 0 : b[0].length;
        double[][] out = new double[a.length][cols];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < cols; j++) {
                for (int k = 0; k < b.length; k++) {
                    out[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return out;
    }

    /** The transposed matrix; one without rows becomes one without rows. */
    public static double[][] transposed(double[][] a) {
        double[][] out = new double[a.length == 0 ? 0 : a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                out[j][i] = a[i][j];
            }
        }
        return out;
    }

    /** The unit matrix. */
    public static double[][] eye(int n) {
        double[][] out = new double[n][n];
        for (int i = 0; i < n; i++) {
            out[i][i] = 1;
        }
        return out;
    }

    /** The solution of A X = B by elimination with row exchanges. */
    public static double[][] solve(double[][] a, double[][] b) {
        double[][] left = copy(a);
        double[][] right = copy(b);
        for (int j = 0; j < a.length; j++) {
            exchange(left, right, j);
            for (int i = 0; i < a.length; i++) {
                double factor = i == j ? 0 : left[i][j] / left[j][j];
                subtract(left, i, j, factor);
                subtract(right, i, j, factor);
            }
        }
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < right[i].length; k++) {
                right[i][k] /= left[i][i];
            }
        }
        return right;
    }

    /** The determinant by elimination with row exchanges. */
    public static double det(double[][] a) {
        double[][] left = copy(a);
        double det = 1;
        for (int j = 0; j < a.length; j++) {
            det *= exchange(left, new double[a.length][0], j) ? -left[j][j] : left[j][j];
            for (int i = j + 1; i < a.length; i++) {
                subtract(left, i, j, left[i][j] / left[j][j]);
            }
        }
        return det;
    }

    private static boolean exchange(double[][] left, double[][] right, int j) {
        int best = j;
        for (int i = j; i < left.length; i++) {
            best = Math.abs(left[i][j]) > Math.abs(left[best][j]) ? i : best;
        }
        double[] row = left[j];
        left[j] = left[best];
        left[best] = row;
        row = right[j];
        right[j] = right[best];
        right[best] = row;
        return best != j;
    }

    private static void subtract(double[][] a, int i, int j, double factor) {
        for (int k = 0; k < a[i].length; k++) {
            a[i][k] -= factor * a[j][k];
        }
    }

    private static double[][] copy(double[][] a) {
        return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    }

    /** The lower triangular L of A = L Lᵀ, element by element. */
    public static double[][] cholesky(double[][] a) {
        double[][] l = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        return l;
    }

    /** Q and R of A = Q R by Gram and Schmidt, done twice; the diagonal of R is positive. For at least as many rows. */
    public static double[][][] qr(double[][] a) {
        double[][] q = transposed(a);
        double[][] r = new double[q.length][q.length];
        for (int j = 0; j < q.length; j++) {
            for (int k = 0; k < 2 * j; k++) {
                double dot = dot(q[k % j], q[j]);
                r[k % j][j] += dot;
                for (int i = 0; i < q[j].length; i++) {
                    q[j][i] -= dot * q[k % j][i];
                }
            }
            r[j][j] = Math.sqrt(dot(q[j], q[j]));
            for (int i = 0; i < q[j].length; i++) {
                q[j][i] /= r[j][j];
            }
        }
        return new double[][][] {transposed(q), r};
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** Eigenvalues, ascending, of a symmetric matrix by Jacobi's rotations. */
    public static double[] eigenvalues(double[][] a) {
        double[][] b = copy(a);
        for (int sweep = 0; sweep < 30; sweep++) {
            for (int p = 0; p < b.length; p++) {
                for (int q = p + 1; q < b.length; q++) {
                    turn(b, p, q);
                }
            }
        }
        double[] values = new double[b.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = b[i][i];
        }
        Arrays.sort(values);
        return values;
    }

    private static void turn(double[][] b, int p, int q) {
        double angle = 0.5 * Math.atan2(2 * b[p][q], b[q][q] - b[p][p]);
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int k = 0; k < b.length; k++) {
            double x = b[k][p];
            b[k][p] = c * x - s * b[k][q];
            b[k][q] = s * x + c * b[k][q];
        }
        for (int k = 0; k < b.length; k++) {
            double x = b[p][k];
            b[p][k] = c * x - s * b[q][k];
            b[q][k] = s * x + c * b[q][k];
        }
    }

    /** Singular values, descending, as square roots of eigenvalues; good for well conditioned matrices. */
    public static double[] singularValues(double[][] a) {
        boolean wide = a.length > 0 && a.length < a[0].length;
        double[] squares = eigenvalues(wide ? multiply(a, transposed(a)) : multiply(transposed(a), a));
        double[] out = new double[squares.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.sqrt(Math.max(0, squares[out.length - 1 - i]));
        }
        return out;
    }

    /** The pseudo-inverse (AᵀA)⁻¹Aᵀ, or Aᵀ(AAᵀ)⁻¹ of a wide matrix, of full rank. */
    public static double[][] pinv(double[][] a) {
        double[][] t = transposed(a);
        return a.length >= t.length ? solve(multiply(t, a), t) : transposed(solve(multiply(a, t), a));
    }

    /** The exponential by its series. */
    public static double[][] exp(double[][] a) {
        double[][] term = eye(a.length);
        double[][] sum = eye(a.length);
        for (int k = 1; k < 60; k++) {
            term = multiply(term, a);
            for (double[] row : term) {
                for (int j = 0; j < row.length; j++) {
                    row[j] /= k;
                }
            }
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[i][j] += term[i][j];
                }
            }
        }
        return sum;
    }
}
