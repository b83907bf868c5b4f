package dev.lanewise.bench.rivals;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;

/** EJML's dense matrices, its own choice of algorithm. */
public final class Ejml extends HeapPeer {
    /** One thread. */
    public Ejml(int threads) {
        super(threads);
    }

    @Override
    Product product(List<Heap> operands) {
        Heap a = operands.get(0);
        Heap b = operands.get(1);
        if (a.floats() == null) {
            DMatrixRMaj left = doubles(a);
            DMatrixRMaj right = doubles(b);
            DMatrixRMaj c = new DMatrixRMaj(a.rows(), b.columns());
            return () -> {
                CommonOps_DDRM.mult(left, right, c);
                return c.getNumElements();
            };
        }
        FMatrixRMaj left = floats(a);
        FMatrixRMaj right = floats(b);
        FMatrixRMaj c = new FMatrixRMaj(a.rows(), b.columns());
        return () -> {
            if (a.transposed()) {
                CommonOps_FDRM.multTransA(left, right, c);
            } else if (b.transposed()) {
                CommonOps_FDRM.multTransB(left, right, c);
            } else {
                CommonOps_FDRM.mult(left, right, c);
            }
            return c.getNumElements();
        };
    }

    private static FMatrixRMaj floats(Heap heap) {
        return heap.transposed()
                ? new FMatrixRMaj(heap.columns(), heap.rows(), true, heap.floats())
                : new FMatrixRMaj(heap.rows(), heap.columns(), true, heap.floats());
    }

    private static DMatrixRMaj doubles(Heap heap) {
        return new DMatrixRMaj(heap.rows(), heap.columns(), true, heap.doubles());
    }

    @Override
    public String version() {
        return "EJML 0.44.0";
    }
}
