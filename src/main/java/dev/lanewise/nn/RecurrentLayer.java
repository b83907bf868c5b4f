package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.text.PythonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link RNN}, {@link LSTM} and {@link GRU} have in common: stacked recurrent layers over sequences.
 *
 * <p>Input {@code [T, N, inputSize]}, or {@code [N, T, inputSize]} if made batch first, or {@code [T, inputSize]} for a single
 * sample, or a {@link PackedSequence}. Parameters of layer k: {@code weight_ih_lk}, {@code weight_hh_lk}, {@code bias_ih_lk},
 * {@code bias_hh_lk}, and the same with {@code _reverse} for the other direction, all drawn uniformly between
 * {@code ±1/√hiddenSize} with PyTorch's draws.
 */
public abstract sealed class RecurrentLayer extends Module permits RNN, LSTM, GRU {
    private final RecurrentKind cell;
    private final long inputSize;
    private final long hiddenSize;
    private final RecurrentOptions options;

    /**
     * What a layer gives.
     *
     * @param output the hidden states of the last layer at all times, {@code [T, N, directions · size]}, batch first if the
     *     layer is
     * @param hidden the hidden states after the last time, {@code [numLayers · directions, N, size]}
     * @param cell the cell states after the last time, {@code [numLayers · directions, N, hiddenSize]}; null but for an LSTM
     */
    public record Output(Tensor output, Tensor hidden, Tensor cell) {}

    /**
     * What a layer gives for a packed input.
     *
     * @param output the hidden states of the last layer at all times
     * @param hidden as in {@link Output}
     * @param cell as in {@link Output}
     */
    public record PackedOutput(PackedSequence output, Tensor hidden, Tensor cell) {}

    RecurrentLayer(RecurrentKind cell, long inputSize, long hiddenSize, RecurrentOptions options) {
        this.cell = cell;
        this.inputSize = inputSize;
        this.hiddenSize = hiddenSize;
        this.options = options;
        check();
        for (int layer = 0; layer < options.numLayers(); layer++) {
            long in = layer == 0 ? inputSize : outputSize() * options.directions();
            for (int direction = 0; direction < options.directions(); direction++) {
                register(suffix(layer, direction), in);
            }
        }
        resetParameters();
    }

    private void check() {
        String name = getClass().getSimpleName();
        RecurrentWeights.checkSizes(name, inputSize, hiddenSize);
        if (options.numLayers() < 1 || !(options.dropout() >= 0 && options.dropout() <= 1)) {
            throw Check.argument(name, "there must be a layer, and the dropout must be between 0 and 1")
                    .got(options.numLayers() + " layers and a dropout of " + options.dropout())
                    .error();
        }
        if (options.projSize() < 0 || options.projSize() >= hiddenSize || options.projSize() > 0 && !isLstm()) {
            throw Check.argument(name, "only an LSTM projects its hidden state, to a size below the hidden size")
                    .got(options.projSize())
                    .error();
        }
        if (options.dropout() > 0 && options.numLayers() == 1) {
            throw Check.argument(name, "a dropout lies between layers, so that there must be two")
                    .got("a dropout of " + options.dropout() + " and one layer")
                    .error();
        }
    }

    private void register(String suffix, long in) {
        DType type = options.dtype();
        long rows = cell.gates() * hiddenSize;
        registerParameter("weight_ih_" + suffix, Tensor.empty(type, rows, in));
        registerParameter("weight_hh_" + suffix, Tensor.empty(type, rows, outputSize()));
        if (options.bias()) {
            registerParameter("bias_ih_" + suffix, Tensor.empty(type, rows));
            registerParameter("bias_hh_" + suffix, Tensor.empty(type, rows));
        }
        if (options.projSize() > 0) {
            registerParameter("weight_hr_" + suffix, Tensor.empty(type, options.projSize(), hiddenSize));
        }
    }

    private static String suffix(int layer, int direction) {
        return "l" + layer + (direction == 0 ? "" : "_reverse");
    }

    private boolean isLstm() {
        return cell == RecurrentKind.LSTM;
    }

    /** Size of the hidden state as it is given out. */
    private long outputSize() {
        return options.projSize() > 0 ? options.projSize() : hiddenSize;
    }

    /** How the layer was made. */
    public final RecurrentOptions options() {
        return options;
    }

    /** Draws the parameters anew from the default generator. */
    public final void resetParameters() {
        RecurrentWeights.reset(this, hiddenSize);
    }

    /** The output for all times alone, from a state of zeros; see {@link #run(Tensor)}. */
    @Override
    public final Tensor forward(Tensor input) {
        return run(input).output();
    }

    /** Output and last state, from a state of zeros. */
    public final Output run(Tensor input) {
        return run(input, null, null);
    }

    /** Output and last state for sequences of several lengths, from a state of zeros. */
    public final PackedOutput run(PackedSequence input) {
        return run(input, null, null);
    }

