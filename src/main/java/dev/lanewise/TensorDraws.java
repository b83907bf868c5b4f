package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** Random numbers drawn into the tensor, or with its elements as parameters. */
abstract class TensorDraws extends TensorLinalg {
    TensorDraws(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }
}
