package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/** The functions of {@link Functional} that networks of attention are made of. */
abstract class AttentionFunctions {
    AttentionFunctions() {}

    /** {@code softmax(q·kᵀ / √E)·v}; see the form with all parameters. */
    public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
        return scaledDotProductAttention(query, key, value, null, 0, false);
    }

    /**
     * {@code dropout(softmax(q·kᵀ / √E + mask))·v}.
     *
     * <p>A query whose keys are all masked gives NaN. Source: A. Vaswani et al., "Attention is all you need", 2017.
     *
     * @param query {@code [..., T, E]}
     * @param key {@code [..., S, E]}
     * @param value {@code [..., S, V]}
     * @param mask null, or broadcast to {@code [..., T, S]}: BOOL, true where a key takes part, or numbers to be added
     * @param dropout probability with which a weight is set to 0; draws as {@link Functional#dropout}
     * @param isCausal true if query i takes keys 0 to i only; then there is no mask
     * @return {@code [..., T, V]}
     */
    public static Tensor scaledDotProductAttention(
            Tensor query, Tensor key, Tensor value, Tensor mask, double dropout, boolean isCausal) {
        return Attention.scaled(query, key, value, mask, dropout, isCausal);
    }

    /**
     * {@code x / √(mean(x²) + eps) · weight} over the last dimensions.
     *
     * <p>Half types are computed in FLOAT32. Source: B. Zhang, R. Sennrich, "Root mean square layer normalization", 2019.
     *
     * @param normalizedShape the last sizes of the input
     * @param weight of the normalized shape, or null
     * @param eps null for the distance from 1 to the next number of the input's dtype
     */
    public static Tensor rmsNorm(Tensor input, long[] normalizedShape, Tensor weight, Double eps) {
        long[] sizes = input.shape().toArray();
        int count = normalizedShape.length;
        boolean fits = count > 0
                && count <= sizes.length
                && Arrays.equals(normalizedShape, Arrays.copyOfRange(sizes, sizes.length - count, sizes.length));
        if (!fits || weight != null && !Arrays.equals(weight.shape().toArray(), normalizedShape)) {
            throw Check.shape("rmsNorm", "the input must end in the normalized shape, which the weight has")
                    .expected("normalized shape " + Arrays.toString(normalizedShape))
                    .operand("input", input.dtype(), sizes)
                    .error();
        }
        if (!input.isFloatingPoint()) {
            throw Check.dtype("rmsNorm", "the input must be floating point")
                    .operand("input", input.dtype(), sizes)
                    .error();
        }
        int[] dims = new int[count];
        Arrays.setAll(dims, i -> sizes.length - count + i);
        boolean half = input.dtype() == DType.FLOAT16 || input.dtype() == DType.BFLOAT16;
        Tensor x = half ? input.to(DType.FLOAT32) : input;
        double added = eps == null ? precision(input.dtype()) : eps;
        Tensor out = x.mul(x.mul(x).meanKeepDim(dims).add(added).rsqrt());
        return (weight == null ? out : out.mul(weight)).to(input.dtype());
    }

    private static double precision(DType type) {
        return switch (type) {
            case FLOAT64 -> 0x1p-52;
            case FLOAT16 -> 0x1p-10;
            case BFLOAT16 -> 0x1p-7;
            default -> 0x1p-23;
        };
    }
}
