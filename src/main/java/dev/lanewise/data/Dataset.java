package dev.lanewise.data;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
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
        Tensor[][] samples = new Tensor[indices.length][];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = get(indices[i]);
            if (samples[i].length != samples[0].length) {
                throw Check.argument("batch", "all samples must have the same number of tensors")
                        .expected(samples[0].length)
                        .got(samples[i].length)
                        .operand("sample", "number " + indices[i])
                        .error();
            }
        }
        Tensor[] out = new Tensor[samples.length == 0 ? 0 : samples[0].length];
        for (int k = 0; k < out.length; k++) {
            List<Tensor> column = new ArrayList<>();
            for (Tensor[] sample : samples) {
                column.add(sample[k]);
            }
            out[k] = Tensor.stack(column, 0);
        }
        return out;
    }
}
