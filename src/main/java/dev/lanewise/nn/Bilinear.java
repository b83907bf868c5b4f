package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.text.PythonText;

/**
 * A form of two inputs; see {@link Functional#bilinear}.
 *
 * <p>Parameters {@code weight [out, in1, in2]} and {@code bias [out]}, drawn uniformly between {@code ±1/√in1}. Source:
 * PyTorch's {@code torch.nn.Bilinear}.
 */
public final class Bilinear extends Module {
    private final long in1Features;
    private final long in2Features;
    private final long outFeatures;
    private final boolean bias;

    /** A FLOAT32 layer with bias. */
    public Bilinear(long in1Features, long in2Features, long outFeatures) {
        this(in1Features, in2Features, outFeatures, true, DType.FLOAT32);
    }

    /** A layer with all parameters. */
    public Bilinear(long in1Features, long in2Features, long outFeatures, boolean bias, DType dtype) {
        if (in1Features < 1 || in2Features < 0 || outFeatures < 0) {
            throw Check.argument("Bilinear", "numbers of features must not be negative, the first not 0")
                    .got(in1Features + ", " + in2Features + " and " + outFeatures)
                    .error();
        }
        this.in1Features = in1Features;
        this.in2Features = in2Features;
        this.outFeatures = outFeatures;
        this.bias = bias;
        registerParameter("weight", Tensor.empty(dtype, outFeatures, in1Features, in2Features));
        if (bias) {
            registerParameter("bias", Tensor.empty(dtype, outFeatures));
        }
        resetParameters();
    }

    /** Draws the parameters anew from the default generator. */
    public void resetParameters() {
        double bound = 1 / Math.sqrt((double) in1Features);
        parameters().forEach(parameter -> Init.uniform_(parameter, -bound, bound));
    }

    /** The weight. */
    public Parameter weight() {
        return parameter("weight");
    }

    /** The bias, or null if the layer has none. */
    public Parameter bias() {
        return bias ? parameter("bias") : null;
    }

    /** The form of {@code [..., in1]} and {@code [..., in2]}, {@code [..., out]}. */
    public Tensor forward(Tensor input1, Tensor input2) {
        return noted(input1, Functional.bilinear(input1, input2, weight(), bias()));
    }

    @Override
    protected String extraRepr() {
        return "in1_features=" + in1Features + ", in2_features=" + in2Features + ", out_features=" + outFeatures
                + ", bias=" + PythonText.of(bias);
    }
}
