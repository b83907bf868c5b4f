package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** Arithmetic of two and three tensors beyond the basic operations, logic, bits and closeness, and their in-place forms. */
abstract class TensorArithmetic extends TensorFunctions {
    TensorArithmetic(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }
}
