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
    public void tile(int kc, T a, int at, MemorySegment b, long bOffset, T out) {
        if (sliver == null) {
            sliver = numbers.make(numbers.kc() * nr());
        }
        numbers.unpack(b, bOffset, sliver, 0, kc * nr());
        numbers.zero(out, 0, mr() * nr());
        for (int row = 0; row < mr(); row++) {
            for (int p = 0; p < kc; p++) {
                numbers.addProduct(a, at + row * step + p, sliver, p * nr(), out, row * nr(), nr());
            }
        }
    }

    @Override
    public void store(T tile, int rows, MemorySegment c, long cOffset, long rowBytes, boolean add) {
        for (int row = 0; row < rows; row++) {
            long offset = cOffset + row * rowBytes;
            if (add) {
                numbers.read(c, offset, 1, nr(), line(), 0);
                numbers.add(tile, row * nr(), line, 0, nr());
                numbers.write(line, 0, c, offset, 1, nr());
            } else {
                numbers.write(tile, row * nr(), c, offset, 1, nr());
            }
        }
    }

    @Override
    public void packRows(
            MemorySegment from, long fromOffset, long rowBytes, int rows, MemorySegment to, long toOffset) {
        long sliverRow = (long) nr() * numbers.computeBytes();
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(from, fromOffset + row * rowBytes, to, toOffset + row * sliverRow, sliverRow);
        }
    }

    private T line() {
        if (line == null) {
            line = numbers.make(nr());
        }
        return line;
    }
}
