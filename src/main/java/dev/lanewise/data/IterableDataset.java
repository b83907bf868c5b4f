package dev.lanewise.data;

import dev.lanewise.Tensor;
import java.util.Iterator;

/**
 * Samples that come one after the other, for example lines of a file or what a network sends.
 *
 * <p>With worker threads each of them goes through an iterator of its own, so that every sample comes once per worker
 * unless the iterator asks {@link WorkerInfo#current()} which part is its. Source: PyTorch's
 * {@code torch.utils.data.IterableDataset}.
 */
@FunctionalInterface
public interface IterableDataset extends Iterable<Tensor[]> {
    /** Begins a pass; {@code next()} gives the tensors of a sample. */
    @Override
    Iterator<Tensor[]> iterator();
}
