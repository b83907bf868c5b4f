package dev.lanewise.internal.kernel;

import java.lang.invoke.MethodHandles;

/** The inner loop of a scalar kernel, over the strips of a thread. */
public interface StripLoop {
    /** Computes {@code n} elements of an op whose inputs are floating point. */
    void floating(int n, Strips strips);

    /** The same where they are no wider than FLOAT32. */
    default void single(int n, Strips strips) {
        floating(n, strips);
    }

    /** Computes {@code n} elements of an op whose inputs are integers or booleans. */
    void integral(int n, Strips strips);

    /** Full access to this package, to copy its loops. */
    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }
}
