package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.GemmKernel;
import dev.lanewise.internal.simd.GemmKernels;
import dev.lanewise.internal.simd.GemmLines;
import dev.lanewise.internal.simd.TransposeKernel;
import java.lang.foreign.MemorySegment;

/**
 * Copies blocks of A and B of any strides into the layouts that {@link GemmKernel} reads.
 *
 * <p>What the packed form has beyond the blocks (to whole vectors, slivers and tiles) holds anything: neighbours of the
 * operand that lie in its segment, or what was packed before.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class Packing<T> {
    private final Workspace<T> space;
    private final Numbers<T> numbers;
    private final GemmKernel<T> kernel;
    private final GemmLines<T> vectors;
    private final int bytes;

    /** Packs for {@code kernel}, with {@code vectors}; null to do it in scalar code. See {@link Workspace#packing}. */
    Packing(Workspace<T> space, GemmKernel<T> kernel, GemmLines<T> vectors) {
        this.space = space;
        this.numbers = space.numbers;
        this.kernel = kernel;
        this.vectors = vectors;
        this.bytes = numbers.computeBytes();
    }

    boolean isFor(GemmKernel<T> kernel, GemmLines<T> vectors) {
        return this.kernel == kernel && this.vectors == vectors;
    }

    /** Packs {@code rows} rows of A from (i, p), {@code kc} columns of it. */
    void packA(Matrix a, long i, long p, int rows, int kc) {
        if (a.colStride() == 1) {
            for (int row = 0, run; row < rows; row += run) {
                run = a.run(i + row, i + rows);
                packLines(
                        a.segment(),
                        at(a, i + row, p),
                        a.step(i + row, run, numbers.dtype().shift()),
                        run,
                        kc,
                        row);
            }
        } else if (a.rowStride() == 1 && transposesA(a, i, p, rows, kc)) {
            return;
        } else if (a.rowStride() == 1) {
            T lines = space.lines();
            for (int col = 0; col < kc; col++) {
                numbers.read(a.segment(), at(a, i, p + col), 1, rows, lines, col * rows);
            }
            numbers.transpose(lines, rows, kc, rows, space.a(), 0, kernel.step());
        } else {
            for (int row = 0; row < rows; row++) {
                numbers.read(a.segment(), at(a, i + row, p), a.colStride(), kc, space.a(), row * kernel.step());
            }
        }
    }

    private void packLines(MemorySegment from, long offset, long rowBytes, int rows, int kc, int first) {
        int whole = vectors != null ? inside(from, offset, rowBytes, rows, wholeVectors(kc)) : 0;
        if (whole > 0) {
            vectors.packLines(from, offset, rowBytes, whole, kc, space.a(), first * kernel.step());
        }
        for (int row = whole; row < rows; row++) {
            numbers.read(from, offset + row * rowBytes, 1, kc, space.a(), (first + row) * kernel.step());
        }
    }

    private boolean transposesA(Matrix a, long i, long p, int rows, int kc) {
        TransposeKernel transposer = transposer();
        if (transposer == null) {
            return false;
        }
        // Short bands are read together with rows before them.
        int lead = (int) Math.min(i, Math.max(0, transposer.lanes() - rows));
        if (rows + lead < transposer.lanes()) {
            return false;
        }
        long rowBytes = (long) kernel.step() * bytes;
        MemorySegment turned = space.turned();
        transposer.run(
                a.segment(),
                at(a, i - lead, p),
                a.colStride() * bytes,
                kc,
                rows + lead,
                turned,
                TransposeKernel.SCRATCH,
                rowBytes,
                turned);
        packLines(turned, TransposeKernel.SCRATCH + lead * rowBytes, rowBytes, rows, kc, 0);
        return true;
    }

    /**
     * Packs {@code cols} columns of B from (p, j), {@code kc} rows of them, as slivers of {@code kernel.nr()} columns.
     */
    void packB(Matrix b, long p, long j, int kc, int cols) {
        if (b.colStride() == 1 && (vectors != null || b.lines() != null)) {
            packRows(b, p, j, kc, cols);
            return;
        }
        int nr = kernel.nr();
        long sliverBytes = (long) kc * nr * bytes;
        TransposeKernel transposer = b.rowStride() == 1 && b.colStride() != 1 ? transposer() : null;
        boolean turned = transposer != null && kc >= transposer.lanes();
        for (int col = 0; col < cols; col += nr) {
            int width = Math.min(nr, cols - col);
            long to = col / nr * sliverBytes;
            if (turned) {
                long from = at(b, p, j + col);
                long lineBytes = b.colStride() * bytes;
                transposer.run(
                        b.segment(), from, lineBytes, width, kc, space.b(), to, (long) nr * bytes, space.turned());
            } else {
                packSliver(b, p, j + col, kc, width, to);
            }
        }
    }

    /** Rows in one piece, some slivers at a time. */
    private void packRows(Matrix b, long p, long j, int kc, int cols) {
        int nr = kernel.nr();
        long sliverRow = (long) nr * bytes;
        int step = GemmBlocks.B_SLIVERS * nr;
        for (int col = 0; col < cols; col += step) {
            int width = Math.min(step, cols - col);
            long to = col / nr * (kc * sliverRow);
            for (int row = 0, run; row < kc; row += run) {
                run = b.run(p + row, p + kc);
                long rowBytes = b.step(p + row, run, numbers.dtype().shift());
                packRun(b.segment(), at(b, p + row, j + col), rowBytes, run, width, to + row * sliverRow, kc);
            }
        }
    }

    private void packRun(MemorySegment from, long offset, long rowBytes, int rows, int width, long to, int kc) {
        long sliverRow = (long) kernel.nr() * bytes;
        long sliverBytes = kc * sliverRow;
        int slivers = Math.ceilDiv(width, kernel.nr());
        int whole = vectors == null ? 0 : inside(from, offset, rowBytes, rows, slivers * sliverRow);
        if (whole > 0) {
            vectors.packRows(from, offset, rowBytes, whole, space.b(), to, slivers, sliverBytes);
        }
        for (int row = whole; row < rows; row++) {
            copyRow(from, offset + row * rowBytes, to + row * sliverRow, width, sliverBytes);
        }
    }

    private void copyRow(MemorySegment from, long offset, long to, int width, long sliverBytes) {
        int nr = kernel.nr();
        for (int col = 0; col < width; col += nr) {
            long count = (long) Math.min(nr, width - col) * bytes;
            MemorySegment.copy(from, offset + (long) col * bytes, space.b(), to + col / nr * sliverBytes, count);
        }
    }

    private void packSliver(Matrix b, long p, long j, int kc, int width, long to) {
        int nr = kernel.nr();
        T lines = space.lines();
        int sliver = GemmBlocks.SCALAR_NR * kernel.step();
        if (b.rowStride() == 1) {
            for (int col = 0; col < width; col++) {
                numbers.read(b.segment(), at(b, p, j + col), 1, kc, lines, col * kernel.step());
            }
            numbers.transpose(lines, kernel.step(), width, kc, lines, sliver, nr);
        } else {
            for (int row = 0; row < kc; row++) {
                numbers.read(b.segment(), at(b, p + row, j), b.colStride(), width, lines, sliver + row * nr);
            }
        }
        numbers.pack(lines, sliver, space.b(), to, kc * nr);
    }

    private TransposeKernel transposer() {
        return vectors != null ? GemmKernels.transpose(bytes) : null;
    }

    private long at(Matrix from, long row, long col) {
        return from.at(row, col, numbers.dtype().shift());
    }

    private long wholeVectors(int n) {
        return Math.ceilDiv((long) n * bytes, (long) GemmLines.MOST_BYTES) * GemmLines.MOST_BYTES;
    }

    /** How many of the first rows can be read {@code width} bytes wide without leaving the segment. */
    private static int inside(MemorySegment segment, long offset, long rowBytes, int rows, long width) {
        long room = segment.byteSize() - width - offset;
        if (room >= (rows - 1) * rowBytes && room >= 0) {
            return rows;
        }
        return room < 0 || rowBytes <= 0 ? 0 : (int) Math.min(rows, room / rowBytes + 1);
    }
}
