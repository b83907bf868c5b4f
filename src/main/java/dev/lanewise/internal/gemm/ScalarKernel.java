package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.GemmKernel;
import java.lang.foreign.MemorySegment;

/**
 * The microkernel in scalar code, for when there are no vectors or they are not compiled yet.
 *
 * <p>Works on arrays, which is 3 to 30 times faster than scalar access to native memory: each sliver of B is copied to
 * an array first. Not thread-safe, for that array.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class ScalarKernel<T> implements GemmKernel<T> {
    private final Numbers<T> numbers;
    private final int step;
    private T sliver;
    private T line;

    ScalarKernel(Numbers<T> numbers) {
        this.numbers = numbers;
        this.step = numbers.computeBytes() == Float.BYTES ? STEP_F32 : STEP_F64;
    }

    @Override
    public int mr() {
        return GemmBlocks.SCALAR_MR;
    }

    @Override
    public int nr() {
        return GemmBlocks.SCALAR_NR;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public void tile(
            int kc,
            T a,
            int at,
            MemorySegment b,
            long bOffset,
            long[] lines,
            int first,
            long second,
            long third,
            T out) {
        if (sliver == null) {
            sliver = numbers.make(numbers.kc() * nr());
        }
        if (lines == null) {
            numbers.unpack(b, bOffset, sliver, 0, kc * nr());
        } else {
            for (int p = 0; p < kc; p++) {
                numbers.unpack(b, bOffset + lines[first + p], sliver, p * nr(), nr());
            }
        }
        numbers.zero(out, 0, mr() * nr());
        for (int row = 0; row < mr(); row++) {
            for (int p = 0; p < kc; p++) {
                numbers.addProduct(a, at + row * step + p, sliver, p * nr(), out, row * nr(), nr());
            }
        }
    }

    /** {@link dev.lanewise.internal.simd.GemmLines#store}. */
    void store(T tile, int rows, int cols, MemorySegment c, long cOffset, long rowBytes, boolean add) {
        for (int row = 0; row < rows; row++) {
            long offset = cOffset + row * rowBytes;
            if (add) {
                numbers.unpack(c, offset, line(), 0, cols);
                numbers.add(tile, row * nr(), line(), 0, cols);
                numbers.pack(line(), 0, c, offset, cols);
            } else {
                numbers.pack(tile, row * nr(), c, offset, cols);
            }
        }
    }

    /** {@link dev.lanewise.internal.simd.GemmLines#addRow}. */
    void addRow(MemorySegment x, long xOffset, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        T added = numbers.make(cols);
        T to = numbers.make(cols);
        numbers.unpack(x, xOffset, added, 0, cols);
        for (int row = 0; row < rows; row++) {
            numbers.unpack(c, cOffset + row * rowBytes, to, 0, cols);
            numbers.add(added, 0, to, 0, cols);
            numbers.pack(to, 0, c, cOffset + row * rowBytes, cols);
        }
    }

    /** {@link dev.lanewise.internal.simd.GemmLines#addColumn}. */
    void addColumn(MemorySegment x, long xOffset, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        T added = numbers.make(cols);
        T to = numbers.make(cols);
        for (int row = 0; row < rows; row++) {
            numbers.read(x, xOffset + (long) row * numbers.computeBytes(), 0, cols, added, 0);
            numbers.unpack(c, cOffset + row * rowBytes, to, 0, cols);
            numbers.add(added, 0, to, 0, cols);
            numbers.pack(to, 0, c, cOffset + row * rowBytes, cols);
        }
    }

    private T line() {
        if (line == null) {
            line = numbers.make(nr());
        }
        return line;
    }
}
