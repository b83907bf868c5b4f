package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * One step of a recurrent cell over rows of units.
 *
 * @param vectors the vector kernel; null for scalar code
 * @param lanes elements of a vector
 */
public record GateRows(GateCell cell, DType type, GateKernel scalar, GateKernel vectors, int lanes) {
    // A unit costs 1 to 3 ns with vectors: 50 microseconds or so per task.
    private static final long GRAIN = 1 << 15;
    private static final ScratchPool<Rest> RESTS = new ScratchPool<>(Rest::new);

    /** Units that do not fill a vector: memory for all that belongs to them, a slot of a vector each. */
    private static final class Rest {
        final MemorySegment memory = Arena.ofAuto().allocate(16L * Scratch.SLOT, Scratch.SLOT);
        private GateStep step;

        /** The slots as operands: four gates, their bias or gradient, and states and their gradients by turns. */
        GateStep step(int n) {
            if (step == null || step.n() != n) {
                step = new GateStep(
                        1, n, memory, 0, 0, slot(1), memory, slot(4), memory, slot(4), memory, slot(8), slot(9), 0,
                        slot(2), memory, slot(12), slot(13));
            }
            return step;
        }
    }

    /** See {@link GateKernel#forward}. */
    public void forward(GateStep step) {
        if (vectors == null) {
            inParts(step, step.n(), scalar::forward);
            return;
        }
        inParts(step, step.n() / lanes * lanes, vectors::forward);
        forEachRest(step, this::forwardRest);
    }

    /** See {@link GateKernel#backward}. */
    public void backward(GateStep step) {
        if (vectors == null) {
            inParts(step, step.n(), scalar::backward);
            return;
        }
        inParts(step, step.n() / lanes * lanes, vectors::backward);
        forEachRest(step, this::backwardRest);
    }

    private static void inParts(GateStep step, int units, Consumer<GateStep> kernel) {
        if (units == 0) {
            return;
        }
        Parallel.forRange(
                step.rows(),
                Math.max(1, GRAIN / units),
                (from, to) -> kernel.accept(step.part(from, (int) (to - from), 0, units)));
    }

    /** Calls for each row with the units that do not fill a vector. */
    private void forEachRest(GateStep step, Consumer<GateStep> kernel) {
        int rest = step.n() % lanes;
        for (int row = 0; rest > 0 && row < step.rows(); row++) {
            kernel.accept(step.part(row, 1, bytes(step.n() - rest), rest));
        }
    }

    private void forwardRest(GateStep s) {
        Rest rest = RESTS.take();
        GateStep r = rest.step(lanes);
        long bytes = bytes(s.n());
        int count = cell.gates();
        copy(s.gates(), s.gate(), s.step(), r.gates(), r.gate(), r.step(), bytes, count);
        copy(s.bias(), s.b(), s.step(), r.bias(), r.b(), r.step(), bytes, count);
        copy(s.state(), s.before(), s.plane(), r.state(), r.before(), r.plane(), bytes, cell.planes());
        vectors.forward(r);
        copy(r.gates(), r.gate(), r.step(), s.gates(), s.gate(), s.step(), bytes, count);
        copy(r.state(), r.after(), r.plane(), s.state(), s.after(), s.plane(), bytes, cell.planes());
        RESTS.give(rest);
    }

    private void backwardRest(GateStep s) {
        Rest rest = RESTS.take();
        GateStep r = rest.step(lanes);
        long bytes = bytes(s.n());
        int count = cell.gates();
        int planes = cell.planes();
        copy(s.gates(), s.gate(), s.step(), r.gates(), r.gate(), r.step(), bytes, count);
        copy(s.state(), s.before(), s.plane(), r.state(), r.before(), r.plane(), bytes, planes);
        copy(s.state(), s.after(), s.plane(), r.state(), r.after(), r.plane(), bytes, planes);
        copy(s.change(), s.changeBefore(), s.plane(), r.change(), r.changeBefore(), r.plane(), bytes, planes);
        copy(s.change(), s.changeAfter(), s.plane(), r.change(), r.changeAfter(), r.plane(), bytes, planes);
        vectors.backward(r);
        copy(r.slope(), r.g(), r.step(), s.slope(), s.g(), s.step(), bytes, count);
        copy(r.change(), r.changeBefore(), r.plane(), s.change(), s.changeBefore(), s.plane(), bytes, planes);
        RESTS.give(rest);
    }

    private long bytes(long elements) {
        return elements << type.shift();
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
