package dev.lanewise.data;

import dev.lanewise.Generator;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** One pass of a {@link DataLoader} over the sample numbers, drawing at the moments at which PyTorch draws. */
final class Pass implements Iterator<long[]> {
    private final long samples;
    private final DataLoader.Options options;
    private long[] order;
    private long at;
    private long[] ready;
    private boolean exhausted;

    Pass(long samples, DataLoader.Options options) {
        this.samples = samples;
        this.options = options;
        // PyTorch draws a base seed for worker processes even if there are none.
        source().randomInt64();
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
        if (options.shuffle() && order == null) {
            order = shuffled();
        }
        long left = samples - at;
        if (left < options.batchSize()) {
            exhaust();
            if (left == 0 || options.dropLast()) {
                return null;
            }
        }
        int n = (int) Math.min(left, options.batchSize());
        long[] batch = new long[n];
        if (order == null) {
            Arrays.setAll(batch, i -> at + i);
        } else {
            System.arraycopy(order, (int) at, batch, 0, n);
        }
        at += n;
        return batch;
    }

    private long[] shuffled() {
        Generator given = options.generator();
        if (given != null) {
            return given.randperm(samples);
        }
        long seed = source().randomInt64();
        return new Generator().manualSeed(seed).randperm(samples);
    }

    // PyTorch's sampler asks for a second permutation once the first is used up; a private generator's is never seen.
    private void exhaust() {
        if (!exhausted && options.shuffle() && options.generator() != null) {
            options.generator().randperm(samples);
        }
        exhausted = true;
    }

    private Generator source() {
        return options.generator() != null ? options.generator() : Generator.defaultGenerator();
    }
}
