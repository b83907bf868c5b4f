package dev.lanewise.data;

import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples by number, each of them one or more tensors, for example an image and its label.
 *
 * <p>Source: PyTorch's map-style {@code torch.utils.data.Dataset}.
 */
public interface Dataset {
    /** Number of samples. */
    long size();

    /** The tensors of one sample, {@code index} from 0 to {@code size() - 1}. */
    Tensor[] get(long index);

    /**
     * The tensors of several samples, those of each position stacked along a new dimension 0.
     *
     * <p>Allocates. A data set that can do better than one sample at a time overrides this.
     */
    default Tensor[] batch(long[] indices) {
        List<Tensor[]> samples = new ArrayList<>(indices.length);
        for (long index : indices) {
            samples.add(get(index));
        }
        return Collate.stack(samples);
    }
}
