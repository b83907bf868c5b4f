package dev.lanewise.data;

import dev.lanewise.Generator;
import java.util.PrimitiveIterator;

/** Given sample numbers in random order. Source: PyTorch's {@code torch.utils.data.SubsetRandomSampler}. */
public final class SubsetRandomSampler implements Sampler {
    private final long[] indices;
    private final Generator generator;

    /** Draws the order from the default generator. */
    public SubsetRandomSampler(long... indices) {
        this(null, indices);
    }

    /** Draws the order from a generator, or from the default one if it is null. */
    public SubsetRandomSampler(Generator generator, long... indices) {
        this.generator = generator;
        this.indices = indices.clone();
    }

    @Override
    public long size() {
        return indices.length;
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
                long[] order = source.randperm(indices.length);
                for (int i = 0; i < order.length; i++) {
                    order[i] = indices[(int) order[i]];
                }
                return order;
            }
        };
    }
}
