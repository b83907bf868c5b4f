package dev.lanewise.data;

import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;

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
 * with a generator of its own the order, and one more permutation when the samples are used up. With worker threads the
 * batches are made ahead, in the same order whatever their number. Source: PyTorch's
 * {@code torch.utils.data.DataLoader} and {@code RandomSampler}.
 */
public final class DataLoader implements Iterable<Tensor[]> {
    private final Dataset dataset;
    private final IterableDataset stream;
    private final Options options;
    private final BatchSampler batches;

    /**
     * How batches are made; immutable, each method gives a changed copy. Begin with {@link DataLoader#batchSize} or
     * {@link DataLoader#batchSampler}.
     *
     * @param batchSize samples in a batch, at least 1
     * @param shuffle true for a new random order in every pass, false for the data set's own
     * @param dropLast true to leave out a last batch that is smaller than the others
     * @param generator draws the order; null for the default generator
     * @param sampler the order of the samples; null for what {@code shuffle} says
     * @param batchSampler the batches; null for what the options before say
     * @param numWorkers threads that make batches ahead; 0 to make each when it is asked for, on the asking thread
     * @param prefetchFactor how many batches each of these threads may be ahead, at least 1
     * @param collate makes a batch of samples; null for {@link Dataset#batch}, which stacks them
     */
    public record Options(
            long batchSize,
            boolean shuffle,
            boolean dropLast,
            Generator generator,
            Sampler sampler,
            BatchSampler batchSampler,
            int numWorkers,
            int prefetchFactor,
            Collate collate) {
        /** Checks the numbers, and that only one of the options decides the order. */
        public Options {
            if (shuffle && sampler != null) {
                throw Check.argument("DataLoader", "a loader with a sampler must not be shuffled")
                        .hint("The sampler alone decides the order.")
                        .error();
            }
            if (batchSampler != null && (shuffle || sampler != null || dropLast)) {
                throw Check.argument(
                                "DataLoader",
                                "a loader with a batch sampler must not be shuffled, have a sampler or drop batches")
                        .hint("The batch sampler alone decides the batches.")
                        .error();
            }
            if (batchSize < 1 || batchSize > Integer.MAX_VALUE) {
                throw Check.argument("DataLoader", "batch size must be at least 1")
                        .got(batchSize)
                        .error();
            }
            if (numWorkers < 0 || prefetchFactor < 1) {
                throw Check.argument(
                                "DataLoader",
                                "there must be no fewer than 0 workers and 1 batch that each may be ahead")
                        .got(numWorkers + " workers and " + prefetchFactor + " ahead")
                        .error();
            }
        }

        /** These options with or without a new random order in every pass. */
        public Options shuffle(boolean value) {
            return new Options(
                    batchSize, value, dropLast, generator, sampler, batchSampler, numWorkers, prefetchFactor, collate);
        }

        /** These options with or without leaving out a smaller last batch. */
        public Options dropLast(boolean value) {
            return new Options(
                    batchSize, shuffle, value, generator, sampler, batchSampler, numWorkers, prefetchFactor, collate);
        }

        /** These options with a generator for the order, as PyTorch's {@code generator=}. */
        public Options generator(Generator value) {
            return new Options(
                    batchSize, shuffle, dropLast, value, sampler, batchSampler, numWorkers, prefetchFactor, collate);
        }

        /** These options with an order of the samples, as PyTorch's {@code sampler=}. */
        public Options sampler(Sampler value) {
            return new Options(
                    batchSize, shuffle, dropLast, generator, value, batchSampler, numWorkers, prefetchFactor, collate);
        }

        /** These options with threads that make batches ahead, as PyTorch's {@code num_workers=}; 0 for none. */
        public Options numWorkers(int value) {
            return new Options(
                    batchSize, shuffle, dropLast, generator, sampler, batchSampler, value, prefetchFactor, collate);
        }

        /** These options with another number of batches that each worker may be ahead, as {@code prefetch_factor=}. */
        public Options prefetchFactor(int value) {
            return new Options(
                    batchSize, shuffle, dropLast, generator, sampler, batchSampler, numWorkers, value, collate);
        }

        /** These options with a function that makes a batch of samples, as PyTorch's {@code collate_fn=}. */
        public Options collate(Collate value) {
            return new Options(
                    batchSize, shuffle, dropLast, generator, sampler, batchSampler, numWorkers, prefetchFactor, value);
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
        this.stream = null;
        this.options = options;
        this.batches = batches(dataset.size(), options);
    }

    /**
     * A loader of samples that come one after the other, whose order is theirs: it is not shuffled and has no sampler.
     *
     * <p>With worker threads, batches of their iterators are handed out in turn; see {@link WorkerInfo}.
     */
    public DataLoader(IterableDataset stream, Options options) {
        if (options.shuffle() || options.sampler() != null || options.batchSampler() != null) {
            throw Check.argument("DataLoader", "an iterable data set must not be shuffled or have a sampler")
                    .hint("Its iterator alone decides the order.")
                    .error();
        }
        this.dataset = null;
        this.stream = stream;
        this.options = options;
        this.batches = null;
    }

    private static BatchSampler batches(long samples, Options options) {
        if (options.batchSampler() != null) {
            return options.batchSampler();
        }
        Sampler sampler = options.sampler();
        if (sampler == null) {
            sampler = options.shuffle()
                    ? new RandomSampler(samples, options.generator())
                    : new SequentialSampler(samples);
        }
        return BatchSampler.of(sampler, options.batchSize(), options.dropLast());
    }

    /** Options for batches of the given size: in order, the last one as large as it comes, the default generator. */
    public static Options batchSize(long batchSize) {
        return new Options(batchSize, false, false, null, null, null, 0, 2, null);
    }

    /** Options for batches that the sampler decides, as PyTorch's {@code batch_sampler=}. */
    public static Options batchSampler(BatchSampler batchSampler) {
        return new Options(1, false, false, null, null, batchSampler, 0, 2, null);
    }

    /** The data set; null if it is an iterable one. */
    public Dataset dataset() {
        return dataset;
    }

    /** The options. */
    public Options options() {
        return options;
    }

    /** Number of batches in a pass; UnsupportedOperationException for an iterable data set, which has no size. */
    public long size() {
        if (batches == null) {
            throw new UnsupportedOperationException("DataLoader: an iterable data set has no size.");
        }
        return batches.size();
    }

    /**
     * Begins a pass that hands out batches: for each position of a sample one tensor with dimension 0 for the batch.
     *
     * <p>With workers their batches are made on other threads, so they belong to no scope. What a data set throws there is
     * thrown by {@code hasNext()} or {@code next()} of the pass.
     */
    @Override
    public Iterator<Tensor[]> iterator() {
        long seed = seed();
        int workers = options.numWorkers();
        if (stream != null) {
            return workers == 0 ? stacks() : new Prefetch(workers, options.prefetchFactor(), seed, streams(workers));
        }
        Iterator<long[]> pass = batches.iterator();
        if (workers > 0) {
            return new Prefetch(workers, options.prefetchFactor(), seed, worker -> {
                if (!pass.hasNext()) {
                    return null;
                }
                long[] numbers = pass.next();
                return () -> batch(numbers);
            });
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pass.hasNext();
            }

            @Override
            public Tensor[] next() {
                return batch(pass.next());
            }
        };
    }

