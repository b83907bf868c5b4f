package dev.lanewise.bench.rivals;

import dev.lanewise.bench.peers.Call;
import dev.lanewise.bench.peers.Operand;
import dev.lanewise.bench.peers.Peer;
import dev.lanewise.bench.peers.Work;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Products by a BLAS called as its users call it: row by row, into memory of the caller that is used again. */
abstract class Blas implements Peer<Blas.Matrix> {
    static final int ROW_MAJOR = 101;
    static final int PLAIN = 111;
    static final int TRANSPOSED = 112;

    /**
     * One matrix or a batch of them.
     *
     * @param memory its elements, row after row
     * @param batch number of matrices
     * @param rows of each in memory
     * @param columns of each in memory
     * @param transposed whether the product takes it transposed
     */
    record Matrix(Pointer memory, int batch, int rows, int columns, boolean transposed) {
        int outer() {
            return transposed ? columns : rows;
        }

        int inner() {
            return transposed ? rows : columns;
        }

        int flag() {
            return transposed ? TRANSPOSED : PLAIN;
        }

        FloatPointer floats(int matrix) {
            return new FloatPointer(memory).position((long) matrix * rows * columns);
        }

        DoublePointer doubles() {
            return new DoublePointer(memory);
        }
    }

    @Override
    public Matrix operand(Operand operand) {
        long[] sizes = operand.sizes();
        int last = sizes.length - 1;
        int rows = (int) sizes[last - 1];
        int columns = (int) sizes[last];
        Pointer memory = operand.kind() == Operand.Kind.FLOAT ? floats(operand.count()) : doubles(operand.count());
        int batch = (int) (operand.count() / rows / columns);
        return new Matrix(memory, batch, rows, columns, operand.transposed());
    }

    private static FloatPointer floats(long count) {
        FloatPointer memory = new FloatPointer(count);
        Random random = new Random(1);
        for (long i = 0; i < count; i++) {
            memory.put(i, (float) random.nextGaussian());
        }
        return memory;
    }

    private static DoublePointer doubles(long count) {
        DoublePointer memory = new DoublePointer(count);
        Random random = new Random(1);
        for (long i = 0; i < count; i++) {
            memory.put(i, random.nextGaussian());
        }
        return memory;
    }

    @Override
    public Call forward(Work work, List<Matrix> operands) {
        Matrix a = operands.get(0);
        Matrix b = operands.get(1);
        if (a.memory() instanceof DoublePointer) {
            DoublePointer c = new DoublePointer((long) a.outer() * columns(b));
            return () -> {
                dgemm(a, b, c);
                return c.address();
            };
        }
        if (a.outer() == 1 && !b.transposed()) {
            FloatPointer y = new FloatPointer(b.columns());
            FloatPointer x = a.floats(0);
            FloatPointer matrix = b.floats(0);
            return () -> {
                sgemv(b.rows(), b.columns(), matrix, x, y);
                return y.address();
            };
        }
        return batch(a, b);
    }

    private Call batch(Matrix a, Matrix b) {
        Call[] all = new Call[a.batch()];
        FloatPointer memory = new FloatPointer((long) a.batch() * a.outer() * columns(b));
        for (int i = 0; i < all.length; i++) {
            FloatPointer left = a.floats(i);
            FloatPointer right = b.floats(i);
            FloatPointer c = new FloatPointer(memory).position((long) i * a.outer() * columns(b));
            all[i] = () -> {
                sgemm(a, b, left, right, c);
                return c.address();
            };
        }
        if (all.length == 1) {
            return all[0];
        }
        return () -> {
            long sum = 0;
            for (Call call : all) {
                sum += call.run();
            }
            return sum;
        };
    }

    static int columns(Matrix b) {
        return b.transposed() ? b.rows() : b.columns();
    }

    abstract void sgemm(Matrix a, Matrix b, FloatPointer left, FloatPointer right, FloatPointer c);

    abstract void dgemm(Matrix a, Matrix b, DoublePointer c);

    /** y = matrixᵀ · x. */
    abstract void sgemv(int rows, int columns, FloatPointer matrix, FloatPointer x, FloatPointer y);
}
