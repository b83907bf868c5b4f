package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/**
 * A multi-dimensional array of one {@link DType}, off-heap, with automatic gradients: PyTorch's tensor for the JVM.
 *
 * <p>Names are PyTorch's in camelCase; a name that ends in {@code _} changes the tensor itself. Sizes are {@code long},
 * dimensions {@code int}, and a negative dimension counts from the end. Views share memory with the tensor they were taken
 * from; their methods say so. Memory is freed when the tensor is closed, when the {@link Scope} it was made in closes, or
 * when it is no longer reachable.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 4}}).requiresGrad_();
 * x.mul(x).sum().backward();
 * System.out.println(x.grad());
 * }</pre>
 */
public class Tensor extends TensorDraws {
    /** A tensor over a storage; for the library's own packages, the types are not exported. */
    @SuppressWarnings("exports") // modules outside cannot call it, and need not
    public Tensor(Storage storage, View view) {
        super(storage, view, null);
    }

    /** A view of another tensor; for the library's own packages, the types are not exported. */
    @SuppressWarnings("exports") // modules outside cannot call it, and need not
    public Tensor(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    /** A second handle on the memory of another tensor, outside its graph; for subclasses. */
    protected Tensor(Tensor data) {
        super(data.storage(), data.view(), null);
    }

    /** A copy with the same dtype and memory order; part of the graph. */
    @Override
    public final Tensor clone() {
        return copied();
    }

    /** The text PyTorch prints for the tensor, for example {@code tensor([1., 2.], requires_grad=True)}. */
    @Override
    public String toString() {
        return TensorText.of(this);
    }
}
