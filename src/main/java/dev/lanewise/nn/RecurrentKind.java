package dev.lanewise.nn;

/** The kinds of recurrent cells. */
enum RecurrentKind {
    /** Long short-term memory. */
    LSTM(4, 2),
    /** Gated recurrent unit. */
    GRU(3, 1),
    /** The hyperbolic tangent alone. */
    TANH(1, 1),
    /** max(x, 0) alone. */
    RELU(1, 1);

    private final long gates;
    private final int planes;

    RecurrentKind(long gates, int planes) {
        this.gates = gates;
        this.planes = planes;
    }

    /** How often the weights have as many rows as there are units. */
    long gates() {
        return gates;
    }

    /** How many numbers the state has for each unit. */
    int planes() {
        return planes;
    }
}
