package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Computes one contiguous run of an elementwise function: {@code out[i] = f(a[i * sa], b[i * sb], c[i * sc])}.
 *
 * <p>Each step is 0 or 1: an operand of step 0 is one element that stands for all. Parameters of an op (the bounds of clamp,
 * the exponent of pow) are operands of step 0. Inputs that a kernel does not have may be passed as any segment and step.
 * All segments are native; the result may be exactly one of the inputs of step 1, but not overlap one otherwise.
 */
public interface MapKernel {
    /** Most elements of one call, so that element counts inside kernels are {@code int}. */
    int MAX_RUN = 1 << 30;

    /** Computes {@code n} elements, at most {@link #MAX_RUN}; the offsets are in bytes. */
    void run(
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            int sa,
            MemorySegment b,
            long bo,
            int sb,
            MemorySegment c,
            long co,
            int sc);

    /**
     * Base-2 logarithm of the bytes of an element of an operand: 0 is the result, 1 to 3 are the inputs. Any value for
     * inputs that the kernel does not have.
     */
    int shift(int operand);

    /** What brings operands of {@code 1 << shift} bytes per element into contiguous memory for this kernel. */
    default BlockMover mover(int shift) {
        return ScalarMover.of(shift);
    }
}
