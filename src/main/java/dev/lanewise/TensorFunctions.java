package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** Functions of one tensor: exponentials, logarithms, trigonometry, rounding, special functions, and their in-place forms. */
abstract class TensorFunctions extends TensorMath {
    TensorFunctions(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }
}
