package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.simd.GemvKernel;
import java.lang.foreign.MemorySegment;

/**
 * What the drivers need of an element type: lines of elements between native memory and arrays of the type computed in.
 *
 * <p>A line is elements at equal distances. Loops over elements run on arrays alone, where the JIT compiles them well;
 * the memory is read and written by whole lines. Not thread-safe: halves go through a buffer of the object.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
abstract class Numbers<T> {
    /** The dtype in memory. */
    abstract DType dtype();

    /** Bytes of one element as computed, which is how B is packed. */
    abstract int computeBytes();

    /** Most rows of B per block, {@link GemmBlocks}. */
    abstract int kc();

    /** Most columns of B per block. */
    abstract int nc();

    /** The chains of a row's sum where a matrix is multiplied by rows. */
    final int chains() {
        return GemvKernel.CHAINS / computeBytes();
    }

    /** An array of zeros. */
    abstract T make(int length);

    /** Reads {@code n} elements, {@code stride} elements apart, into {@code to[at...]}. */
    abstract void read(MemorySegment from, long byteOffset, long stride, int n, T to, int at);

    /** Writes {@code from[at...]} to {@code n} elements, {@code stride} elements apart, rounding to the dtype. */
    abstract void write(T from, int at, MemorySegment to, long byteOffset, long stride, int n);

    /** Copies array elements unchanged into native memory, in the type computed in. */
    abstract void pack(T from, int at, MemorySegment to, long byteOffset, int n);

    /** Copies native elements in the type computed in into an array: the reverse of {@link #pack}. */
    abstract void unpack(MemorySegment from, long byteOffset, T to, int at, int n);

    /** Sets {@code n} elements to zero. */
    abstract void zero(T array, int at, int n);

    /** {@code to[i] += from[i]} for {@code n} elements. */
    abstract void add(T from, int at, T to, int toAt, int n);

    /** {@code sum[i] = fma(a[at], b[i], sum[i])} for {@code n} elements. */
    abstract void addProduct(T a, int at, T b, int bAt, T sum, int sumAt, int n);

    /** {@code chain[c] = fma(a[p], x[p], chain[c])} for p in {@code c, c + C, …}, for n elements and C chains. */
    abstract void addToChains(T a, int at, T x, int xAt, T chain, int chainAt, int n);

    /**
     * Ends a sum: halves the chains by adding the upper to the lower ones until one is left, which the chain of fmas over
     * the n elements that fill no row of chains goes on from.
     */
    abstract void finishChains(T chain, int chainAt, T a, int at, T x, int xAt, int n, T sum, int sumAt);

    /** Transposes: {@code to[at + c * toStep + r] = from[r * fromStep + c]} for {@code r < rows}, {@code c < cols}. */
    abstract void transpose(T from, int fromStep, int rows, int cols, T to, int at, int toStep);
}
