package dev.lanewise.data;

import dev.lanewise.Generator;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/** One pass of a {@link DataLoader} over the sample numbers, drawing at the moments at which PyTorch draws. */
final class Pass implements Iterator<long[]> {
    private final int batchSize;
    private final boolean dropLast;
    private final PrimitiveIterator.OfLong numbers;
    private long[] ready;

    Pass(DataLoader.Options options, Sampler sampler) {
        // One more than there are, so that a larger batch still asks for the sample after the last.
        batchSize = (int) Math.min(options.batchSize(), sampler.size() + 1);
        dropLast = options.dropLast();
        // PyTorch draws a base seed for worker processes even if there are none.
        Generator given = options.generator();
        (given == null ? Generator.defaultGenerator() : given).randomInt64();
        numbers = sampler.iterator();
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
