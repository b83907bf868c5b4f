package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One step of a recurrent cell over rows of units, which lie one after another in all operands.
 *
 * @param vectors the vector kernel; null for scalar code
 * @param lanes elements of a vector
 * @param width units of a row
 */
public record GateRows(GateCell cell, DType type, GateKernel scalar, GateKernel vectors, int lanes, int width) {
    // A unit costs 2 to 4 ns with vectors: 100 microseconds or so per task.
    private static final long GRAIN = 1 << 15;
    private static final ScratchPool<MemorySegment> RESTS =
            new ScratchPool<>(() -> Arena.ofAuto().allocate(16L * Scratch.SLOT, Scratch.SLOT));

    /** A segment and the offset in bytes of the first row in it. */
    public record Place(MemorySegment segment, long at) {
        /** The place some bytes further on. */
        public Place plus(long bytes) {
            return new Place(segment, at + bytes);
        }
    }

    private long bytes(long elements) {
        return elements << type.shift();
    }

    /** See {@link GateKernel#forward}; the bias is one row for all. */
    public void forward(long rows, Place gates, Place bias, MemorySegment state, long before, long after, long plane) {
        long gateRow = bytes((long) cell.gates() * width);
        long row = bytes(width);
        Parallel.forRange(rows, Math.max(1, GRAIN / Math.max(1, width)), (from, to) -> {
            for (long r = from; r < to; r++) {
                long gate = gates.at() + r * gateRow;
                forward(gates.segment(), gate, bias, state, before + r * row, after + r * row, plane);
            }
        });
    }

    private void forward(
            MemorySegment gates, long gate, Place bias, MemorySegment state, long before, long after, long plane) {
        long step = bytes(width);
        int whole = vectors == null ? width : width / lanes * lanes;
        if (whole > 0) {
            GateKernel kernel = vectors == null ? scalar : vectors;
            activate(kernel, gates, gate, bias.segment(), bias.at(), step, whole);
            kernel.forward(gates, gate, bias.segment(), bias.at(), step, state, before, after, plane, whole);
        }
        if (whole < width) {
            long done = bytes(whole);
            long rest = bytes(width - whole);
            MemorySegment scratch = RESTS.take();
            int count = cell.gates();
            copy(gates, gate + done, step, scratch, 0, slot(1), rest, count);
            copy(bias.segment(), bias.at() + done, step, scratch, slot(4), slot(1), rest, count);
            copy(state, before + done, plane, scratch, slot(8), slot(2), rest, cell.planes());
            activate(vectors, scratch, 0, scratch, slot(4), slot(1), lanes);
            vectors.forward(scratch, 0, scratch, slot(4), slot(1), scratch, slot(8), slot(9), slot(2), lanes);
            copy(scratch, 0, slot(1), gates, gate + done, step, rest, count);
            copy(scratch, slot(9), slot(2), state, after + done, plane, rest, cell.planes());
            RESTS.give(scratch);
        }
    }

    private void activate(
            GateKernel kernel, MemorySegment gates, long gate, MemorySegment bias, long b, long step, int n) {
        for (int q = 0; q < cell.activated(); q++) {
            kernel.activate(q == 2, gates, gate + q * step, bias, b + q * step, n);
        }
    }

    /** See {@link GateKernel#backward}; {@code change} is laid out as {@code state}, with an offset of its own. */
    public void backward(
            long rows,
            Place gates,
            Place slope,
            MemorySegment state,
            long before,
            long after,
            Place change,
            long plane) {
        long gateRow = bytes((long) cell.gates() * width);
        long row = bytes(width);
        Parallel.forRange(rows, Math.max(1, GRAIN / Math.max(1, width)), (from, to) -> {
            for (long r = from; r < to; r++) {
                backward(
                        gates.plus(r * gateRow),
                        slope.plus(r * gateRow),
                        state,
                        before + r * row,
                        after + r * row,
                        change,
                        plane);
            }
        });
    }

    private void backward(
            Place gates, Place slope, MemorySegment state, long before, long after, Place change, long plane) {
        GateKernel kernel = vectors == null ? scalar : vectors;
        int whole = vectors == null ? width : width / lanes * lanes;
        long step = bytes(width);
        if (whole > 0) {
            if (cell == GateCell.LSTM) {
                kernel.output(
                        gates.segment(),
                        gates.at() + 3 * step,
                        slope.segment(),
                        slope.at() + 3 * step,
                        state,
                        after,
                        change.segment(),
                        change.at() + after,
                        plane,
                        whole);
            }
            kernel.backward(
                    gates.segment(),
                    gates.at(),
                    slope.segment(),
                    slope.at(),
                    step,
                    state,
                    before,
                    after,
                    change.segment(),
                    change.at() + before,
                    change.at() + after,
                    plane,
                    whole);
        }
        if (whole < width) {
            backwardRest(gates, slope, state, before, after, change, plane, whole);
        }
    }

    private void backwardRest(
            Place gates,
            Place slope,
            MemorySegment state,
            long before,
            long after,
            Place change,
            long plane,
            int whole) {
        long step = bytes(width);
        long done = bytes(whole);
        long rest = bytes(width - whole);
        int count = cell.gates();
        int planes = cell.planes();
        long ahead = change.at() + done;
        MemorySegment scratch = RESTS.take();
        copy(gates.segment(), gates.at() + done, step, scratch, 0, slot(1), rest, count);
        copy(state, before + done, plane, scratch, slot(8), slot(2), rest, planes);
        copy(state, after + done, plane, scratch, slot(9), slot(2), rest, planes);
        copy(change.segment(), ahead + before, plane, scratch, slot(12), slot(2), rest, planes);
        copy(change.segment(), ahead + after, plane, scratch, slot(13), slot(2), rest, planes);
        if (cell == GateCell.LSTM) {
            vectors.output(scratch, slot(3), scratch, slot(7), scratch, slot(9), scratch, slot(13), slot(2), lanes);
        }
        vectors.backward(
                scratch, 0, scratch, slot(4), slot(1), scratch, slot(8), slot(9), scratch, slot(12), slot(13), slot(2),
                lanes);
        copy(scratch, slot(4), slot(1), slope.segment(), slope.at() + done, step, rest, count);
        copy(scratch, slot(12), slot(2), change.segment(), ahead + before, plane, rest, planes);
        RESTS.give(scratch);
    }

    private static long slot(int index) {
        return (long) index * Scratch.SLOT;
    }

    private static void copy(
            MemorySegment from, long at, long step, MemorySegment to, long place, long toStep, long bytes, int count) {
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(from, at + i * step, to, place + i * toStep, bytes);
        }
    }
}
