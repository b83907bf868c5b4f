package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Finds first positions of extreme elements; NaN counts as the extreme. */
public final class ArgReduce {
    private static final int CHUNK = 1 << 16;

    private final boolean largest;
    private final DType type;
    private final MemorySegment segment;
    private final long stride;

    private ArgReduce(boolean largest, Operand in, long stride) {
        this.largest = largest;
        this.type = in.dtype();
        this.segment = in.segment();
        this.stride = stride;
    }

    /** See {@code Reductions.argReduce}. */
    public static void run(boolean largest, long[] shape, Operand in, int dim, Operand indices, Operand values) {
        if (dim < 0) {
            flat(largest, shape, in, indices, values);
            return;
        }
        long n = shape[dim];
        long[] kept = shape.clone();
        kept[dim] = 1;
        long[] inBytes = in.byteStrides();
        long results = 1;
        for (long size : kept) {
            results *= size;
        }
        ArgReduce reduce = new ArgReduce(largest, in, inBytes[dim]);
        Parallel.forRange(results, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
            Best best = reduce.new Best();
            for (long i = from; i < to; i++) {
                best.clear();
                best.scan(in.byteOffset() + offset(i, kept, inBytes), 0, n);
                best.write(i, indices, values);
            }
        });
    }

    /** One sequence: all elements in row-major order. */
    private static void flat(boolean largest, long[] shape, Operand in, Operand indices, Operand values) {
        long n = 1;
        for (long size : shape) {
            n *= size;
        }
        long[] bytes = in.byteStrides();
        int inner = shape.length - 1;
        long row = shape.length == 0 ? 1 : shape[inner];
        // Against row-major strides, so that the walk keeps this order; one run if the input's strides are even.
        StridedIter walk = StridedIter.of(shape, new long[][] {rowMajor(shape, in.dtype()), bytes});
        boolean even = walk.isSingleRun();
        ArgReduce reduce = new ArgReduce(largest, in, even ? walk.innerStride(1) : bytes[inner]);
        long piece = even ? n : row;
        int chunks = (int) Math.max(1, Math.ceilDiv(n, (long) CHUNK));
        Best[] bests = new Best[chunks];
        Parallel.forRange(n, CHUNK, (from, to) -> {
            Best best = reduce.new Best();
            for (long at = from; at < to; ) {
                long count = Math.min(to - at, piece - at % piece);
                long start = even ? at * walk.innerStride(1) : offset(at, shape, bytes);
                best.scan(in.byteOffset() + start, at, count);
                at += count;
            }
            bests[(int) (from / CHUNK)] = best;
        });
        for (int chunk = 1; chunk < chunks; chunk++) {
            bests[0].add(bests[chunk]);
        }
        bests[0].write(0, indices, values);
    }

    private static long[] rowMajor(long[] shape, DType type) {
        long[] strides = new long[shape.length];
        long step = type.byteSize();
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            strides[dim] = step;
            step *= shape[dim];
        }
        return strides;
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

    /** The best element so far and its position. */
    private final class Best {
        private long position = -1;
        private double value;
        private long whole;

        void clear() {
            position = -1;
        }

        /** Looks at {@code n} elements from a byte offset on, the first of which has position {@code first}. */
        void scan(long offset, long first, long n) {
            Strips strips = Strips.local();
            boolean dense = stride == type.byteSize();
            for (long done = 0; done < n; done += Strips.SIZE) {
                int count = (int) Math.min(Strips.SIZE, n - done);
                long at = offset + done * stride;
                if (dense) {
                    strips.load(1, type, segment, at, 1, count);
                } else {
                    gather(strips, at, count);
                }
                if (type.isFloatingPoint()) {
                    scan(strips.doubles(1), count, first + done);
                } else {
                    scan(strips.longs(1), count, first + done);
                }
            }
        }

        private void gather(Strips strips, long at, int count) {
            for (int i = 0; i < count; i++) {
                if (type.isFloatingPoint()) {
                    strips.doubles(1)[i] = Elements.getDouble(type, segment, at + i * stride);
                } else {
                    strips.longs(1)[i] = Elements.getLong(type, segment, at + i * stride);
                }
            }
        }

        private void scan(double[] x, int n, long first) {
            int start = 0;
            if (position < 0) {
                position = first;
                value = x[0];
                start = 1;
            }
            double best = value;
            for (int i = start; i < n; i++) {
                if (beats(x[i], best)) {
                    best = x[i];
                    position = first + i;
                }
            }
            value = best;
        }

        private void scan(long[] x, int n, long first) {
            int start = 0;
            if (position < 0) {
                position = first;
                whole = x[0];
                start = 1;
            }
            long best = whole;
            for (int i = start; i < n; i++) {
                if (largest ? x[i] > best : x[i] < best) {
                    best = x[i];
                    position = first + i;
                }
            }
            whole = best;
        }

        private boolean beats(double x, double best) {
            return (largest ? x > best : x < best) || (Double.isNaN(x) && !Double.isNaN(best));
        }

        void add(Best later) {
            if (type.isFloatingPoint()
                    ? beats(later.value, value)
                    : largest ? later.whole > whole : later.whole < whole) {
                position = later.position;
                value = later.value;
                whole = later.whole;
            }
        }

        void write(long index, Operand indices, Operand values) {
            indices.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, indices.byteOffset() + index * Long.BYTES, position);
            if (values != null) {
                long to = values.byteOffset() + (index << type.shift());
                if (type.isFloatingPoint()) {
                    Elements.setDouble(type, values.segment(), to, value);
                } else {
                    Elements.setLong(type, values.segment(), to, whole);
                }
            }
        }
    }
}
