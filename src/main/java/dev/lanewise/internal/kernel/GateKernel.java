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
    /** Adds the bias to the gates, puts their values in their place, and makes the state after from that before. */
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
     * The gradient of the gates before the bias was added, from that of the state after; that of the state before has added
     * to it what comes past the gates. The gradient of the cell state after may be changed.
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
