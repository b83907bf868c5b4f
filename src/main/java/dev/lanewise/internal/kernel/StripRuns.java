package dev.lanewise.internal.kernel;

import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Runs a kernel over operands of general strides: packs a strip of each, calls the kernel, unpacks the result.
 *
 * <p>Operands that are contiguous in iteration order, or one element for all, are used where they are.
 */
final class StripRuns implements Parallel.RangeBody {
    private static final int SIZE = Thresholds.STRIP;
    /** Not a multiple of 4 KB, so that the strips of several operands do not meet in the same cache sets. */
    private static final int MOST_BYTES = Thresholds.TRANSPOSED_BYTES + 4 * Scratch.SLOT;

    private static final int MOST_OPERANDS = 4;
    private static final ThreadLocal<Memory> LOCAL = ThreadLocal.withInitial(Memory::new);

    private final MapKernel kernel;
    private final StridedIter iter;
    private final Operand[] operands;
    private final boolean[] linear;
    private final boolean[] still;
    private final boolean byRuns;

    StripRuns(MapKernel kernel, StridedIter iter, Operand[] operands) {
        this.kernel = kernel;
        this.iter = iter;
        this.operands = operands;
        linear = new boolean[operands.length];
        still = new boolean[operands.length];
        for (int i = 0; i < operands.length; i++) {
            linear[i] = isLinear(iter, i, operands[i].dtype().byteSize());
            still[i] = isStill(iter, i);
        }
        byRuns = iter.innerSize() >= Thresholds.PACKED_RUN;
    }

    /** The strips of one thread, and the offsets of the elements of one strip. */
    private static final class Memory {
        final MemorySegment segment = Arena.ofAuto().allocate((long) MOST_OPERANDS * MOST_BYTES, Scratch.SLOT);
        final long[] offsets = new long[SIZE];
        long packed;
    }

    private static boolean isLinear(StridedIter iter, int operand, int byteSize) {
        long next = byteSize;
        for (int d = 0; d < iter.rank(); d++) {
            if (iter.stride(operand, d) != next) {
                return false;
            }
            next *= iter.size(d);
        }
        return true;
    }

    private static boolean isStill(StridedIter iter, int operand) {
        for (int d = 0; d < iter.rank(); d++) {
            if (iter.stride(operand, d) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void run(long from, long to) {
        Memory memory = LOCAL.get();
        for (long at = from; at < to; at += SIZE) {
            strip(memory, at, (int) Math.min(SIZE, to - at));
        }
    }

    private void strip(Memory memory, long at, int n) {
        for (int i = 1; i < operands.length; i++) {
            if (!linear[i] && !still[i]) {
                pack(memory, i, at, n);
            }
        }
        int b = Math.min(2, operands.length - 1);
        int c = operands.length - 1;
        kernel.run(
                n,
                segment(memory, 0),
                start(0, at),
                segment(memory, 1),
                start(1, at),
                step(1),
                segment(memory, b),
                start(b, at),
                step(b),
                segment(memory, c),
                start(c, at),
                step(c));
        if (!linear[0]) {
            unpack(memory, at, n);
        }
    }

    private MemorySegment segment(Memory memory, int i) {
        return linear[i] || still[i] ? operands[i].segment() : memory.segment;
    }

    private long start(int i, long at) {
        if (still[i]) {
            return operands[i].byteOffset();
        }
        return linear[i] ? operands[i].byteOffset() + (at << operands[i].dtype().shift()) : place(i);
    }

    private int step(int i) {
        return still[i] ? 0 : 1;
    }

    /** The strips of this thread. */
    static MemorySegment strips() {
        return LOCAL.get().segment;
    }

    /** Where the strip of an operand begins. */
    static long place(int operand) {
        return (long) operand * MOST_BYTES;
    }

    private void pack(Memory memory, int i, long at, int n) {
        Operand operand = operands[i];
        int shift = operand.dtype().shift();
        if (byRuns) {
            long step = iter.innerStride(i);
            memory.packed = place(i);
            iter.forRuns(at, at + n, (offsets, count) -> {
                long from = operand.byteOffset() + offsets[i];
                Packing.copy(shift, operand.segment(), from, step, memory.segment, memory.packed, 1L << shift, count);
                memory.packed += count << shift;
            });
        } else {
            iter.offsets(i, at, n, memory.offsets);
            Packing.gather(shift, operand.segment(), operand.byteOffset(), memory.offsets, n, memory.segment, place(i));
        }
    }

    private void unpack(Memory memory, long at, int n) {
        Operand out = operands[0];
        int shift = out.dtype().shift();
        if (byRuns) {
            long step = iter.innerStride(0);
            memory.packed = place(0);
            iter.forRuns(at, at + n, (offsets, count) -> {
                long to = out.byteOffset() + offsets[0];
                Packing.copy(shift, memory.segment, memory.packed, 1L << shift, out.segment(), to, step, count);
                memory.packed += count << shift;
            });
        } else {
            iter.offsets(0, at, n, memory.offsets);
            Packing.scatter(shift, memory.segment, place(0), out.segment(), out.byteOffset(), memory.offsets, n);
        }
    }
}
