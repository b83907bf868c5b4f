package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Softmax of rows, its logarithm, or the derivative of one of them.
 *
 * <p>Sums are formed of {@link #GROUP} columns of {@link #STRIP} elements each, in the type computed in, and the columns
 * are added in double, in a tree. The elements behind the last whole group begin the sums of the last columns; in the
 * derivatives they are a strip of their own. All forms give the same bits.
 */
public interface SoftmaxKernel {
    /** What a row becomes. */
    enum Kind {
        /** {@code exp(a - max) / sum}. */
        SOFTMAX,
        /** {@code a - max - log(sum)}. */
        LOG_SOFTMAX,
        /** {@code (a - Σ a b) b}, with a the gradient and b the softmax. */
        SOFTMAX_GRAD,
        /** {@code a - exp(b) Σ a}, with a the gradient and b the logarithm of the softmax. */
        LOG_SOFTMAX_GRAD;

        /** True for derivatives, which have a second input. */
        public boolean isGrad() {
            return this == SOFTMAX_GRAD || this == LOG_SOFTMAX_GRAD;
        }
    }

    /** Elements that are added lane by lane. */
    int GROUP = 16;

    /** Elements whose sums are not yet added in double. */
    int STRIP = 1024;

    /** Bytes of memory that a call needs. */
    int PAD = 4 * GROUP * Long.BYTES;

    /**
     * Computes rows, whose elements are neighbours, of FLOAT32 or FLOAT64.
     *
     * @param aRow bytes from one row to the next, as bRow and outRow
     * @param out may be one of the inputs
     * @param pad {@link #PAD} bytes to compute in
     */
    void run(
            int rows,
            int n,
            MemorySegment a,
            long ao,
            long aRow,
            MemorySegment b,
            long bo,
            long bRow,
            MemorySegment out,
            long oo,
            long outRow,
            MemorySegment pad);
}
