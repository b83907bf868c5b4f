package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.gemm.Gemm;
import dev.lanewise.internal.gemm.Matrix;
import dev.lanewise.internal.gemm.PackedMatrix;
import dev.lanewise.internal.kernel.GateCell;
import dev.lanewise.internal.kernel.GateRows;
import dev.lanewise.internal.kernel.GateStep;
import dev.lanewise.internal.simd.Gates;
import dev.lanewise.internal.simd.Simd;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** One pass of a recurrent cell over a sequence, forward or backward, on memory. */
final class RecurrentPass {
    private final RecurrentRun run;
    private final GateCell cell;
    private final DType type;
    private final int first;
    private final Tensor x;
    private final Tensor own;
    private final Tensor recurrent;
    private final Tensor[] in;
    private final long batch;
    private final long hidden;
    private final long width;
    private final GateRows rows;
    private final long joint;

    /** A pass over the inputs that {@link RecurrentOps} lists. */
    RecurrentPass(RecurrentRun run, Tensor... in) {
        this.run = run;
        this.cell = run.cell();
        this.in = in;
        first = 1 + cell.planes();
        x = in[0].contiguous();
        own = in[first];
        recurrent = in[first + 1].contiguous();
        type = x.dtype();
        batch = in[1].size(0);
        hidden = in[1].size(1);
        width = cell.gates() * hidden;
        joint = cell == GateCell.GRU ? 2 * hidden : width;
        Gates kernels = Gates.of(cell, type);
        rows = new GateRows(cell, type, kernels.scalar(), kernels.vectors(), Simd.lanes(type));
    }

    // ------------------------------------------------------------------ forward

    Tensor forward() {
        Tensor states = Dispatch.empty(type, cell.planes(), run.times() + 1, batch, hidden);
        for (int plane = 0; plane < cell.planes(); plane++) {
            Casts.copyInto(states.select(0, plane).select(0, run.first()), in[1 + plane]);
        }
        Tensor gates = Dispatch.empty(type, run.rows(), width);
        Tensor bias = bias();
        // Packed once for all times.
        try (Tensor memory = Dispatch.empty(type, recurrentElements(hidden, joint))) {
            PackedMatrix[] across = packed(hidden, joint, matrix(recurrent).transposed(), memory);
            long parts = own.size(0);
            Gemm.gemm(type, run.rows(), parts, x.size(1), matrix(x), matrix(own).transposed(), matrix(gates), false);
            for (int n = 0; n < run.times(); n++) {
                int t = run.time(n);
                long from = at(states, run.before(t));
                carryOver(states, t, states.storage().segment());
                Matrix before = new Matrix(states.storage().segment(), from, hidden, 1);
                recur(run.rows(t), before, across, gates, run.offset(t) * width);
                rows.forward(step(t, gates, bias, gates, states, states));
            }
        }
        fence(states, gates, bias);
        run.keep(gates);
        return states;
    }

    /** Adds the products with the state before to the gates of a time; those of a GRU's new state stand apart. */
    private void recur(long count, Matrix before, PackedMatrix[] across, Tensor gates, long offset) {
        across[0].multiply(count, before, part(gates, offset), true);
        if (cell == GateCell.GRU) {
            across[1].multiply(count, before, part(gates, offset + 3 * hidden), false);
        }
    }

    /** The sum of both biases; for a GRU's new state both after one another; zeros if there is none. */
    private Tensor bias() {
        if (!run.hasBias()) {
            return Tensor.zeros(type, width);
        }
        Tensor a = in[first + 2];
        Tensor b = in[first + 3];
        if (cell != GateCell.GRU) {
            return a.add(b).contiguous();
        }
        return Tensor.cat(
                0,
                a.narrow(0, 0, joint).add(b.narrow(0, 0, joint)),
                a.narrow(0, joint, hidden),
                b.narrow(0, joint, hidden));
    }

    /** Copies the state of the samples that are not in a time. */
    private void carryOver(Tensor states, int t, MemorySegment memory) {
        long there = run.rows(t);
        if (there == batch) {
            return;
        }
        for (int plane = 0; plane < cell.planes(); plane++) {
            long skip = plane * plane() + bytes(there * hidden);
            MemorySegment.copy(
                    memory,
                    at(states, run.before(t)) + skip,
                    memory,
                    at(states, run.after(t)) + skip,
                    bytes((batch - there) * hidden));
        }
    }

    // ------------------------------------------------------------------ backward

    Tensor[] backward(Tensor g, Saved saved) {
        Tensor states = saved.output();
        Tensor gates = run.gates();
        try (Tensor change = Dispatch.empty(type, states.sizes());
                Tensor slope = Dispatch.empty(type, run.rows(), width);
                Tensor memory = Dispatch.empty(type, recurrentElements(joint, hidden))) {
            Casts.copyInto(change, g);
            PackedMatrix[] back = packed(joint, hidden, matrix(recurrent), memory);
            for (int n = run.times() - 1; n >= 0; n--) {
                int t = run.time(n);
                handBack(change, t);
                rows.backward(step(t, gates, gates, slope, states, change));
                recurBack(
                        run.rows(t),
                        back,
                        slope,
                        run.offset(t) * width,
                        at(change, run.before(t)),
                        change.storage().segment());
            }
            fence(states, gates);
            return gradients(saved, states, change, slope);
        }
    }

