package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/** What recurrent layers and cells share: their parameters and the checks of what they are given. */
final class RecurrentWeights {
    private RecurrentWeights() {}

    static void checkSizes(String op, long inputSize, long hiddenSize) {
        if (inputSize < 0 || hiddenSize < 1) {
            throw Check.argument(op, "the sizes must be positive")
                    .got("input size " + inputSize + " and hidden size " + hiddenSize)
                    .error();
        }
    }

    /** Draws all parameters uniformly between ±1/√hiddenSize, in their order. */
    static void reset(Module module, long hiddenSize) {
        double bound = 1 / Math.sqrt((double) hiddenSize);
        module.parameters().forEach(parameter -> Init.uniform_(parameter, -bound, bound));
    }

    static void checkInput(String op, Tensor input, Tensor weight, int least, int most) {
        if (input.dim() < least || input.dim() > most || input.size(-1) != weight.size(1)) {
            throw Check.shape(
                            op, "the input must have " + least + " or " + most + " dimensions, the last the input size")
                    .expected("a last size of " + weight.size(1))
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        checkType(op, "input", input, weight.dtype());
    }

    static void checkState(String op, String name, Tensor state, DType type, long... shape) {
        if (!java.util.Arrays.equals(state.shape().toArray(), shape)) {
            throw Check.shape(op, "the state must have a row for each sample, in each layer and direction")
                    .expected(shape)
                    .operand(name, state.dtype(), state.shape().toArray())
                    .error();
        }
        checkType(op, name, state, type);
    }

    private static void checkType(String op, String name, Tensor tensor, DType type) {
        if (tensor.dtype() != type) {
            throw Check.dtype(op, "input and state must have the dtype of the parameters")
                    .expected(type)
                    .operand(name, tensor.dtype(), tensor.shape().toArray())
                    .hint("Convert with to(DType." + type.name() + ").")
                    .error();
        }
    }
}