    /** Passes that hand out the numbers of the samples in each batch instead of the samples; draws the same numbers. */
    public Iterable<long[]> batchIndices() {
        if (batches == null) {
            throw new UnsupportedOperationException("DataLoader: samples of an iterable data set have no numbers.");
        }
        return () -> {
            seed();
            return batches.iterator();
        };
    }

    /** PyTorch draws a seed for its workers even if there are none. */
    private long seed() {
        Generator given = options.generator();
        return (given == null ? Generator.defaultGenerator() : given).randomInt64();
    }

    private Tensor[] batch(long[] numbers) {
        if (options.collate() == null) {
            return dataset.batch(numbers);
        }
        List<Tensor[]> samples = new ArrayList<>(numbers.length);
        for (long number : numbers) {
            samples.add(dataset.get(number));
        }
        return options.collate().batch(samples);
    }

    private Prefetch.Feed streams(int workers) {
        List<Iterator<Tensor[]>> passes = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            passes.add(null);
        }
        return worker -> nextOf(passes, worker);
    }

    /** The worker begins its pass on its own thread, where it can ask which worker it is. */
    private Callable<Tensor[]> nextOf(List<Iterator<Tensor[]>> passes, int worker) {
        return () -> {
            if (passes.get(worker) == null) {
                passes.set(worker, stacks());
            }
            Iterator<Tensor[]> pass = passes.get(worker);
            return pass.hasNext() ? pass.next() : null;
        };
    }

    /** One pass over the stream in batches. */
    private Iterator<Tensor[]> stacks() {
        Iterator<Tensor[]> samples = stream.iterator();
        return new Iterator<>() {
            private List<Tensor[]> ready = advance();

            @Override
            public boolean hasNext() {
                return !ready.isEmpty();
            }

            @Override
            public Tensor[] next() {
                if (ready.isEmpty()) {
                    throw new NoSuchElementException("DataLoader: the pass is over.");
                }
                List<Tensor[]> batch = ready;
                ready = advance();
                return options.collate() == null
                        ? Collate.stack(batch)
                        : options.collate().batch(batch);
            }

            private List<Tensor[]> advance() {
                List<Tensor[]> batch = new ArrayList<>();
                while (batch.size() < options.batchSize() && samples.hasNext()) {
                    batch.add(samples.next());
                }
                return options.dropLast() && batch.size() < options.batchSize() ? List.of() : batch;
            }
        };
    }
}
