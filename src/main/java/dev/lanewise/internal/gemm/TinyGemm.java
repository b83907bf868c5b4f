package dev.lanewise.internal.gemm;

import dev.lanewise.internal.parallel.ScratchPool;

/** Products of a few thousand multiplications: whole operands are copied to arrays, no packing, no vectors. */
final class TinyGemm {
    private TinyGemm() {}

    /** True if the product is tiny and its k is one block. */
    static boolean takes(long m, long n, long k, boolean warm) {
        int most = warm ? GemmBlocks.TINY_WARM : GemmBlocks.TINY;
        return k <= GemmBlocks.KC_F64 && m <= most && n <= most && m * n <= most && m * n * k <= most;
    }

    static <T> void run(
            ScratchPool<Workspace<T>> pool, int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
        Workspace<T> space = pool.take();
        Numbers<T> numbers = space.numbers;
        T small = space.small();
        int bAt = GemmBlocks.TINY;
        int sumAt = 2 * GemmBlocks.TINY;
        copyIn(numbers, a, m, k, small, 0);
        copyIn(numbers, b, k, n, small, bAt);
        numbers.zero(small, sumAt, m * n);
        for (int row = 0; row < m; row++) {
            for (int p = 0; p < k; p++) {
                numbers.addProduct(small, row * k + p, small, bAt + p * n, small, sumAt + row * n, n);
            }
        }
        if (accumulate) {
            copyIn(numbers, c, m, n, small, 0);
            numbers.add(small, sumAt, small, 0, m * n);
            copyOut(numbers, small, 0, c, m, n);
        } else {
            copyOut(numbers, small, sumAt, c, m, n);
        }
        pool.give(space);
    }

    private static <T> void copyIn(Numbers<T> numbers, Matrix from, int rows, int cols, T to, int at) {
        int shift = numbers.dtype().shift();
        if (from.colStride() == 1 && from.rowStride() == cols) {
            numbers.read(from.segment(), from.byteOffset(), 1, rows * cols, to, at);
            return;
        }
        for (int row = 0; row < rows; row++) {
            numbers.read(from.segment(), from.at(row, 0, shift), from.colStride(), cols, to, at + row * cols);
        }
    }

    private static <T> void copyOut(Numbers<T> numbers, T from, int at, Matrix to, int rows, int cols) {
        int shift = numbers.dtype().shift();
        if (to.colStride() == 1 && to.rowStride() == cols) {
            numbers.write(from, at, to.segment(), to.byteOffset(), 1, rows * cols);
            return;
        }
        for (int row = 0; row < rows; row++) {
            numbers.write(from, at + row * cols, to.segment(), to.at(row, 0, shift), to.colStride(), cols);
        }
    }
}
