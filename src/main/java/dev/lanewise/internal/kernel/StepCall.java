package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * What a step works on: operand 0 is the parameter, 1 the gradient, those from 2 on are the state.
 *
 * @param segments native, one per operand
 * @param offsets where the operands begin, in bytes; their elements lie one after another
 * @param numbers what {@link StepMath#number} gives
 */
public record StepCall(MemorySegment[] segments, long[] offsets, double[] numbers) {
    /** Operands there are at most. */
    public static final int OPERANDS = 5;

    /** How many operands there are. */
    public int operands() {
        return segments.length;
    }

    /** True unless an operand is of a class of segments that the vector loops refuse. */
    public boolean isNative() {
        for (MemorySegment segment : segments) {
            if (segment.getClass() != Scratch.NATIVE) {
                return false;
            }
        }
        return true;
    }
}
