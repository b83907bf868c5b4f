package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.text.PythonText;

/** What batch and instance norm have in common: a scale and shift per channel and running statistics. */
abstract class BatchStatistics extends Module {
    private final long features;
    private NormOptions options;

    BatchStatistics(long features, NormOptions options) {
        this.features = features;
        this.options = options;
        DType type = options.dtype();
        if (options.affine()) {
            registerParameter("weight", Tensor.ones(type, features));
            registerParameter("bias", Tensor.zeros(type, features));
        }
        if (options.trackRunningStats()) {
            registerBuffer("running_mean", Tensor.zeros(type, features));
            registerBuffer("running_var", Tensor.ones(type, features));
            registerBuffer("num_batches_tracked", Tensor.zeros(DType.INT64));
        }
    }

    /** Sets mean 0, variance 1 and no batches seen. */
    public void resetRunningStats() {
        if (options.trackRunningStats()) {
            buffer("running_mean").zero_();
            buffer("running_var").fill_(1);
            buffer("num_batches_tracked").zero_();
        }
    }

    /** Sets scale 1, shift 0 and the running statistics as {@link #resetRunningStats()} does. */
    public void resetParameters() {
        resetRunningStats();
        if (options.affine()) {
            Init.ones_(weight());
            Init.zeros_(bias());
        }
    }

    /** The scale, {@code [features]}, or null if the layer has none. */
    public Parameter weight() {
        return options.affine() ? parameter("weight") : null;
    }

    /** The shift, {@code [features]}, or null if the layer has none. */
    public Parameter bias() {
        return options.affine() ? parameter("bias") : null;
    }

    final NormOptions options() {
        return options;
    }

    final void setOptions(NormOptions next) {
        options = next;
    }

    final long features() {
        return features;
    }

    /** A running statistic, or null if none is kept. */
    final Tensor running(String name) {
        return options.trackRunningStats() ? buffer(name) : null;
    }

    /** Batch norm of an input of one of two ranks. */
    final Tensor batchNormed(Tensor input, int rank, int other) {
        checkRank(input, rank, other);
        boolean tracks = options.trackRunningStats();
        double momentum = options.momentum() == null ? 0 : options.momentum();
        if (isTraining() && tracks) {
            Tensor count = buffer("num_batches_tracked").add_(1);
            momentum = options.momentum() == null ? 1 / count.item() : momentum;
        }
        return Functional.batchNorm(
                input,
                running("running_mean"),
                running("running_var"),
                weight(),
                bias(),
                isTraining() || !tracks,
                momentum,
                options.eps());
    }

    /** Instance norm of an input with a batch dimension, or without. */
    final Tensor instanceNormed(Tensor input, int rank) {
        checkRank(input, rank - 1, rank);
        Tensor out = Functional.instanceNorm(
                input.dim() == rank ? input : input.unsqueeze(0),
                running("running_mean"),
                running("running_var"),
                weight(),
                bias(),
                isTraining() || !options.trackRunningStats(),
                options.momentum() == null ? 0 : options.momentum(),
                options.eps());
        return input.dim() == rank ? out : out.squeeze(0);
    }

    private void checkRank(Tensor input, int rank, int other) {
        if (input.dim() != rank && input.dim() != other) {
            String ranks = rank == other ? rank + "" : rank + " or " + other;
            throw Check.shape(getClass().getSimpleName(), "the input must have " + ranks + " dimensions")
                    .got(input.dim())
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
    }

    @Override
    protected String extraRepr() {
        String momentum = options.momentum() == null ? "None" : PythonText.of(options.momentum());
        return features + ", eps=" + PythonText.of(options.eps()) + ", momentum=" + momentum + ", affine="
                + PythonText.of(options.affine()) + ", track_running_stats="
                + PythonText.of(options.trackRunningStats());
    }
}
