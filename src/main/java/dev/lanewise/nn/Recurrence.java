package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.op.RecurrentForm;
import dev.lanewise.op.RecurrentOps;
import dev.lanewise.op.RecurrentRun;
import java.util.Arrays;

/** Runs of one recurrent layer in one direction, by the ops. */
final class Recurrence {
    private Recurrence() {}

    /**
     * What a run gives.
     *
     * @param rows the hidden states after each time, row by row
     * @param hidden the last hidden state of each sample
     * @param cell the last cell state of each sample, null but for an LSTM
     */
    record Result(Tensor rows, Tensor hidden, Tensor cell) {}

    /**
     * A run.
     *
     * @param batches how many rows each time has; never more than the time before
     * @param projection null, or what the hidden state of an LSTM is multiplied by
     * @param bias true if there are biases among the inputs
     * @param in rows, state, weights and biases in the order of the ops
     */
    static Result run(
            RecurrentKind kind, long[] batches, boolean reverse, Tensor projection, boolean bias, Tensor... in) {
        RecurrentRun run = new RecurrentRun(RecurrentRun.Kind.valueOf(kind.name()), batches, reverse, bias);
        if (projection != null) {
            RecurrentForm.States states = RecurrentForm.run(run, projection, in);
            Tensor all = Tensor.stack(0, states.hidden());
            return new Result(
                    rows(run, batches, all.unsqueeze(0)), states.hidden()[run.last()], states.cell()[run.last()]);
        }
        Tensor states = RecurrentOps.states(run, in);
        Tensor all = states.select(0, 0);
        Tensor cell = kind.planes() > 1 ? states.select(0, 1).select(0, run.last()) : null;
        return new Result(rows(run, batches, states), all.select(0, run.last()), cell);
    }

    /** The state after one step, {@code [planes, N, hidden]}. */
    static Tensor step(RecurrentKind kind, boolean bias, Tensor... in) {
        long[] batches = {in[0].size(0)};
        RecurrentRun run = new RecurrentRun(RecurrentRun.Kind.valueOf(kind.name()), batches, false, bias);
        return RecurrentOps.states(run, in).select(1, run.last());
    }

    /**
     * Of the hidden states before and after each time those after it, of the samples that are in the time.
     *
     * @param states {@code [planes, times + 1, batch, hidden]}, of which the first plane is hidden
     */
    private static Tensor rows(RecurrentRun run, long[] batches, Tensor states) {
        long size = states.size(3);
        long batch = batches[0];
        // One view of all rows and one of a part of them: each is a tensor less in the gradient.
        Tensor all = states.reshape(states.size(0) * states.size(1) * batch, size);
        if (batches[batches.length - 1] == batch) {
            return all.narrow(0, run.results() * batch, batches.length * batch);
        }
        long[] places = new long[Math.toIntExact(Arrays.stream(batches).sum())];
        int next = 0;
        for (int t = 0; t < batches.length; t++) {
            for (long b = 0; b < batches[t]; b++) {
                places[next++] = (run.results() + t) * batch + b;
            }
        }
        return all.indexSelect(0, Tensor.of(places));
    }
}
