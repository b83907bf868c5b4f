package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.text.PythonText;

/**
 * A fully connected layer: {@code y = x·Wᵀ + b}.
 *
 * <p>Input {@code [..., inFeatures]}, output {@code [..., outFeatures]}. Parameters: {@code weight} of shape
 * {@code [outFeatures, inFeatures]} and {@code bias} of shape {@code [outFeatures]}, both drawn uniformly between
 * {@code ±1/√inFeatures}, the weight first, with PyTorch's draws. Source: PyTorch's {@code torch.nn.Linear}.
 */
public sealed class Linear extends Module permits NonDynamicallyQuantizableLinear {
    private final long inFeatures;
    private final long outFeatures;
    private final Options options;

    /**
     * How a layer is made; immutable, each method gives a changed copy. Begin with {@link Linear#bias} or
     * {@link Linear#dtype}.
     *
     * @param bias true to add a learned bias
     * @param dtype floating-point dtype of the parameters
     */
    public record Options(boolean bias, DType dtype) {
        /** These options with or without bias. */
        public Options bias(boolean value) {
            return new Options(value, dtype);
        }

        /** These options with another dtype. */
        public Options dtype(DType value) {
            return new Options(bias, value);
        }
    }

    /** A FLOAT32 layer with bias. */
    public Linear(long inFeatures, long outFeatures) {
        this(inFeatures, outFeatures, bias(true));
    }

    /** A FLOAT32 layer with or without bias. */
    public Linear(long inFeatures, long outFeatures, boolean bias) {
        this(inFeatures, outFeatures, bias(bias));
    }

    /** A layer with other options than the usual ones. */
    public Linear(long inFeatures, long outFeatures, Options options) {
        if (inFeatures < 0 || outFeatures < 0) {
            throw Check.argument("Linear", "numbers of features must not be negative")
                    .got(inFeatures + " and " + outFeatures)
                    .error();
        }
        this.inFeatures = inFeatures;
        this.outFeatures = outFeatures;
        this.options = options;
        registerParameter("weight", Tensor.empty(options.dtype(), outFeatures, inFeatures));
        if (options.bias()) {
            registerParameter("bias", Tensor.empty(options.dtype(), outFeatures));
        }
        resetParameters();
    }

    /** Options with or without bias, in FLOAT32. */
    public static Options bias(boolean bias) {
        return new Options(bias, DType.FLOAT32);
    }

    /** Options with a dtype, with bias. */
    public static Options dtype(DType dtype) {
        return new Options(true, dtype);
    }

    /** Draws the parameters anew from the default generator. */
    public void resetParameters() {
        Init.kaimingUniform_(weight(), Math.sqrt(5));
        if (options.bias()) {
            double bound = inFeatures > 0 ? 1 / Math.sqrt((double) inFeatures) : 0;
            Init.uniform_(bias(), -bound, bound);
        }
    }

    /** The weight, {@code [outFeatures, inFeatures]}. */
    public Parameter weight() {
        return parameter("weight");
    }

    /** The bias, {@code [outFeatures]}, or null if the layer has none. */
    public Parameter bias() {
        return options.bias() ? parameter("bias") : null;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.linear(input, weight(), bias()));
    }

    @Override
    protected String extraRepr() {
        return "in_features=" + inFeatures + ", out_features=" + outFeatures + ", bias="
                + PythonText.of(options.bias());
    }
}
