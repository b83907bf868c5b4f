package dev.lanewise.data;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one batch of several samples. Source: PyTorch's {@code collate_fn} and {@code default_collate}.
 *
 * <p>With worker threads it is called by several threads at once.
 */
@FunctionalInterface
public interface Collate {
    /** The tensors of the batch; {@code samples} has at least one sample, each with its tensors. */
    Tensor[] batch(List<Tensor[]> samples);

    /**
     * The tensors of each position stacked along a new dimension 0.
     *
     * <p>Allocates. IllegalArgumentException if the samples differ in the number of tensors, ShapeException if those of one
     * position differ in shape.
     */
    static Tensor[] stack(List<Tensor[]> samples) {
        int width = samples.isEmpty() ? 0 : samples.get(0).length;
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).length != width) {
                throw Check.argument("batch", "all samples must have the same number of tensors")
                        .expected(width)
                        .got(samples.get(i).length)
                        .operand("sample", "number " + i + " of the batch")
                        .error();
            }
        }
        Tensor[] out = new Tensor[width];
        for (int k = 0; k < width; k++) {
            List<Tensor> column = new ArrayList<>();
            for (Tensor[] sample : samples) {
                column.add(sample[k]);
            }
            out[k] = Tensor.stack(column, 0);
        }
        return out;
    }
}
