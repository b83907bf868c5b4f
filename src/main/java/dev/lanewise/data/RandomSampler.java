package dev.lanewise.data;

import dev.lanewise.Generator;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.PrimitiveIterator;

/**
 * Samples in random order: each once in a permutation, one permutation after the other, or with replacement.
 *
 * <p>With the default generator a pass takes one 64-bit number from it, which seeds a private generator. After the last
 * whole permutation another one is drawn for the rest, even if there is none. With replacement the numbers are drawn 32
 * at a time. Source: PyTorch's {@code torch.utils.data.RandomSampler}.
 */
public final class RandomSampler implements Sampler {
    private static final int BLOCK = 32;

    private final long samples;
    private final boolean replacement;
    private final long count;
    private final Generator generator;

    /** Each sample once. */
    public RandomSampler(long samples) {
        this(samples, false, samples, null);
    }

    /** Each sample once; {@code generator} may be null for the default one. */
    public RandomSampler(long samples, Generator generator) {
        this(samples, false, samples, generator);
    }

    /**
     * {@code count} samples in a pass.
     *
     * @param samples size of the data set, at least 1
     * @param replacement true to draw every number from all samples
     * @param generator null for the default one
     */
    public RandomSampler(long samples, boolean replacement, long count, Generator generator) {
        if (samples < 1 || count < 1) {
            throw Check.argument("RandomSampler", "there must be at least one sample and one draw")
                    .got(samples + " samples and " + count + " draws")
                    .error();
        }
        this.samples = samples;
        this.replacement = replacement;
        this.count = count;
        this.generator = generator;
    }

    @Override
    public long size() {
        return count;
    }

    @Override
    public PrimitiveIterator.OfLong iterator() {
        return new Drawn() {
            private final long length = replacement ? BLOCK : samples;
            private Generator source = generator;
            private long whole = count / length;

            @Override
            long[] draw() {
                if (source == null) {
                    source = new Generator()
                            .manualSeed(Generator.defaultGenerator().randomInt64());
                }
                if (whole < 0) {
                    return null;
                }
                int n = (int) (whole-- > 0 ? length : count % length);
                return replacement ? source.randint(0, samples, n) : Arrays.copyOf(source.randperm(samples), n);
            }
        };
    }
}
