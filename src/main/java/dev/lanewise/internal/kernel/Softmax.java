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
        long[] aSteps = a.byteStrides();
        long[] bSteps = b.byteStrides();
        long aStep = n == 1 ? size : aSteps[dim];
        long bStep = n == 1 ? size : bSteps[dim];
        long outStep = n == 1 ? size : outSteps[dim];
        boolean second = a != b;
        Parallel.forRange(rows, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
            Row row = ROWS.take();
            row.resize(n);
            for (long i = from; i < to; i++) {
                long source = a.byteOffset() + offset(i, kept, aSteps);
                long other = second ? b.byteOffset() + offset(i, kept, bSteps) : source;
                softmax.row(
                        row,
                        a,
                        source,
                        aStep,
                        b,
                        other,
                        bStep,
                        out,
                        out.byteOffset() + offset(i, kept, outSteps),
                        outStep);
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

    private void row(Row row, Operand a, long ao, long as, Operand b, long bo, long bs, Operand out, long oo, long os) {
        boolean aThere = isThere(a, as);
        boolean bThere = isThere(b, bs);
        boolean outThere = isThere(out, os);
        if (!aThere) {
            read(row, 0, a, ao, as);
        }
        if (!bThere && a != b) {
            read(row, row.size, b, bo, bs);
        }
        kernel.run(
                n,
                aThere ? a.segment() : row.rows,
                aThere ? ao : 0,
                bThere ? b.segment() : row.rows,
                bThere ? bo : row.size,
                outThere ? out.segment() : row.rows,
                outThere ? oo : 2 * row.size,
                row.pad);
        if (!outThere) {
            write(row, out, oo, os);
        }
    }

    private boolean isThere(Operand x, long step) {
        return widen == null && step == type.byteSize() && x.segment().getClass() == Scratch.NATIVE;
    }

    /** Gathers a row, and widens it. */
    private void read(Row row, long to, Operand x, long at, long step) {
        long size = type.byteSize();
        if (widen == null) {
            Packing.copy(type.shift(), x.segment(), at, step, row.rows, to, size, n);
            return;
        }
        // The half that is wanted last is free until then.
        long packed = 2 * row.size;
        Packing.copy(type.shift(), x.segment(), at, step, row.rows, packed, size, n);
        map(widen, row.rows, to, row.rows, packed);
    }

    /** Narrows a row, and scatters it. */
    private void write(Row row, Operand out, long at, long step) {
        long from = 2 * row.size;
        if (narrow != null) {
            map(narrow, row.rows, 0, row.rows, from);
            from = 0;
        }
        Packing.copy(type.shift(), row.rows, from, type.byteSize(), out.segment(), at, step, n);
    }

    private void map(MapKernel kernel, MemorySegment out, long oo, MemorySegment x, long xo) {
        kernel.run(n, out, oo, x, xo, 1, x, xo, 1, x, xo, 1);
    }
}
