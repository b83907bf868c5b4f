package dev.lanewise.internal.kernel;

/** The kinds of recurrent cells. */
public enum GateCell {
    /** Input, forget, cell and output gate; the state is the hidden and the cell state. */
    LSTM(4, 4, 2),
    /** Reset and update gate, new state, and the recurrent part of the new state. */
    GRU(4, 2, 1),
    /** The hyperbolic tangent alone. */
    TANH(1, 0, 1),
    /** max(x, 0) alone. */
    RELU(1, 0, 1);

    private final int gates;
    private final int activated;
    private final int planes;

    GateCell(int gates, int activated, int planes) {
        this.gates = gates;
        this.activated = activated;
        this.planes = planes;
    }

    /** How many numbers are kept for each unit and step. */
    public int gates() {
        return gates;
    }

    /** How many gates, from the first on, are functions of their own sums alone. */
    public int activated() {
        return activated;
    }

    /** How many numbers the state has for each unit. */
    public int planes() {
        return planes;
    }
}
