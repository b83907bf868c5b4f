package dev.lanewise.internal.kernel;

/** One step of some units of a recurrent cell. */
public interface GateKernel {
    /** Puts the values of the gates in the place of their sums, and makes the state after from them and that before. */
    void forward(GateStep step);

    /**
     * The gradient of the gates before the bias was added, from that of the state after; that of the state before has added
     * to it what comes past the gates.
     */
    void backward(GateStep step);
}
