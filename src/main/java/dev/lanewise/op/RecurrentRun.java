package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.GateCell;

/**
 * How a recurrent cell runs over a sequence, and what one run keeps for its derivative.
 *
 * <p>The rows of a sequence are those of its first time, then those of its second, and so on; a time has as many rows as there
 * are samples that last so long, the longest first.
 */
public final class RecurrentRun {
    /** The kinds of cells. */
    public enum Kind {
        /** Long short-term memory. */
        LSTM(GateCell.LSTM),
        /** Gated recurrent unit. */
        GRU(GateCell.GRU),
        /** The hyperbolic tangent alone. */
        TANH(GateCell.TANH),
        /** max(x, 0) alone. */
        RELU(GateCell.RELU);

        private final GateCell cell;

        Kind(GateCell cell) {
            this.cell = cell;
        }

        /** How often the weights have as many rows as there are units. */
        public long gates() {
            return this == GRU ? 3 : cell.gates();
        }

        /** How many numbers the state has for each unit: 2 of an LSTM, else 1. */
        public int planes() {
            return cell.planes();
        }
    }

    private final GateCell cell;
    private final long[] batches;
    private final long[] offsets;
    private final boolean reverse;
    private final boolean bias;
    private boolean recorded;
    private Tensor gates;

    /**
     * A run.
     *
     * @param batches how many rows each time has; never more than the time before
     * @param reverse true to begin with the last time
     * @param bias true if there are biases among the inputs
     */
    public RecurrentRun(Kind kind, long[] batches, boolean reverse, boolean bias) {
        this.cell = kind.cell;
        this.batches = batches.clone();
        this.reverse = reverse;
        this.bias = bias;
        offsets = new long[batches.length + 1];
        for (int t = 0; t < batches.length; t++) {
            offsets[t + 1] = offsets[t] + batches[t];
        }
    }

    GateCell cell() {
        return cell;
    }

    boolean hasBias() {
        return bias;
    }

    int times() {
        return batches.length;
    }

    /** Rows of all times. */
    long rows() {
        return offsets[batches.length];
    }

    /** Rows of a time. */
    long rows(int time) {
        return batches[time];
    }

    /** Rows before a time. */
    long offset(int time) {
        return offsets[time];
    }

    /** Whether every time has as many rows as the first. */
    boolean isFull() {
        return batches.length == 0 || batches[batches.length - 1] == batches[0];
    }

    /** The time that is the n-th to be computed. */
    int time(int n) {
        return reverse ? batches.length - 1 - n : n;
    }

    /** Where the states hold what is before a time. */
    int before(int time) {
        return reverse ? time + 1 : time;
    }

    /** Where the states hold what is after a time. */
    int after(int time) {
        return reverse ? time : time + 1;
    }

    /** Where the states hold the first. */
    public int first() {
        return reverse ? batches.length : 0;
    }

    /** Where the states hold the last. */
    public int last() {
        return reverse ? 0 : batches.length;
    }

    /** Where the states of all times begin. */
    public int results() {
        return reverse ? 0 : 1;
    }

    Tensor gates() {
        return gates;
    }

    /** Says that the run will be asked for its derivative. */
    void record() {
        recorded = true;
    }

    /** Keeps the values of the gates for the derivative, or frees them if none will be asked for. */
    void keep(Tensor values) {
        gates = values;
        if (!recorded) {
            release();
        }
    }

    /** Frees what was kept; waiting for the collector, a training loop without scopes takes new memory for each pass. */
    void release() {
        if (gates != null) {
            gates.close();
            gates = null;
        }
    }
}
