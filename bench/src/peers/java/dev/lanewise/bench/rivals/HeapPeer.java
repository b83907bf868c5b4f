package dev.lanewise.bench.rivals;

import dev.lanewise.bench.peers.Call;
import dev.lanewise.bench.peers.Operand;
import dev.lanewise.bench.peers.Peer;
import dev.lanewise.bench.peers.Work;
import java.util.List;
import java.util.Random;

/** A system in Java whose matrices are made from heap arrays; products only. */
abstract class HeapPeer implements Peer<HeapPeer.Heap> {
    private static final int ONE = 1;

    HeapPeer(int threads) {
        if (threads != ONE) {
            throw new IllegalArgumentException("measured on one thread only");
        }
    }

    /**
     * A matrix.
     *
     * @param rows as the product sees it
     * @param columns as the product sees it
     * @param transposed whether memory has it the other way round
     * @param floats its elements in memory's order, or null
     * @param doubles its elements in memory's order, or null
     */
    record Heap(int rows, int columns, boolean transposed, float[] floats, double[] doubles) {}

    /** A product that is ready. */
    @FunctionalInterface
    interface Product extends Call {}

    @Override
    public Heap operand(Operand operand) {
        Random random = new Random(1);
        int count = (int) operand.count();
        float[] floats = null;
        double[] doubles = null;
        if (operand.kind() == Operand.Kind.FLOAT) {
            floats = new float[count];
            for (int i = 0; i < count; i++) {
                floats[i] = (float) random.nextGaussian();
            }
        } else {
            doubles = random.doubles(count).toArray();
        }
        int rows = operand.shape().get(0).intValue();
        int columns = operand.shape().get(1).intValue();
        boolean swap = operand.transposed();
        return new Heap(swap ? columns : rows, swap ? rows : columns, swap, floats, doubles);
    }

    @Override
    public Call forward(Work work, List<Heap> operands) {
        return product(operands);
    }

    abstract Product product(List<Heap> operands);
}
