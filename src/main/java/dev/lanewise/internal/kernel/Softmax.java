package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Softmax and its logarithm, with the largest element subtracted first so that no exponential overflows. */
public final class Softmax {
    // An exponential costs 5 to 20 ns: 100 microseconds or so per task.
    private static final int CHUNK = 1 << 13;
    private static final ScratchPool<Row> ROWS = new ScratchPool<>(Row::new);

    private Softmax() {}

    /**
     * See {@code Reductions.softmax}.
     *
     * @param vectors for FLOAT32; null for scalar code
     */
    public static void run(SoftmaxKernel vectors, boolean log, long[] shape, Operand in, int dim, Operand out) {
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
            row.resize(n, vectors != null);
            for (long i = from; i < to; i++) {
                long source = in.byteOffset() + offset(i, kept, inSteps);
                long target = out.byteOffset() + offset(i, kept, outSteps);
                if (vectors != null) {
                    row.vectors(vectors, log, in, source, inStep, out, target, outStep, n);
                } else {
                    row.read(in, source, inStep, n);
                    row.scalar(log, n);
                    row.write(out, target, outStep, n);
                }
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

    /** One row: in double for scalar code, in padded native memory for vectors. */
    private static final class Row {
        private double[] x = new double[0];
        private MemorySegment padded = MemorySegment.NULL;

        void resize(int n, boolean vectors) {
            if (!vectors) {
                x = x.length < n ? new double[n] : x;
            } else if (padded.byteSize() < padded(n) * Float.BYTES) {
                padded = Arena.ofAuto().allocate(padded(n) * Float.BYTES, 64);
            }
        }

        private static long padded(int n) {
            return Math.ceilDiv(n, (long) SoftmaxKernel.PADDING) * SoftmaxKernel.PADDING;
        }

        void vectors(
                SoftmaxKernel kernel,
                boolean log,
                Operand in,
                long source,
                long inStep,
                Operand out,
                long target,
                long outStep,
                int n) {
            Packing.copy(2, in.segment(), source, inStep, padded, 0, Float.BYTES, n);
            for (long i = n; i < padded(n); i++) {
                padded.set(ValueLayout.JAVA_FLOAT, i * Float.BYTES, Float.NEGATIVE_INFINITY);
            }
            kernel.run(log, padded, (int) padded(n));
            Packing.copy(2, padded, 0, Float.BYTES, out.segment(), target, outStep, n);
        }

        void scalar(boolean log, int n) {
            if (log) {
                logSoftmax(n);
            } else {
                softmax(n);
            }
        }

        void read(Operand in, long offset, long step, int n) {
            DType type = in.dtype();
            MemorySegment segment = in.segment();
            for (int i = 0; i < n; i++) {
                x[i] = Elements.getDouble(type, segment, offset + i * step);
            }
        }

        private void softmax(int n) {
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

        private void logSoftmax(int n) {
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
