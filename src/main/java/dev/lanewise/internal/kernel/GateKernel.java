package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * One step of some units of a recurrent cell, all offsets in bytes.
 *
 * <p>The gates of the units lie {@code step} bytes apart from each other, and so do those of the bias and of the gradient.
 * The hidden state of before and after the step lies at the offsets named so, the cell state {@code plane} bytes further
 * on.
 */
public interface GateKernel {
    /** Adds the bias to one gate and puts its value, sigmoid or hyperbolic tangent, in its place. */
    void activate(boolean tanh, MemorySegment gates, long gate, MemorySegment bias, long b, int n);

    /** Makes the state after from that before and the gates, after putting the values of the other gates in their place. */
    void forward(
            MemorySegment gates,
            long gate,
            MemorySegment bias,
            long b,
            long step,
            MemorySegment state,
            long before,
            long after,
            long plane,
            int n);

    /**
     * The first part of the gradient of an LSTM: that of the output gate, and what comes through it to the cell state, which
     * is added to the gradient of that.
     */
    void output(
            MemorySegment gates,
            long gate,
            MemorySegment slope,
            long g,
            MemorySegment state,
            long after,
            MemorySegment change,
            long changeAfter,
            long plane,
            int n);

    /**
     * The gradient of the gates before the bias was added, from that of the state after; that of the state before has added
     * to it what comes past the gates.
     */
    void backward(
            MemorySegment gates,
            long gate,
            MemorySegment slope,
            long g,
            long step,
            MemorySegment state,
            long before,
            long after,
            MemorySegment change,
            long changeBefore,
            long changeAfter,
            long plane,
            int n);
}
