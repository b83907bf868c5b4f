package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.GemmKernel;
import java.lang.foreign.MemorySegment;

/**
 * Copies blocks of A and B of any strides and dtype into the layouts that {@link GemmKernel} reads.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class Packing<T> {
    private final Workspace<T> space;
    private final Numbers<T> numbers;
    private final GemmKernel<T> kernel;

    Packing(Workspace<T> space, GemmKernel<T> kernel) {
        this.space = space;
        this.numbers = space.numbers;
        this.kernel = kernel;
    }

    /** Packs {@code rows} rows of A from (i, p), {@code kc} columns of it, and zeros up to whole slivers. */
    void packA(Matrix a, long i, long p, int rows, int kc) {
        T to = space.a();
        int shift = numbers.dtype().shift();
        if (a.rowStride() == 1 && a.colStride() != 1) {
            T lines = space.lines();
            for (int col = 0; col < kc; col++) {
                numbers.read(a.segment(), a.at(i, p + col, shift), 1, rows, lines, col * rows);
            }
            numbers.transpose(lines, rows, kc, rows, to, 0, kernel.step());
        } else {
            for (int row = 0; row < rows; row++) {
                numbers.read(a.segment(), a.at(i + row, p, shift), a.colStride(), kc, to, row * kernel.step());
            }
        }
        int padded = Math.ceilDiv(rows, kernel.mr()) * kernel.mr();
        for (int row = rows; row < padded; row++) {
            numbers.zero(to, row * kernel.step(), kc);
        }
    }

    /**
     * Packs {@code cols} columns of B from (p, j), {@code kc} rows of them, as slivers of {@code kernel.nr()} columns.
     */
    void packB(Matrix b, long p, long j, int kc, int cols) {
        MemorySegment to = space.b();
        int nr = kernel.nr();
        long sliverBytes = (long) kc * nr * numbers.computeBytes();
        boolean plain = b.colStride() == 1
                && numbers.dtype().byteSize() == numbers.computeBytes()
                && b.segment().getClass() == to.getClass();
        for (int col = 0; col < cols; col += nr) {
            int width = Math.min(nr, cols - col);
            long offset = col / nr * sliverBytes;
            if (plain && width == nr) {
                long rowBytes = b.rowStride() * numbers.computeBytes();
                long from = b.at(p, j + col, numbers.dtype().shift());
                kernel.packRows(b.segment(), from, rowBytes, kc, to, offset);
            } else {
                packSliver(b, p, j + col, kc, width, offset);
            }
        }
    }

    private void packSliver(Matrix b, long p, long j, int kc, int width, long toOffset) {
        int nr = kernel.nr();
        int shift = numbers.dtype().shift();
        T lines = space.lines();
        int sliver = GemmBlocks.SCALAR_NR * kernel.step();
        if (width < nr) {
            numbers.zero(lines, sliver, kc * nr);
        }
        if (b.rowStride() == 1 && b.colStride() != 1) {
            for (int col = 0; col < width; col++) {
                numbers.read(b.segment(), b.at(p, j + col, shift), 1, kc, lines, col * kernel.step());
            }
            numbers.transpose(lines, kernel.step(), width, kc, lines, sliver, nr);
        } else {
            for (int row = 0; row < kc; row++) {
                numbers.read(b.segment(), b.at(p + row, j, shift), b.colStride(), width, lines, sliver + row * nr);
            }
        }
        numbers.pack(lines, sliver, space.b(), toOffset, kc * nr);
    }
}
