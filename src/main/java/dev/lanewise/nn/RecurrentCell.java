package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link RNNCell}, {@link LSTMCell} and {@link GRUCell} have in common: one step of a recurrent layer.
 *
 * <p>Input {@code [N, inputSize]} or {@code [inputSize]}. Parameters {@code weight_ih}, {@code weight_hh}, {@code bias_ih} and
 * {@code bias_hh}, all drawn uniformly between {@code ±1/√hiddenSize} with PyTorch's draws.
 */
public abstract sealed class RecurrentCell extends Module permits RNNCell, LSTMCell, GRUCell {
    private final RecurrentKind cell;
    private final long inputSize;
    private final long hiddenSize;
    private final boolean bias;

    RecurrentCell(RecurrentKind cell, long inputSize, long hiddenSize, boolean bias, DType dtype) {
        RecurrentWeights.checkSizes(getClass().getSimpleName(), inputSize, hiddenSize);
        this.cell = cell;
        this.inputSize = inputSize;
        this.hiddenSize = hiddenSize;
        this.bias = bias;
        long rows = cell.gates() * hiddenSize;
        registerParameter("weight_ih", Tensor.empty(dtype, rows, inputSize));
        registerParameter("weight_hh", Tensor.empty(dtype, rows, hiddenSize));
        if (bias) {
            registerParameter("bias_ih", Tensor.empty(dtype, rows));
            registerParameter("bias_hh", Tensor.empty(dtype, rows));
        }
        resetParameters();
    }

    /** Draws the parameters anew from the default generator. */
    public final void resetParameters() {
        RecurrentWeights.reset(this, hiddenSize);
    }

    /** The state after the step, {@code [planes, N, hiddenSize]}, without N for an input without. */
    final Tensor step(Tensor input, Tensor... before) {
        String name = getClass().getSimpleName();
        RecurrentWeights.checkInput(name, input, parameter("weight_ih"), 1, 2);
        boolean single = input.dim() == 1;
        Tensor x = single ? input.unsqueeze(0) : input;
        List<Tensor> in = new ArrayList<>();
        in.add(x);
        for (int plane = 0; plane < cell.planes(); plane++) {
            Tensor given = before[plane];
            if (given == null) {
                in.add(Tensor.zeros(x.dtype(), x.size(0), hiddenSize));
            } else {
                Tensor state = single && given.dim() == 1 ? given.unsqueeze(0) : given;
                RecurrentWeights.checkState(
                        name, plane == 0 ? "hidden" : "cell", state, x.dtype(), x.size(0), hiddenSize);
                in.add(state);
            }
        }
        in.add(parameter("weight_ih"));
        in.add(parameter("weight_hh"));
        if (bias) {
            in.add(parameter("bias_ih"));
            in.add(parameter("bias_hh"));
        }
        Tensor after = Recurrence.step(cell, bias, in.toArray(Tensor[]::new));
        return single ? after.squeeze(1) : after;
    }

    /** What is printed after the sizes. */
    String nonlinearity() {
        return "";
    }

    @Override
    protected final String extraRepr() {
        return inputSize + ", " + hiddenSize + (bias ? "" : ", bias=False") + nonlinearity();
    }
}
