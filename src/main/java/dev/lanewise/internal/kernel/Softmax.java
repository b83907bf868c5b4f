package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.MemorySegment;

/** Softmax and its logarithm, with the largest element subtracted first so that no exponential overflows. */
public final class Softmax {
    // An exponential costs 5 to 20 ns: 100 microseconds or so per task.
    private static final int CHUNK = 1 << 13;
    private static final ScratchPool<Row> ROWS = new ScratchPool<>(Row::new);

    private Softmax() {}

    /** See {@code Reductions.softmax}. */
    public static void run(boolean log, long[] shape, Operand in, int dim, Operand out) {
        int n = shape.length == 0 ? 1 : Math.toIntExact(shape[dim]);
        long[] kept = shape.clone();
        long[] outSteps = new long[shape.length];
        long step = out.dtype().byteSize();
        for (int d = shape.length - 1; d >= 0; d--) {
            outSteps[d] = step;
            step *= shape[d];
        }
        if (shape.length > 0) {
            kept[dim] = 1;
        }
        long rows = 1;
        for (long size : kept) {
            rows *= size;
        }
        long[] inSteps = in.byteStrides();
        long inStep = shape.length == 0 ? 0 : inSteps[dim];
        long outStep = shape.length == 0 ? 0 : outSteps[dim];
        Parallel.forRange(rows, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
            Row row = ROWS.take();
            row.resize(n);
            for (long i = from; i < to; i++) {
                row.read(in, in.byteOffset() + offset(i, kept, inSteps), inStep, n);
                if (log) {
                    row.logSoftmax(n);
                } else {
                    row.softmax(n);
                }
                row.write(out, out.byteOffset() + offset(i, kept, outSteps), outStep, n);
            }
            ROWS.give(row);
        });
    }

    private static long offset(long index, long[] sizes, long[] steps) {
        long rest = index;
        long offset = 0;
        for (int dim = sizes.length - 1; dim >= 0; dim--) {
            offset += rest % sizes[dim] * steps[dim];
            rest /= sizes[dim];
        }
        return offset;
    }

    /** One row, in double. */
    private static final class Row {
        private double[] x = new double[0];

        void resize(int n) {
            if (x.length < n) {
                x = new double[n];
            }
        }

        void read(Operand in, long offset, long step, int n) {
            DType type = in.dtype();
            MemorySegment segment = in.segment();
            for (int i = 0; i < n; i++) {
                x[i] = Elements.getDouble(type, segment, offset + i * step);
            }
        }

        void softmax(int n) {
            double largest = largest(n);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                x[i] = Math.exp(x[i] - largest);
                sum += x[i];
            }
            for (int i = 0; i < n; i++) {
                x[i] /= sum;
            }
        }

        void logSoftmax(int n) {
            double largest = largest(n);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.exp(x[i] - largest);
            }
            double log = Math.log(sum);
            for (int i = 0; i < n; i++) {
                x[i] = x[i] - largest - log;
            }
        }

        private double largest(int n) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                largest = Math.max(largest, x[i]);
            }
            return largest;
        }

        void write(Operand out, long offset, long step, int n) {
            for (int i = 0; i < n; i++) {
                Elements.setDouble(out.dtype(), out.segment(), offset + i * step, x[i]);
            }
        }
    }
}
