package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.ScratchPool;
import dev.lanewise.internal.simd.GemmKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * The buffers of one thread that multiplies: packed A and B, tiles and lines. Each is made when first needed and kept.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class Workspace<T> {
    private static final int ALIGNMENT = 64;
    // More rows than any kernel's mr(), for packing A by slivers of any kernel.
    private static final int MOST_MR = 16;

    final Numbers<T> numbers;
    final GemmKernel<T> scalar;

    private T a;
    private MemorySegment b;
    private T tile;
    private T lines;
    private T sums;
    private T small;

    private Workspace(Numbers<T> numbers) {
        this.numbers = numbers;
        this.scalar = new ScalarKernel<>(numbers);
    }

    /** The pool of the workspaces for a dtype that is computed in float. */
    static ScratchPool<Workspace<float[]>> floats(DType dtype) {
        return new ScratchPool<>(() -> new Workspace<>(new NumbersF32(dtype)));
    }

    /** The pool of the workspaces for FLOAT64. */
    static ScratchPool<Workspace<double[]>> doubles() {
        Supplier<Workspace<double[]>> maker = () -> new Workspace<>(new NumbersF64());
        return new ScratchPool<>(maker);
    }

    /** Packed slivers of A: {@link GemmBlocks#A_SLIVERS} of them. */
    T a() {
        if (a == null) {
            a = numbers.make(GemmBlocks.A_SLIVERS * MOST_MR * scalar.step());
        }
        return a;
    }

    /** A packed block of B: KC rows of {@link GemmBlocks#NC} columns. */
    MemorySegment b() {
        if (b == null) {
            long bytes = (long) numbers.kc() * GemmBlocks.NC * numbers.computeBytes();
            b = Arena.ofAuto().allocate(bytes, ALIGNMENT);
        }
        return b;
    }

    /** One tile of any kernel. */
    T tile() {
        if (tile == null) {
            tile = numbers.make(GemmBlocks.SCALAR_MR * GemmBlocks.SCALAR_NR);
        }
        return tile;
    }

    /** Lines on their way into packed form: {@link GemmBlocks#SCALAR_NR} columns of KC elements, twice. */
    T lines() {
        if (lines == null) {
            lines = numbers.make(2 * GemmBlocks.SCALAR_NR * scalar.step());
        }
        return lines;
    }

    /** Sums of a task's block of C that cannot be kept in C: {@code rows} x {@link GemmBlocks#NC}. */
    T sums(int elements) {
        if (sums == null || numbers.length(sums) < elements) {
            sums = numbers.make(elements);
        }
        return sums;
    }

    /** Whole operands of a tiny product: A, B and C, {@link GemmBlocks#TINY} elements each. */
    T small() {
        if (small == null) {
            small = numbers.make(3 * GemmBlocks.TINY);
        }
        return small;
    }
}
