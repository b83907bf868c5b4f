package dev.lanewise.op;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.GateCell;
import java.util.List;

/**
 * Recurrent cells over whole sequences: one product for the inputs of all times, then a product and one pass for each time.
 *
 * <p>Source: S. Hochreiter, J. Schmidhuber, "Long short-term memory", 1997; K. Cho et al., "Learning phrase representations
 * using RNN encoder-decoder", 2014, in the form that PyTorch computes.
 */
public final class RecurrentOps {
    private RecurrentOps() {}

    /**
     * The inputs are x {@code [rows, in]}, the state before the first time (h, and c of an LSTM) {@code [batch, hidden]}, the
     * weights {@code [gates · hidden, in]} and {@code [gates · hidden, hidden]} and, if the run has them, two biases.
     *
     * <p>The result is {@code [planes, times + 1, batch, hidden]}: h, and c of an LSTM, before and after each time. A sample
     * that is not in a time keeps its state.
     */
    static final class Recurrence extends StructuredOp<RecurrentRun> {
        Recurrence(GateCell cell, String name, String doc) {
            super(name, doc);
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.INPUT1, Saves.INPUT2, Saves.OUTPUT);
            boolean rnn = cell.gates() == 1;
            reachedBy("nn." + (rnn ? "RNN and RNNCell" : cell.name() + " and " + cell.name() + "Cell"));
            torch(rnn ? "torch.rnn_" + cell.name().toLowerCase(java.util.Locale.ROOT) : "torch." + name);
        }

        @Override
        protected Tensor forward(RecurrentRun run, Tensor... in) {
            return new RecurrentPass(run, in).forward();
        }

        @Override
        protected void release(RecurrentRun run) {
            run.release();
        }

        @Override
        protected Tensor[] grad(RecurrentRun run, Tensor g, Saved saved) {
            Tensor[] in = new Tensor[saved.inputs()];
            for (int i = 0; i < in.length; i++) {
                in[i] = saved.input(i);
            }
            return GradMode.isEnabled()
                    ? FormGradients.of(x -> RecurrentForm.states(run, x), g, saved, in)
                    : new RecurrentPass(run, in).backward(g, saved);
        }
    }

    private static final StructuredOp<RecurrentRun> LSTM =
            new Recurrence(GateCell.LSTM, "lstm", "Long short-term memory over a sequence.");
    private static final StructuredOp<RecurrentRun> GRU =
            new Recurrence(GateCell.GRU, "gru", "Gated recurrent unit over a sequence.");
    private static final StructuredOp<RecurrentRun> RNN_TANH =
            new Recurrence(GateCell.TANH, "rnnTanh", "Recurrent layer with the hyperbolic tangent over a sequence.");
    private static final StructuredOp<RecurrentRun> RNN_RELU =
            new Recurrence(GateCell.RELU, "rnnRelu", "Recurrent layer with ReLU over a sequence.");

    /**
     * The states {@code [planes, times + 1, batch, hidden]} of a run; see {@link RecurrentRun} for where each stands.
     *
     * @param in x, h, c of an LSTM, the two weights, and the two biases if the run has them; of one floating-point dtype
     */
    public static Tensor states(RecurrentRun run, Tensor... in) {
        if (in[0].dtype().isHalf()) {
            return RecurrentForm.states(run, in);
        }
        if (Dispatch.needsGrad(in)) {
            run.record();
        }
        return Dispatch.apply(
                switch (run.cell()) {
                    case LSTM -> LSTM;
                    case GRU -> GRU;
                    case TANH -> RNN_TANH;
                    case RELU -> RNN_RELU;
                },
                run,
                in);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(LSTM, GRU, RNN_TANH, RNN_RELU);
    }
}
