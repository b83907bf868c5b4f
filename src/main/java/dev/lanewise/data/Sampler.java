package dev.lanewise.data;

import java.util.PrimitiveIterator;

/**
 * An order in which the samples of a data set are visited; each {@link #iterator()} is one pass.
 *
 * <p>Random samplers draw as the pass goes on, at the moments at which PyTorch's draw. Source: PyTorch's
 * {@code torch.utils.data.Sampler}.
 */
public interface Sampler {
    /** Number of samples in a pass. */
    long size();

    /** Begins a pass: the numbers of the samples. */
    PrimitiveIterator.OfLong iterator();

    /** The numbers of a whole pass, at most 2^31 - 9 of them. */
    default long[] toArray() {
        long[] out = new long[Math.toIntExact(size())];
        PrimitiveIterator.OfLong numbers = iterator();
        for (int i = 0; i < out.length; i++) {
            out[i] = numbers.nextLong();
        }
        return out;
    }
}
