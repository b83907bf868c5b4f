package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/** Normalisation by mean and variance. */
final class Normalization {
    private Normalization() {}

    static Tensor layerNorm(Tensor input, long[] normalizedShape, Tensor weight, Tensor bias, double eps) {
        check(input, normalizedShape, weight, bias);
        DType type = input.dtype();
        boolean half = type == DType.FLOAT16 || type == DType.BFLOAT16;
        Tensor x = half ? input.to(DType.FLOAT32) : input;
        int[] dims = new int[normalizedShape.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = input.dim() - dims.length + i;
        }
        Tensor centered = x.sub(x.meanKeepDim(dims));
        Tensor out = centered.div(centered.square().meanKeepDim(dims).add(eps).sqrt());
        out = weight == null ? out : out.mul(weight);
        out = bias == null ? out : out.add(bias);
        return out.to(type);
    }

    private static void check(Tensor input, long[] normalizedShape, Tensor weight, Tensor bias) {
        int count = normalizedShape.length;
        long[] sizes = input.shape().toArray();
        boolean fits = count > 0
                && count <= sizes.length
                && Arrays.equals(normalizedShape, Arrays.copyOfRange(sizes, sizes.length - count, sizes.length));
        for (Tensor one : new Tensor[] {weight, bias}) {
            fits &= one == null || Arrays.equals(one.shape().toArray(), normalizedShape);
        }
        if (!fits) {
            throw Check.shape("layerNorm", "the input must end in the normalized shape, which weight and bias have")
                    .expected("normalized shape " + Arrays.toString(normalizedShape))
                    .operand("input", input.dtype(), sizes)
                    .error();
        }
        if (!input.isFloatingPoint()) {
            throw Check.dtype("layerNorm", "the input must be floating point")
                    .operand("input", input.dtype(), sizes)
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
    }
}
