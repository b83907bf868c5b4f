package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.map;

import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Reduction;
import java.util.Locale;

/** Activations and losses. */
final class NnCalls {
    private NnCalls() {}

    static void fill() {
        map("F.relu", Tensor::relu);
        map("F.sigmoid", Tensor::sigmoid);
        map("F.tanh", Tensor::tanh);
        add("F.softmax", a -> a.only("dim").tensor(0).softmax(a.dim(1, "dim", -1)));
        add("F.log_softmax", a -> a.only("dim").tensor(0).logSoftmax(a.dim(1, "dim", -1)));
        add("F.mse_loss", a -> Functional.mseLoss(a.tensor(0), a.tensor(1), reduction(a)));
        add("F.l1_loss", a -> Functional.l1Loss(a.tensor(0), a.tensor(1), reduction(a)));
        add("F.nll_loss", a -> Functional.nllLoss(a.tensor(0), classes(a), reduction(a)));
        add("F.cross_entropy", a -> Functional.crossEntropy(a.tensor(0), classes(a), reduction(a)));
    }

    private static Tensor classes(Arguments a) {
        if (a.tensor(1).isFloatingPoint()) {
            throw new Unsupported("probabilities as target");
        }
        return a.tensor(1);
    }

    private static Reduction reduction(Arguments a) {
        Object name = a.only("reduction").named().get("reduction");
        return name == null ? Reduction.MEAN : Reduction.valueOf(((String) name).toUpperCase(Locale.ROOT));
    }
}
