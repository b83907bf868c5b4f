package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/** A tensor of positions that a derivative will read again, and its version when it was first read. */
public final class Pinned {
    private final Tensor tensor;
    private final int version;

    /** Notes the version of now. */
    public Pinned(Tensor tensor) {
        this.tensor = tensor;
        this.version = tensor.storage().version();
    }

    /** The tensor, whatever happened to it. */
    Tensor tensor() {
        return tensor;
    }

    /** The tensor for the derivative of an op. Throws GradException if it was changed in place since. */
    Tensor unchanged(String op) {
        if (tensor.storage().version() != version) {
            throw Check.grad("backward", op + " saved its index, which was changed in place since")
                    .operand("index", tensor.dtype(), tensor.sizes())
                    .hint("Clone the index before the change.")
                    .error();
        }
        return tensor;
    }
}
