package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.simd.GemmKernel;
import java.lang.foreign.MemorySegment;

/**
 * A right operand that is packed once for many products; each has the bits of {@link Gemm#gemm}.
 *
 * <p>The blocks of k follow one another, in each all slivers of columns. While the vector kernel is cold nothing is packed, and
 * the products are those of {@link Gemm}.
 */
public final class PackedMatrix {
    private final DType type;
    private final long k;
    private final long n;
    private final Matrix b;
    private final Work<?> work;

    private PackedMatrix(DType type, long k, long n, Matrix b, Work<?> work) {
        this.type = type;
        this.k = k;
        this.n = n;
        this.b = b;
        this.work = work;
    }

    /** How many elements of memory {@link #pack} needs. */
    public static long elements(long k, long n) {
        return k * padded(n);
    }

    /**
     * Packs a matrix, which must stay as it is while it is multiplied with.
     *
     * @param type FLOAT32 or FLOAT64
     * @param b k x n, of any strides
     * @param memory for {@link #elements}
     * @param at byte offset in it, of a whole vector
     */
    public static PackedMatrix pack(DType type, long k, long n, Matrix b, MemorySegment memory, long at) {
        Work<?> work = type == DType.FLOAT32
                ? Work.of(Element.F32, k, n, b, memory, at)
                : Work.of(Element.F64, k, n, b, memory, at);
        return new PackedMatrix(type, k, n, b, work);
    }

    /** {@code C = A B}, or {@code C = C + A B} if {@code accumulate}: A is m x k, the rows of C lie in one piece each. */
    public void multiply(long m, Matrix a, Matrix c, boolean accumulate) {
        if (work == null || !Gemm.isPacked(m, n, k, true)) {
            Gemm.gemm(type, m, n, k, a, b, c, accumulate);
        } else {
            work.multiply(m, n, k, a, b, c, accumulate);
        }
    }

    private static long padded(long n) {
        return Math.ceilDiv(n, (long) GemmBlocks.SCALAR_NR) * GemmBlocks.SCALAR_NR;
    }

    /** The packed form, and the kernel it is for. */
    private record Work<T>(Element<T> type, GemmKernel<T> main, MemorySegment memory, long at) {
        static <T> Work<T> of(Element<T> type, long k, long n, Matrix b, MemorySegment memory, long at) {
            GemmKernel<T> main = type.main();
            if (main == null || k == 0 || n == 0) {
                return null;
            }
            Workspace<T> space = type.pool().take();
            int bytes = space.numbers.computeBytes();
            Packing<T> packing = space.packing(main, type.tiles().lines());
            int depth = GemmBlocks.depth(k, space.numbers.kc());
            for (long p = 0; p < k; p += depth) {
                int kc = (int) Math.min(depth, k - p);
                for (long j = 0; j < n; j += space.numbers.nc()) {
                    int cols = (int) Math.min(space.numbers.nc(), n - j);
                    packing.packB(b, p, j, kc, cols);
                    long count = Math.ceilDiv(cols, main.nr()) * (long) main.nr() * kc;
                    MemorySegment.copy(space.b(), 0, memory, at + (p * padded(n) + j * kc) * bytes, count * bytes);
                }
            }
            type.pool().give(space);
            return new Work<>(type, main, memory, at);
        }

        void multiply(long m, long n, long k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
            PackedGemm.Packed packed = new PackedGemm.Packed(memory, at, padded(n));
            new PackedGemm<>(type, main, m, n, k, a, b, c, accumulate, null, packed).run();
        }
    }
}
