package dev.lanewise.bench.rivals;

import java.util.List;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;

/** ojAlgo's stores. */
public final class OjAlgo extends HeapPeer {
    /** One thread. */
    public OjAlgo(int threads) {
        super(threads);
        OjAlgoUtils.limitThreadsTo(threads);
    }

    @Override
    Product product(List<Heap> operands) {
        Heap a = operands.get(0);
        Heap b = operands.get(1);
        boolean wide = a.floats() == null;
        MatrixStore<Double> left = store(a);
        MatrixStore<Double> right = store(b);
        if (wide) {
            R064Store c = R064Store.FACTORY.make(a.rows(), b.columns());
            return () -> {
                c.fillByMultiplying(left, right);
                return c.countRows();
            };
        }
        R032Store c = R032Store.FACTORY.make(a.rows(), b.columns());
        return () -> {
            c.fillByMultiplying(left, right);
            return c.countRows();
        };
    }

    /** Its stores are column by column: row by row memory is the transpose. */
    private static MatrixStore<Double> store(Heap heap) {
        int rows = heap.transposed() ? heap.columns() : heap.rows();
        int columns = heap.transposed() ? heap.rows() : heap.columns();
        var factory = heap.floats() == null ? R064Store.FACTORY : R032Store.FACTORY;
        var store = factory.make(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int at = i * columns + j;
                store.set(i, j, heap.floats() == null ? heap.doubles()[at] : heap.floats()[at]);
            }
        }
        return heap.transposed() ? store.transpose() : store;
    }

    @Override
    public String version() {
        return "ojAlgo 56.2.1";
    }
}
