package dev.lanewise.internal.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory of one thread for what is shorter than a vector: the rest of a run, and elements that stand for a whole run.
 *
 * <p>One slot of a vector for each operand, and one more for each input's repeated element.
 */
public final class Scratch {
    /** The class of native segments, which every vector loop checks its segments for; others make all loops slower. */
    public static final Class<?> NATIVE =
            Arena.global().allocate(Long.BYTES, Long.BYTES).getClass();

    /** Bytes of a slot: the widest vector. */
    public static final int SLOT = 64;

    private static final int OPERANDS = 4;
    private static final ThreadLocal<Scratch> LOCAL = ThreadLocal.withInitial(Scratch::new);

    private final MemorySegment segment = Arena.ofAuto().allocate(2L * OPERANDS * SLOT, SLOT);

    private Scratch() {}

    /** The scratch of this thread. */
    public static Scratch local() {
        return LOCAL.get();
    }

    /** The memory that holds the slots. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where the rest of operand 0 (the result) to 3 goes, in bytes. */
    public static long rest(int operand) {
        return (long) operand * SLOT;
    }

    /** Where the repeated element of input 1 to 3 goes, in bytes. */
    public static long repeated(int operand) {
        return (long) (OPERANDS + operand) * SLOT;
    }
}
