package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The driver of softmax, its logarithm, and their derivatives, along any dimension; halves are computed as floats. */
public final class Softmax {
    // An exponential costs up to 10 ns in scalar code: 100 microseconds or so per task.
    private static final int CHUNK = 1 << 13;
    private static final int MOST_ROWS = 1 << 20;
    private static final ScratchPool<Row> ROWS = new ScratchPool<>(Row::new);

    private final SoftmaxKernel kernel;
    private final DType type;
    private final MapKernel widen;
    private final MapKernel narrow;
    private final int n;

    private Softmax(SoftmaxKernel kernel, DType type, MapKernel widen, MapKernel narrow, int n) {
        this.kernel = kernel;
        this.type = type;
        this.widen = widen;
        this.narrow = narrow;
        this.n = n;
    }

    /**
     * See {@code Reductions.softmax}.
     *
     * @param kernel for the dtype, of halves for FLOAT32
     * @param widen from the dtype to FLOAT32, for halves; else null
     * @param narrow the way back
     * @param b the softmax or its logarithm for derivatives, else {@code a} again
     */
    public static void run(
            SoftmaxKernel kernel,
            MapKernel widen,
            MapKernel narrow,
            long[] shape,
            int dim,
            Operand a,
            Operand b,
            Operand out) {
        int rank = shape.length;
        int n = rank == 0 ? 1 : Math.toIntExact(shape[dim]);
        long[] kept = shape.clone();
        long[] outSteps = new long[rank];
        long step = out.dtype().byteSize();
        for (int d = rank - 1; d >= 0; d--) {
            outSteps[d] = step;
            step *= shape[d];
        }
        if (rank > 0) {
            kept[dim] = 1;
        }
        long rows = 1;
        for (long size : kept) {
            rows *= size;
        }
        Softmax softmax = new Softmax(kernel, out.dtype(), widen, narrow, n);
        long size = out.dtype().byteSize();
        Rows aRows = Rows.of(a, kept, a.byteStrides(), n == 1 ? size : a.byteStrides()[dim]);
        Rows bRows = a == b ? aRows : Rows.of(b, kept, b.byteStrides(), n == 1 ? size : b.byteStrides()[dim]);
        Rows outRows = Rows.of(out, kept, outSteps, n == 1 ? size : outSteps[dim]);
        Parallel.forRange(rows, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
            Row row = ROWS.take();
            row.resize(n);
            softmax.rows(row, from, to, aRows, bRows, outRows);
            ROWS.give(row);
        });
    }

    /** Where rows are; {@code even} is the bytes from one to the next, or -1 where that is not the same for all. */
    private record Rows(Operand x, long[] sizes, long[] steps, long step, long even) {
        static Rows of(Operand x, long[] sizes, long[] steps, long step) {
            return new Rows(x, sizes, steps, step, even(sizes, steps));
        }

        private static long even(long[] sizes, long[] steps) {
            long even = 0;
            long count = 1;
            for (int dim = sizes.length - 1; dim >= 0; dim--) {
                if (sizes[dim] != 1) {
                    even = count == 1 ? steps[dim] : even;
                    if (steps[dim] != even * count) {
                        return -1;
                    }
                    count *= sizes[dim];
                }
            }
            return even;
        }

        long offset(long index) {
            if (even >= 0) {
                return x.byteOffset() + index * even;
            }
            long rest = index;
            long offset = x.byteOffset();
            for (int dim = sizes.length - 1; dim >= 0; dim--) {
                offset += rest % sizes[dim] * steps[dim];
                rest /= sizes[dim];
            }
            return offset;
        }
    }

    /** Memory of one thread for rows that are not computed where they are: two inputs and a result, and the pad. */
    private static final class Row {
        final MemorySegment pad = Arena.ofAuto().allocate(SoftmaxKernel.PAD, Scratch.SLOT);
        MemorySegment rows = MemorySegment.NULL;
        long size;

        void resize(int n) {
            size = Math.ceilDiv((long) n * Long.BYTES, (long) Scratch.SLOT) * Scratch.SLOT;
            if (rows.byteSize() < 3 * size) {
                rows = Arena.ofAuto().allocate(Math.max(Scratch.SLOT, 3 * size), Scratch.SLOT);
            }
        }
    }

    private void rows(Row row, long from, long to, Rows a, Rows b, Rows out) {
        boolean aThere = isThere(a);
        boolean bThere = isThere(b);
        boolean outThere = isThere(out);
        boolean atOnce = aThere && bThere && outThere && a.even >= 0 && b.even >= 0 && out.even >= 0;
        int count = atOnce ? (int) Math.min(to - from, MOST_ROWS) : 1;
        for (long i = from; i < to; i += count) {
            if (!aThere) {
                read(row, 0, a, i);
            }
            if (!bThere && a != b) {
                read(row, row.size, b, i);
            }
            kernel.run(
                    (int) Math.min(count, to - i),
                    n,
                    aThere ? a.x.segment() : row.rows,
                    aThere ? a.offset(i) : 0,
                    a.even,
                    bThere ? b.x.segment() : row.rows,
                    bThere ? b.offset(i) : row.size,
                    b.even,
                    outThere ? out.x.segment() : row.rows,
                    outThere ? out.offset(i) : 2 * row.size,
                    out.even,
                    row.pad);
            if (!outThere) {
                write(row, out, i);
            }
        }
    }

    private boolean isThere(Rows rows) {
        return widen == null && rows.step == type.byteSize() && rows.x.segment().getClass() == Scratch.NATIVE;
    }

    /** Gathers a row, and widens it. */
    private void read(Row row, long to, Rows from, long index) {
        MemorySegment x = from.x.segment();
        long at = from.offset(index);
        long size = type.byteSize();
        if (widen == null) {
            Packing.copy(type.shift(), x, at, from.step, row.rows, to, size, n);
            return;
        }
        // The half that is wanted last is free until then.
        long packed = 2 * row.size;
        Packing.copy(type.shift(), x, at, from.step, row.rows, packed, size, n);
        map(widen, row.rows, to, row.rows, packed);
    }

    /** Narrows a row, and scatters it. */
    private void write(Row row, Rows out, long index) {
        long from = 2 * row.size;
        if (narrow != null) {
            map(narrow, row.rows, 0, row.rows, from);
            from = 0;
        }
        Packing.copy(type.shift(), row.rows, from, type.byteSize(), out.x.segment(), out.offset(index), out.step, n);
    }

    private void map(MapKernel kernel, MemorySegment out, long oo, MemorySegment x, long xo) {
        kernel.run(n, out, oo, x, xo, 1, x, xo, 1, x, xo, 1);
    }
}
