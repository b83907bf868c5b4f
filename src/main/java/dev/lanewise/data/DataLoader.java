package dev.lanewise.data;

import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Iterator;

/**
 * Hands out a data set in batches, pass after pass, in PyTorch's order for the same seed.
 *
 * <pre>{@code
 * DataLoader loader = new DataLoader(new TensorDataset(x, y), DataLoader.batchSize(16).shuffle(true));
 * for (Tensor[] batch : loader) { Tensor input = batch[0], target = batch[1]; ... }
 * }</pre>
 *
 * <p>Every {@link #iterator()} is one pass over the data. What a pass draws: one 64-bit number as it begins, shuffled
 * or not; and if it is shuffled, with the default generator another one that seeds a private generator for the order,
 * with a generator of its own the order, and one more permutation when the samples are used up. Source: PyTorch's
 * {@code torch.utils.data.DataLoader} and {@code RandomSampler} without worker processes.
 */
public final class DataLoader implements Iterable<Tensor[]> {
    private final Dataset dataset;
    private final Options options;
    private final Sampler sampler;

    /**
     * How batches are made; immutable, each method gives a changed copy. Begin with {@link DataLoader#batchSize}.
     *
     * @param batchSize samples in a batch, at least 1
     * @param shuffle true for a new random order in every pass, false for the data set's own
     * @param dropLast true to leave out a last batch that is smaller than the others
     * @param generator draws the order; null for the default generator
     * @param sampler the order of the samples; null for what {@code shuffle} says
     */
    public record Options(long batchSize, boolean shuffle, boolean dropLast, Generator generator, Sampler sampler) {
        /** Checks the batch size, and that a sampler is not shuffled. */
        public Options {
            if (shuffle && sampler != null) {
                throw Check.argument("DataLoader", "a loader with a sampler must not be shuffled")
                        .hint("The sampler alone decides the order.")
                        .error();
            }
            if (batchSize < 1 || batchSize > Integer.MAX_VALUE) {
                throw Check.argument("DataLoader", "batch size must be at least 1")
                        .got(batchSize)
                        .error();
            }
        }

        /** These options with or without a new random order in every pass. */
        public Options shuffle(boolean value) {
            return new Options(batchSize, value, dropLast, generator, sampler);
        }

        /** These options with or without leaving out a smaller last batch. */
        public Options dropLast(boolean value) {
            return new Options(batchSize, shuffle, value, generator, sampler);
        }

        /** These options with a generator for the order, as PyTorch's {@code generator=}. */
        public Options generator(Generator value) {
            return new Options(batchSize, shuffle, dropLast, value, sampler);
        }

        /** These options with an order of the samples, as PyTorch's {@code sampler=}. */
        public Options sampler(Sampler value) {
            return new Options(batchSize, shuffle, dropLast, generator, value);
        }
    }

    /** A loader of a data set; a shuffled one must not be empty. */
    public DataLoader(Dataset dataset, Options options) {
        if (options.shuffle() && dataset.size() == 0) {
            throw Check.argument("DataLoader", "a shuffled data set must have at least one sample")
                    .got(0)
                    .error();
        }
        this.dataset = dataset;
        this.options = options;
        this.sampler = sampler(dataset.size(), options);
    }

    private static Sampler sampler(long samples, Options options) {
        if (options.sampler() != null) {
            return options.sampler();
        }
        return options.shuffle() ? new RandomSampler(samples, options.generator()) : new SequentialSampler(samples);
    }

    /** Options for batches of the given size: in order, the last one as large as it comes, the default generator. */
    public static Options batchSize(long batchSize) {
        return new Options(batchSize, false, false, null, null);
    }

    /** The data set. */
    public Dataset dataset() {
        return dataset;
    }

    /** The options. */
    public Options options() {
        return options;
    }

    /** Number of batches in a pass. */
    public long size() {
        long samples = sampler.size();
        long whole = samples / options.batchSize();
        return options.dropLast() || samples % options.batchSize() == 0 ? whole : whole + 1;
    }

    /**
     * Begins a pass that hands out batches: for each position of a sample one tensor with dimension 0 for the batch.
     */
    @Override
    public Iterator<Tensor[]> iterator() {
        Pass pass = new Pass(options, sampler);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pass.hasNext();
            }

            @Override
            public Tensor[] next() {
                return dataset.batch(pass.next());
            }
        };
    }

    /** Passes that hand out the numbers of the samples in each batch instead of the samples; draws the same numbers. */
    public Iterable<long[]> batchIndices() {
        return () -> new Pass(options, sampler);
    }
}
