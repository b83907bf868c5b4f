package dev.lanewise.data;

import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * The samples in their own order.
 *
 * @param size number of samples
 */
public record SequentialSampler(long size) implements Sampler {
    @Override
    public PrimitiveIterator.OfLong iterator() {
        return LongStream.range(0, size).iterator();
    }
}
