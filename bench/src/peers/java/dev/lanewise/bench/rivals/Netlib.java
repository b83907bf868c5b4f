package dev.lanewise.bench.rivals;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.List;

/** The BLAS of netlib in Java on the Vector API, column by column as it wants it. */
public final class Netlib extends HeapPeer {
    private static final String PLAIN = "N";

    private final BLAS blas = JavaBLAS.getInstance();

    /** It has one thread. */
    public Netlib(int threads) {
        super(threads);
    }

    @Override
    Product product(List<Heap> operands) {
        Heap a = operands.get(0);
        Heap b = operands.get(1);
        int rows = a.rows();
        int inner = a.columns();
        int columns = b.columns();
        // Row by row is the transpose of column by column: (A·B)ᵀ = Bᵀ·Aᵀ.
        String left = b.transposed() ? "T" : PLAIN;
        String right = a.transposed() ? "T" : PLAIN;
        int leftStep = b.transposed() ? inner : columns;
        int rightStep = a.transposed() ? rows : inner;
        if (a.floats() == null) {
            double[] c = new double[rows * columns];
            return () -> {
                blas.dgemm(
                        left, right, columns, rows, inner, 1, b.doubles(), leftStep, a.doubles(), rightStep, 0, c, columns);
                return c.length;
            };
        }
        float[] c = new float[rows * columns];
        return () -> {
            blas.sgemm(left, right, columns, rows, inner, 1, b.floats(), leftStep, a.floats(), rightStep, 0, c, columns);
            return c.length;
        };
    }

    @Override
    public String version() {
        return "netlib 3.0.4, " + blas.getClass().getSimpleName();
    }
}
