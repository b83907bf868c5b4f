package dev.lanewise.internal.kernel;

/** An optimizer's rule for a dtype: changes parameter and state in one pass. */
public interface StepKernel {
    /** Steps {@code n} elements, from element {@code from} on. */
    void run(long from, int n, StepCall call);
}
