package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Where the operands of one step of a recurrent cell lie, for some rows and of each as many units; all distances in bytes.
 *
 * <p>The gates of a unit lie {@code step} apart from each other, and so do those of the bias and of the gradient. The hidden
 * state of before and after the step lies at the offsets named so, the cell state {@code plane} further on; the gradient of
 * the states is laid out as they are.
 *
 * @param rows how many
 * @param n units of each row
 * @param gate the first gate of the first row
 * @param gateRow from a row of gates to the next, and of their gradient
 * @param bias one row for all
 * @param b the first gate's bias
 * @param slope the gradient of the gates; not read forward
 * @param g the first gate's gradient
 * @param row from a row of the states to the next, and of their gradient
 * @param change the gradient of the states; not read forward
 */
public record GateStep(
        int rows,
        int n,
        MemorySegment gates,
        long gate,
        long gateRow,
        long step,
        MemorySegment bias,
        long b,
        MemorySegment slope,
        long g,
        MemorySegment state,
        long before,
        long after,
        long row,
        long plane,
        MemorySegment change,
        long changeBefore,
        long changeAfter) {
    /**
     * Some rows and units of these.
     *
     * @param first the first row
     * @param skip bytes of each row before the first unit
     */
    GateStep part(long first, int count, long skip, int units) {
        long gates = first * gateRow + skip;
        long states = first * row + skip;
        return new GateStep(
                count,
                units,
                this.gates,
                gate + gates,
                gateRow,
                step,
                bias,
                b + skip,
                slope,
                g + gates,
                state,
                before + states,
                after + states,
                row,
                plane,
                change,
                changeBefore + states,
                changeAfter + states);
    }
}
