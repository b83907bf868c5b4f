package dev.lanewise.data;

import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/**
 * An order in which whole batches of sample numbers are visited; each {@link #iterator()} is one pass.
 *
 * <p>Source: PyTorch's {@code torch.utils.data.BatchSampler}.
 */
public interface BatchSampler {
    /** Number of batches in a pass. */
    long size();

    /** Begins a pass: the numbers of the samples of each batch, at least one. */
    Iterator<long[]> iterator();

    /**
     * The numbers of a sampler cut into batches, drawn as the pass goes on.
     *
     * @param batchSize samples in a batch, at least 1
     * @param dropLast true to leave out a last batch that is smaller than the others
     */
    static BatchSampler of(Sampler sampler, long batchSize, boolean dropLast) {
        if (batchSize < 1 || batchSize > Integer.MAX_VALUE) {
            throw Check.argument("BatchSampler", "batch size must be at least 1")
                    .got(batchSize)
                    .error();
        }
        return new BatchSampler() {
            @Override
            public long size() {
                long samples = sampler.size();
                long whole = samples / batchSize;
                return dropLast || samples % batchSize == 0 ? whole : whole + 1;
            }

            @Override
            public Iterator<long[]> iterator() {
                // One more than there are, so that a larger batch still asks for the sample after the last.
                return new Cut(sampler.iterator(), (int) Math.min(batchSize, sampler.size() + 1), dropLast);
            }
        };
    }

    /** Sample numbers in batches. */
    final class Cut implements Iterator<long[]> {
        private final PrimitiveIterator.OfLong numbers;
        private final int batchSize;
        private final boolean dropLast;
        private long[] ready;

        private Cut(PrimitiveIterator.OfLong numbers, int batchSize, boolean dropLast) {
            this.numbers = numbers;
            this.batchSize = batchSize;
            this.dropLast = dropLast;
        }

        @Override
        public boolean hasNext() {
            if (ready == null) {
                ready = advance();
            }
            return ready != null;
        }

        @Override
        public long[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException("DataLoader: the pass is over.");
            }
            long[] batch = ready;
            ready = null;
            return batch;
        }

        private long[] advance() {
            long[] batch = new long[batchSize];
            for (int i = 0; i < batchSize; i++) {
                if (!numbers.hasNext()) {
                    return i == 0 || dropLast ? null : Arrays.copyOf(batch, i);
                }
                batch[i] = numbers.nextLong();
            }
            return batch;
        }
    }
}
