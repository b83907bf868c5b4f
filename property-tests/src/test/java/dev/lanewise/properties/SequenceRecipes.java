package dev.lanewise.properties;

import static dev.lanewise.properties.Recipe.Types.FLOATS;
import static dev.lanewise.properties.Recipe.Types.WIDE;
import static dev.lanewise.properties.Recipes.add;

import dev.lanewise.nn.Functional;
import dev.lanewise.nn.InterpolateMode;
import dev.lanewise.op.AttentionOps;
import dev.lanewise.op.RecurrentOps;
import dev.lanewise.op.RecurrentRun;
import dev.lanewise.testing.reference.RefAttention;
import dev.lanewise.testing.reference.RefRecurrent;
import dev.lanewise.testing.reference.RefSampling;
import java.util.Arrays;

/** Recurrent cells, attention, and lines of another length. */
final class SequenceRecipes {
    private SequenceRecipes() {}

    static void fill() {
        recurrent("lstm", RecurrentRun.Kind.LSTM);
        recurrent("gru", RecurrentRun.Kind.GRU);
        recurrent("rnnTanh", RecurrentRun.Kind.TANH);
        recurrent("rnnRelu", RecurrentRun.Kind.RELU);
        for (boolean causal : new boolean[] {false, true}) {
            add(new Recipe(
                            "scaledDotProductAttention",
                            WIDE,
                            (a, b, c) -> new long[][] {{2, b, Math.min(a, 5)}, {2, c, Math.min(a, 5)}, {2, c, a}},
                            in -> AttentionOps.attend(in[0], in[1], in[2], causal),
                            in -> RefAttention.attend(causal, in[0], in[1], in[2])))
                    .notEmpty();
        }
        add(new Recipe(
                        "resample",
                        FLOATS,
                        (a, b, c) -> new long[][] {{Math.min(a, 3), 2, b}},
                        in -> Functional.interpolate(in[0], 2.0, InterpolateMode.LINEAR, false),
                        in -> RefSampling.doubled(in[0], true)))
                .notEmpty();
        add(new Recipe(
                        "resample",
                        WIDE,
                        (a, b, c) -> new long[][] {{1, Math.min(a, 3), b}},
                        in -> Functional.interpolate(in[0], 2.0, InterpolateMode.NEAREST, false),
                        in -> RefSampling.doubled(in[0], false)))
                .notEmpty();
    }

    /** In both directions, with samples that end earlier, with biases and without. */
    private static void recurrent(String op, RecurrentRun.Kind cell) {
        for (boolean reverse : new boolean[] {false, true}) {
            add(new Recipe(
                            op,
                            WIDE,
                            (a, b, c) -> shapes(cell, reverse, a, b, c),
                            in -> RecurrentOps.states(
                                    new RecurrentRun(cell, batches(in[1].size(0)), reverse, reverse), in),
                            in -> RefRecurrent.states(op, batches(in[1].size(0)), reverse, reverse, in)))
                    .notEmpty();
        }
    }

    private static long[] batches(long batch) {
        return new long[] {batch, batch, (batch + 1) / 2};
    }

    private static long[][] shapes(RecurrentRun.Kind cell, boolean bias, long a, long b, long c) {
        long batch = Math.min(a, 4);
        long hidden = b > 16 ? 17 : Math.min(b, 3);
        long[] state = {batch, hidden};
        long rows = Arrays.stream(batches(batch)).sum();
        long[][] shapes = new long[cell.planes() + (bias ? 5 : 3)][];
        shapes[0] = new long[] {rows, Math.min(c, 4)};
        Arrays.fill(shapes, 1, 1 + cell.planes(), state);
        int next = 1 + cell.planes();
        shapes[next] = new long[] {cell.gates() * hidden, Math.min(c, 4)};
        shapes[next + 1] = new long[] {cell.gates() * hidden, hidden};
        for (int i = next + 2; i < shapes.length; i++) {
            shapes[i] = new long[] {cell.gates() * hidden};
        }
        return shapes;
    }
}
