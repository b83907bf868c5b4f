package dev.lanewise.data;

import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import java.util.PrimitiveIterator;

/**
 * Sample numbers drawn with weights: one {@link Tensor#multinomial} of the float64 weights per pass.
 *
 * <p>Source: PyTorch's {@code torch.utils.data.WeightedRandomSampler}.
 */
public final class WeightedRandomSampler implements Sampler {
    private final double[] weights;
    private final long count;
    private final boolean replacement;
    private final Generator generator;

    /** {@code count} numbers with replacement, from the default generator. */
    public WeightedRandomSampler(double[] weights, long count) {
        this(weights, count, true, null);
    }

    /**
     * {@code count} numbers.
     *
     * @param weights one per sample, not negative; they need not sum to 1
     * @param replacement false to draw each number once at most
     * @param generator null for the default one
     */
    public WeightedRandomSampler(double[] weights, long count, boolean replacement, Generator generator) {
        this.weights = weights.clone();
        this.count = count;
        this.replacement = replacement;
        this.generator = generator;
    }

    @Override
    public long size() {
        return count;
    }

    @Override
    public PrimitiveIterator.OfLong iterator() {
        return new Drawn() {
            private boolean drawn;

            @Override
            long[] draw() {
                if (drawn) {
                    return null;
                }
                drawn = true;
                Generator source = generator == null ? Generator.defaultGenerator() : generator;
                try (Tensor all = Tensor.fromArray(weights);
                        Tensor numbers = all.multinomial(count, replacement, source)) {
                    return numbers.toLongArray();
                }
            }
        };
    }
}
