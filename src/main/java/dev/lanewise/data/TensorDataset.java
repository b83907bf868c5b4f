package dev.lanewise.data;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/**
 * Tensors side by side: sample i is row i, along dimension 0, of each of them.
 *
 * <p>Source: PyTorch's {@code torch.utils.data.TensorDataset}.
 */
public final class TensorDataset implements Dataset {
    private final Tensor[] tensors;

    /** A data set of one or more tensors of equal size along dimension 0; shares their memory. */
    public TensorDataset(Tensor... tensors) {
        if (tensors.length == 0) {
            throw Check.argument("TensorDataset", "there must be at least one tensor")
                    .got(0)
                    .error();
        }
        for (int i = 0; i < tensors.length; i++) {
            Tensor tensor = tensors[i];
            if (tensor.dim() == 0 || tensor.size(0) != tensors[0].size(0)) {
                throw Check.shape("TensorDataset", "all tensors must have the same size along dimension 0")
                        .operand("first", tensors[0].dtype(), tensors[0].shape().toArray())
                        .operand("tensor " + i, tensor.dtype(), tensor.shape().toArray())
                        .error();
            }
        }
        this.tensors = tensors.clone();
    }

    /** The tensors. */
    public Tensor[] tensors() {
        return tensors.clone();
    }

    @Override
    public long size() {
        return tensors[0].size(0);
    }

    /** Row {@code index} of each tensor, as views. */
    @Override
    public Tensor[] get(long index) {
        Tensor[] row = new Tensor[tensors.length];
        for (int k = 0; k < row.length; k++) {
            row[k] = tensors[k].get(index);
        }
        return row;
    }

    /** The given rows of each tensor, copied by one {@code indexSelect} per tensor. */
    @Override
    public Tensor[] batch(long[] indices) {
        Tensor index = Tensor.of(indices);
        Tensor[] rows = new Tensor[tensors.length];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = tensors[k].indexSelect(0, index);
        }
        return rows;
    }
}
