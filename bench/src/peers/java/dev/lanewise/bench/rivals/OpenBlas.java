package dev.lanewise.bench.rivals;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** Raw OpenBLAS. */
public final class OpenBlas extends Blas {
    /** With the given number of threads. */
    public OpenBlas(int threads) {
        openblas_nolapack.blas_set_num_threads(threads);
    }

    @Override
    void sgemm(Matrix a, Matrix b, FloatPointer left, FloatPointer right, FloatPointer c) {
        int n = columns(b);
        openblas_nolapack.cblas_sgemm(
                ROW_MAJOR, a.flag(), b.flag(), a.outer(), n, a.inner(), 1, left, a.columns(), right, b.columns(), 0, c, n);
    }

    @Override
    void dgemm(Matrix a, Matrix b, DoublePointer c) {
        int n = columns(b);
        openblas_nolapack.cblas_dgemm(
                ROW_MAJOR,
                a.flag(),
                b.flag(),
                a.outer(),
                n,
                a.inner(),
                1,
                a.doubles(),
                a.columns(),
                b.doubles(),
                b.columns(),
                0,
                c,
                n);
    }

    @Override
    void sgemv(int rows, int columns, FloatPointer matrix, FloatPointer x, FloatPointer y) {
        openblas_nolapack.cblas_sgemv(ROW_MAJOR, TRANSPOSED, rows, columns, 1, matrix, columns, x, 1, 0, y, 1);
    }

    @Override
    public String version() {
        return "OpenBLAS 0.3.30, " + System.getenv().getOrDefault("OPENBLAS_CORETYPE", "its own choice of kernels");
    }
}