    private void recurBack(long count, PackedMatrix[] back, Tensor slope, long offset, long at, MemorySegment change) {
        Matrix before = new Matrix(change, at, hidden, 1);
        back[0].multiply(count, part(slope, offset), before, true);
        if (cell == GateCell.GRU) {
            back[1].multiply(count, part(slope, offset + 3 * hidden), before, true);
        }
    }

    /** Adds the gradient of the samples that are not in a time to that of before. */
    private void handBack(Tensor change, int t) {
        long there = run.rows(t);
        if (there < batch) {
            Tensor from = change.select(1, run.after(t)).narrow(1, there, batch - there);
            change.select(1, run.before(t)).narrow(1, there, batch - there).add_(from);
        }
    }

    private Tensor[] gradients(Saved saved, Tensor states, Tensor change, Tensor slope) {
        Tensor[] grads = new Tensor[in.length];
        for (int plane = 0; plane < cell.planes(); plane++) {
            grads[1 + plane] = change.select(0, plane).select(0, run.first()).clone();
        }
        Tensor sums = slope.narrow(1, 0, own.size(0));
        grads[0] = saved.wants(0) ? sums.mm(own) : null;
        grads[first] = saved.wants(first) ? product(sums, x) : null;
        Tensor mine = cell == GateCell.GRU
                ? Tensor.cat(1, slope.narrow(1, 0, 2 * hidden), slope.narrow(1, 3 * hidden, hidden))
                : slope;
        grads[first + 1] = saved.wants(first + 1) ? product(mine, statesBefore(states)) : null;
        if (run.hasBias()) {
            grads[first + 2] = sums.sum(0);
            grads[first + 3] = cell == GateCell.GRU ? mine.sum(0) : grads[first + 2];
        }
        return grads;
    }

    /** The transposed of one times the other; the narrower of them, which is mostly the other, is the cheaper one to transpose. */
    private static Tensor product(Tensor slope, Tensor other) {
        return slope.size(1) <= other.size(1)
                ? slope.t().mm(other)
                : other.t().mm(slope).t().contiguous();
    }

    /** The hidden state before each row of the sequence. */
    private Tensor statesBefore(Tensor states) {
        Tensor all = states.select(0, 0);
        if (run.isFull()) {
            return all.narrow(0, 1 - run.results(), run.times()).reshape(run.rows(), hidden);
        }
        Tensor[] parts = new Tensor[run.times()];
        for (int t = 0; t < parts.length; t++) {
            parts[t] = all.select(0, run.before(t)).narrow(0, 0, run.rows(t));
        }
        return Tensor.cat(0, parts);
    }

    /** Elements of the packed recurrent weights, k x n and those of a GRU's new state. */
    private long recurrentElements(long k, long n) {
        long first = PackedMatrix.elements(k, n);
        return cell == GateCell.GRU ? first + PackedMatrix.elements(hidden, hidden) : first;
    }

    /** The weights of the gates that add to those of the inputs, k x n, and of a GRU's new state. */
    private PackedMatrix[] packed(long k, long n, Matrix weights, Tensor memory) {
        MemorySegment to = memory.storage().segment();
        PackedMatrix first = PackedMatrix.pack(type, k, n, weights, to, memory.byteOffset());
        if (cell != GateCell.GRU) {
            return new PackedMatrix[] {first};
        }
        long at = recurrent.byteOffset() + bytes(2 * hidden * hidden);
        Matrix last = new Matrix(weights.segment(), at, weights.rowStride(), weights.colStride());
        long next = memory.byteOffset() + bytes(PackedMatrix.elements(k, n));
        return new PackedMatrix[] {first, PackedMatrix.pack(type, hidden, hidden, last, to, next)};
    }

    // ------------------------------------------------------------------ places

    private long bytes(long elements) {
        return elements << type.shift();
    }

    /** From a hidden to the cell state. */
    private long plane() {
        return bytes((run.times() + 1) * batch * hidden);
    }

    private long at(Tensor states, int time) {
        return states.byteOffset() + bytes(time * batch * hidden);
    }

    /** The operands of the gates' kernels at a time. */
    private GateStep step(int t, Tensor gates, Tensor bias, Tensor slope, Tensor states, Tensor change) {
        long skip = bytes(run.offset(t) * width);
        return new GateStep(
                Math.toIntExact(run.rows(t)),
                Math.toIntExact(hidden),
                gates.storage().segment(),
                gates.byteOffset() + skip,
                bytes(width),
                bytes(hidden),
                bias.storage().segment(),
                bias.byteOffset(),
                slope.storage().segment(),
                slope.byteOffset() + skip,
                states.storage().segment(),
                at(states, run.before(t)),
                at(states, run.after(t)),
                bytes(hidden),
                plane(),
                change.storage().segment(),
                at(change, run.before(t)),
                at(change, run.after(t)));
    }

    private static Matrix matrix(Tensor tensor) {
        long[] strides = tensor.view().strides();
        return new Matrix(tensor.storage().segment(), tensor.byteOffset(), strides[0], strides[1]);
    }

    private Matrix part(Tensor tensor, long elements) {
        return new Matrix(
                tensor.storage().segment(),
                tensor.byteOffset() + bytes(elements),
                tensor.view().strides()[0],
                1);
    }

    private void fence(Tensor... more) {
        Reference.reachabilityFence(in);
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(own);
        Reference.reachabilityFence(recurrent);
        Reference.reachabilityFence(more);
    }
}
