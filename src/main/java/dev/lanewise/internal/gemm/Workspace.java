package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.ScratchPool;
import dev.lanewise.internal.simd.GemmKernel;
import dev.lanewise.internal.simd.GemmLines;
import dev.lanewise.internal.simd.TransposeKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * The buffers of one thread that multiplies: packed A and B, tiles and lines. Each is made when first needed and kept.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class Workspace<T> {
    /** Elements of a line of {@link #line}. */
    static final int LINE = GemmBlocks.GEMV_STRIP;

    private static final int ALIGNMENT = 64;
    // More rows than any kernel's mr(), for packing A by slivers of any kernel.
    private static final int MOST_MR = 16;

    final Numbers<T> numbers;
    final ScalarKernel<T> scalar;

    private T a;
    private MemorySegment b;
    private T tile;
    private T lines;
    private MemorySegment turned;
    private MemorySegment line;
    private T small;
    private Packing<T> packing;

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

    /** Packs into these buffers for {@code kernel}, with {@code vectors}; null to do it in scalar code. */
    Packing<T> packing(GemmKernel<T> kernel, GemmLines<T> vectors) {
        if (packing == null || !packing.isFor(kernel, vectors)) {
            packing = new Packing<>(this, kernel, vectors);
        }
        return packing;
    }

    /** Packed slivers of A: {@link GemmBlocks#A_SLIVERS} of them. */
    T a() {
        if (a == null) {
            a = numbers.make(GemmBlocks.A_SLIVERS * MOST_MR * scalar.step());
        }
        return a;
    }

    /** A packed block of B: KC rows of NC columns. */
    MemorySegment b() {
        if (b == null) {
            b = memory(numbers.kc() * numbers.nc());
        }
        return b;
    }

    /** Scratch of the transposing kernel, and after it slivers of A on their way into {@link #a}. */
    MemorySegment turned() {
        if (turned == null) {
            turned = memory(TransposeKernel.SCRATCH + GemmBlocks.A_SLIVERS * MOST_MR * scalar.step());
        }
        return turned;
    }

    /** What a matrix-vector product needs in native memory: {@link #LINE} elements for each of three lines. */
    MemorySegment line() {
        if (line == null) {
            line = memory(3 * LINE);
        }
        return line;
    }

    private MemorySegment memory(int elements) {
        return Arena.ofAuto().allocate((long) elements * numbers.computeBytes(), ALIGNMENT);
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

    /** Whole operands of a tiny product: A, B and C, {@link GemmBlocks#TINY} elements each. */
    T small() {
        if (small == null) {
            small = numbers.make(3 * GemmBlocks.TINY);
        }
        return small;
    }
}
