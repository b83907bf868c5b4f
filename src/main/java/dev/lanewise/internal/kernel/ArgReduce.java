package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Finds first positions of extreme elements; NaN counts as the extreme. */
public final class ArgReduce {
    private static final int CHUNK = 1 << 16;
    private static final int PACKED = 1 << 13;
    private static final ScratchPool<Scratchpad> SCRATCH = new ScratchPool<>(Scratchpad::new);

    private final ExtremeKernel kernel;
    private final boolean largest;
    private final Operand in;
    private final DType type;
    private final long size;
    private final Operand indices;
    private final Operand values;

    private ArgReduce(ExtremeKernel kernel, boolean largest, Operand in, Operand indices, Operand values) {
        this.kernel = kernel;
        this.largest = largest;
        this.in = in;
        this.type = in.dtype();
        this.size = 1L << type.shift();
        this.indices = indices;
        this.values = values;
    }

    /** Memory of one thread. */
    private static final class Scratchpad {
        final MemorySegment packed = Arena.ofAuto().allocate((long) PACKED * Long.BYTES + Scratch.SLOT, Scratch.SLOT);
        final ExtremeKernel.State state = new ExtremeKernel.State();
    }

    /** See {@code Reductions.argReduce}. */
    public static void run(
            ExtremeKernel kernel, boolean largest, long[] shape, Operand in, int dim, Operand indices, Operand values) {
        ArgReduce reduce = new ArgReduce(kernel, largest, in, indices, values);
        if (dim < 0) {
            // Against row-major strides, so that the walk keeps this order.
            long[][] strides = {rowMajor(shape, in.dtype()), in.byteStrides()};
            reduce.sequences(StridedIter.of(shape, strides), 1, null);
            return;
        }
        ReducePlan plan = new ReducePlan(shape, in, new int[] {dim}, 0);
        FoldWalk walk = new FoldWalk(plan, in);
        if (plan.results == 0) {
            return;
        }
        if (walk.isByColumns() && plan.unitStep() == reduce.size && plan.reduced.numel() <= Integer.MAX_VALUE) {
            reduce.columns(walk);
        } else {
            reduce.sequences(plan.reduced, 0, plan);
        }
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

    private void columns(FoldWalk walk) {
        ReducePlan plan = walk.plan;
        int rows = (int) plan.reduced.numel();
        long jobs = plan.results / plan.unitSize() * walk.strips();
        long grain = Math.max(1, CHUNK / ((long) rows * Math.min(ExtremeKernel.COLUMNS, plan.unitSize())));
        Parallel.forRange(jobs, grain, (from, to) -> {
            Scratchpad scratch = SCRATCH.take();
            for (long job = from; job < to; job++) {
                long start = walk.stripIn(job);
                int width = walk.stripWidth(job);
                long step = plan.reduced.innerStride(0);
                kernel.columns(rows, width, in.segment(), start, step, scratch.state);
                for (int w = 0; w < width; w++) {
                    int row = scratch.state.rows[w];
                    write(walk.stripOut(job) + w * plan.unitOutStep(), row, start + w * size + row * step);
                }
            }
            SCRATCH.give(scratch);
        });
    }

    /** One result for each position of the plan; a single one without a plan. */
    private void sequences(StridedIter walk, int operand, ReducePlan plan) {
        long n = walk.numel();
        long results = plan == null ? 1 : plan.results;
        if (n <= CHUNK) {
            Parallel.forRange(results, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
                Scratchpad scratch = SCRATCH.take();
                Best best = new Best(walk, operand);
                for (long i = from; i < to; i++) {
                    best.begin(start(plan, i));
                    best.look(0, n, scratch);
                    best.write(plan == null ? 0 : plan.outOffset(i, -1));
                }
                SCRATCH.give(scratch);
            });
            return;
        }
        Best[] bests = new Best[Math.toIntExact(Math.ceilDiv(n, (long) CHUNK))];
        for (long i = 0; i < results; i++) {
            long start = start(plan, i);
            Parallel.forRange(n, CHUNK, (from, to) -> {
                Scratchpad scratch = SCRATCH.take();
                Best best = new Best(walk, operand);
                best.begin(start);
                best.look(from, to, scratch);
                bests[(int) (from / CHUNK)] = best;
                SCRATCH.give(scratch);
            });
            for (int chunk = 1; chunk < bests.length; chunk++) {
                bests[0].add(bests[chunk]);
            }
            bests[0].write(plan == null ? 0 : plan.outOffset(i, -1));
        }
    }

    private long start(ReducePlan plan, long index) {
        return in.byteOffset() + (plan == null ? 0 : plan.inOffset(index, -1));
    }

    private void write(long at, long position, long from) {
        long to = indices.byteOffset() + at * Long.BYTES;
        indices.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, to, position);
        if (values != null) {
            long target = values.byteOffset() + (at << type.shift());
            Combine.move(type.shift(), in.segment(), from, values.segment(), target);
        }
    }

    /** The best element of a sequence so far: where it stands in the sequence and in memory. */
    private final class Best {
        private final StridedIter walk;
        private final int operand;
        private long start;
        private long position;
        private long place;
        private long key;

        Best(StridedIter walk, int operand) {
            this.walk = walk;
            this.operand = operand;
        }

        void begin(long at) {
            start = at;
            position = -1;
        }

        void look(long from, long to, Scratchpad scratch) {
            long step = walk.innerStride(operand);
            if (walk.isSingleRun() && step == size && from < to) {
                take(from, (int) (to - from), start + from * step, step, in.segment(), start + from * step);
                return;
            }
            long[] done = {from};
            walk.forRuns(from, to, (offsets, n) -> {
                long at = start + offsets[operand];
                if (step == size || n == 1) {
                    take(done[0], (int) n, at, size, in.segment(), at);
                } else {
                    for (long i = 0; i < n; i += PACKED) {
                        int count = (int) Math.min(PACKED, n - i);
                        long source = at + i * step;
                        Packing.copy(type.shift(), in.segment(), source, step, scratch.packed, 0, size, count);
                        take(done[0] + i, count, source, step, scratch.packed, 0);
                    }
                }
                done[0] += n;
            });
        }

        private void take(long first, int n, long at, long step, MemorySegment x, long offset) {
            int found = kernel.row(x, offset, n);
            long foundKey = key(x, offset + found * size);
            if (position < 0 || foundKey > key) {
                position = first + found;
                place = at + found * step;
                key = foundKey;
            }
        }

        void add(Best later) {
            if (later.key > key) {
                position = later.position;
                place = later.place;
                key = later.key;
            }
        }

        void write(long at) {
            ArgReduce.this.write(at, position, place);
        }
    }

    /** A number that is greater for a better element: NaN is the best, zeros are equal. */
    private long key(MemorySegment x, long at) {
        if (!type.isFloatingPoint()) {
            long value = Elements.getLong(type, x, at);
            return largest ? value : ~value;
        }
        double value = Elements.getDouble(type, x, at);
        if (Double.isNaN(value)) {
            return Long.MAX_VALUE;
        }
        long bits = Double.doubleToRawLongBits((largest ? value : -value) + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }
}