    final Output run(Tensor input, Tensor hidden, Tensor cellState) {
        String name = getClass().getSimpleName();
        RecurrentWeights.checkInput(name, input, parameter("weight_ih_l0"), 2, 3);
        boolean single = input.dim() == 2;
        Tensor times = single ? input.unsqueeze(1) : options.batchFirst() ? input.transpose(0, 1) : input;
        long batch = times.size(1);
        if (times.size(0) == 0) {
            throw Check.shape(name, "there must be a time")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        long[] batches = new long[Math.toIntExact(times.size(0))];
        Arrays.fill(batches, batch);
        Tensor h = hidden == null || !single ? hidden : hidden.unsqueeze(1);
        Tensor c = cellState == null || !single ? cellState : cellState.unsqueeze(1);
        Pass pass = new Pass(batches, h, c);
        Tensor rows = pass.through(times.reshape(times.size(0) * batch, times.size(2)));
        Tensor out = rows.view(times.size(0), batch, rows.size(1));
        Tensor last = pass.lastHidden();
        Tensor lastCell = pass.lastCell();
        if (single) {
            Tensor alone = noted(input, out.squeeze(1));
            return new Output(alone, last.squeeze(1), lastCell == null ? null : lastCell.squeeze(1));
        }
        return new Output(noted(input, options.batchFirst() ? out.transpose(0, 1) : out), last, lastCell);
    }

    final PackedOutput run(PackedSequence input, Tensor hidden, Tensor cellState) {
        RecurrentWeights.checkInput(getClass().getSimpleName(), input.data(), parameter("weight_ih_l0"), 2, 2);
        Pass pass = new Pass(input.batchSizes(), input.sorted(hidden), input.sorted(cellState));
        Tensor rows = pass.through(input.data());
        return new PackedOutput(
                input.withData(rows), input.unsorted(pass.lastHidden()), input.unsorted(pass.lastCell()));
    }

    /** One run of all layers; rows are those of the first time, then those of the second, and so on. */
    private final class Pass {
        private final long[] batches;
        private final Tensor hidden;
        private final Tensor cellState;
        private final List<Tensor> lastHidden = new ArrayList<>();
        private final List<Tensor> lastCell = new ArrayList<>();

        Pass(long[] batches, Tensor hidden, Tensor cellState) {
            this.batches = batches;
            this.hidden = hidden;
            this.cellState = cellState;
            long states = (long) options.numLayers() * options.directions();
            String name = RecurrentLayer.this.getClass().getSimpleName();
            DType type = parameter("weight_ih_l0").dtype();
            if (hidden != null) {
                RecurrentWeights.checkState(name, "hidden", hidden, type, states, batches[0], outputSize());
            }
            if (cellState != null) {
                RecurrentWeights.checkState(name, "cell", cellState, type, states, batches[0], hiddenSize);
            }
        }

        Tensor lastHidden() {
            return Tensor.stack(0, lastHidden.toArray(Tensor[]::new));
        }

        Tensor lastCell() {
            return isLstm() ? Tensor.stack(0, lastCell.toArray(Tensor[]::new)) : null;
        }

        Tensor through(Tensor input) {
            Tensor x = input;
            for (int layer = 0; layer < options.numLayers(); layer++) {
                Tensor forth = direction(x, layer, 0);
                x = options.bidirectional() ? Tensor.cat(1, forth, direction(x, layer, 1)) : forth;
                if (options.dropout() > 0 && layer < options.numLayers() - 1) {
                    x = Functional.dropout(x, options.dropout(), isTraining());
                }
            }
            return x;
        }

        private Tensor direction(Tensor x, int layer, int direction) {
            String suffix = suffix(layer, direction);
            int place = layer * options.directions() + direction;
            List<Tensor> in = new ArrayList<>();
            in.add(x);
            in.add(state(hidden, place, outputSize(), x));
            if (isLstm()) {
                in.add(state(cellState, place, hiddenSize, x));
            }
            in.add(parameter("weight_ih_" + suffix));
            in.add(parameter("weight_hh_" + suffix));
            if (options.bias()) {
                in.add(parameter("bias_ih_" + suffix));
                in.add(parameter("bias_hh_" + suffix));
            }
            Tensor projection = options.projSize() > 0 ? parameter("weight_hr_" + suffix) : null;
            Recurrence.Result result = Recurrence.run(
                    cell, batches, direction == 1, projection, options.bias(), in.toArray(Tensor[]::new));
            lastHidden.add(result.hidden());
            if (isLstm()) {
                lastCell.add(result.cell());
            }
            return result.rows();
        }

        private Tensor state(Tensor given, int place, long size, Tensor like) {
            return given == null ? Tensor.zeros(like.dtype(), batches[0], size) : given.select(0, place);
        }
    }

    @Override
    protected final String extraRepr() {
        StringBuilder text = new StringBuilder(inputSize + ", " + hiddenSize);
        if (options.projSize() != 0) {
            text.append(", proj_size=").append(options.projSize());
        }
        if (options.numLayers() != 1) {
            text.append(", num_layers=").append(options.numLayers());
        }
        if (!options.bias()) {
            text.append(", bias=False");
        }
        if (options.batchFirst()) {
            text.append(", batch_first=True");
        }
        if (options.dropout() != 0) {
            text.append(", dropout=").append(PythonText.of(options.dropout()));
        }
        return text.append(options.bidirectional() ? ", bidirectional=True" : "")
                .toString();
    }
}
