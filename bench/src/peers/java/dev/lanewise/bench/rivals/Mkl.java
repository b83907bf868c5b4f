package dev.lanewise.bench.rivals;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

/** Raw MKL. */
public final class Mkl extends Blas {
    /** With the given number of threads. */
    public Mkl(int threads) {
        mkl_rt.MKL_Set_Num_Threads(threads);
    }

    @Override
    void sgemm(Matrix a, Matrix b, FloatPointer left, FloatPointer right, FloatPointer c) {
        int n = columns(b);
        mkl_rt.cblas_sgemm(
                ROW_MAJOR, a.flag(), b.flag(), a.outer(), n, a.inner(), 1, left, a.columns(), right, b.columns(), 0, c, n);
    }

    @Override
    void dgemm(Matrix a, Matrix b, DoublePointer c) {
        int n = columns(b);
        mkl_rt.cblas_dgemm(
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
        mkl_rt.cblas_sgemv(ROW_MAJOR, TRANSPOSED, rows, columns, 1, matrix, columns, x, 1, 0, y, 1);
    }

    @Override
    public String version() {
        return "oneMKL 2025.2";
    }
}
