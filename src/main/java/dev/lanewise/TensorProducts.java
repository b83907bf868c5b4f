package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** Products of matrices and vectors beyond matmul. */
abstract class TensorProducts extends TensorIndexing {
    TensorProducts(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }
}
