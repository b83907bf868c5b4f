package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
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

    /** Rows of B per block, {@link GemmBlocks}. */
    abstract int kc();

    /** An array of zeros. */
    abstract T make(int length);

    /** The length of an array. */
    abstract int length(T array);

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

    /**
     * {@code sums[sumAt + r] = } the chain of fmas from zero over row r, {@code a[at + r * step...]}, and {@code
     * x[xAt...]}.
     */
    abstract void dots(T a, int at, int step, T x, int xAt, int n, T sums, int sumAt, int rows);

    /** Transposes: {@code to[at + c * toStep + r] = from[r * fromStep + c]} for {@code r < rows}, {@code c < cols}. */
    abstract void transpose(T from, int fromStep, int rows, int cols, T to, int at, int toStep);
}
