package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.GateCell;
import java.util.Arrays;
import java.util.List;

/** Recurrent cells written in tensor ops: for projections, for halves, and to be differentiated again. */
public final class RecurrentForm {
    private RecurrentForm() {}

    /** The hidden and the cell states before and after each time; the latter null but for an LSTM. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record States(Tensor[] hidden, Tensor[] cell) {}

    /** What {@link RecurrentOps#states} computes. */
    static Tensor states(RecurrentRun run, Tensor... in) {
        States states = run(run, null, in);
        Tensor hidden = Tensor.stack(0, states.hidden());
        return run.cell() == GateCell.LSTM
                ? Tensor.stack(0, hidden, Tensor.stack(0, states.cell()))
                : hidden.unsqueeze(0);
    }

    /**
     * The states of a run.
     *
     * @param projection what the hidden state of an LSTM is multiplied by, {@code [out, hidden]}, or null
     */
    public static States run(RecurrentRun run, Tensor projection, Tensor... in) {
        boolean lstm = run.cell() == GateCell.LSTM;
        int weights = lstm ? 3 : 2;
        Tensor[] hidden = new Tensor[run.times() + 1];
        Tensor[] cell = lstm ? new Tensor[run.times() + 1] : null;
        hidden[run.first()] = in[1];
        if (lstm) {
            cell[run.first()] = in[2];
        }
        Tensor own = in[0].mm(in[weights].t());
        Tensor input = run.hasBias() ? own.add(in[weights + 2]) : own;
        Tensor recurrent = in[weights + 1].t();
        for (int n = 0; n < run.times(); n++) {
            int t = run.time(n);
            long rows = run.rows(t);
            Tensor h = hidden[run.before(t)];
            Tensor part = h.narrow(0, 0, rows).mm(recurrent);
            Tensor gates = run.hasBias() ? part.add(in[weights + 3]) : part;
            Tensor mine = input.narrow(0, run.offset(t), rows);
            if (lstm) {
                Tensor c = cell[run.before(t)];
                Tensor[] next = lstm(mine.add(gates), c.narrow(0, 0, rows));
                cell[run.after(t)] = withRest(next[1], c);
                hidden[run.after(t)] = withRest(projection == null ? next[0] : next[0].mm(projection.t()), h);
            } else {
                hidden[run.after(t)] = withRest(next(run.cell(), mine, gates, h.narrow(0, 0, rows)), h);
            }
        }
        return new States(hidden, cell);
    }

    private static Tensor next(GateCell cell, Tensor mine, Tensor gates, Tensor h) {
        if (cell == GateCell.GRU) {
            List<Tensor> x = mine.chunk(3, 1);
            List<Tensor> y = gates.chunk(3, 1);
            Tensor reset = x.get(0).add(y.get(0)).sigmoid();
            Tensor update = x.get(1).add(y.get(1)).sigmoid();
            Tensor fresh = x.get(2).add(reset.mul(y.get(2))).tanh();
            return h.sub(fresh).mul(update).add(fresh);
        }
        Tensor sum = mine.add(gates);
        return cell == GateCell.TANH ? sum.tanh() : sum.relu();
    }

    private static Tensor[] lstm(Tensor gates, Tensor c) {
        List<Tensor> x = gates.chunk(4, 1);
        Tensor kept = x.get(1).sigmoid().mul(c);
        Tensor next = x.get(0).sigmoid().mul(x.get(2).tanh()).add(kept);
        return new Tensor[] {x.get(3).sigmoid().mul(next.tanh()), next};
    }

    /** The new state of the first rows, and the old one of the others. */
    private static Tensor withRest(Tensor fresh, Tensor old) {
        long rows = fresh.size(0);
        return rows == old.size(0)
                ? fresh
                : Tensor.cat(Arrays.asList(fresh, old.narrow(0, rows, old.size(0) - rows)), 0);
    }
}
