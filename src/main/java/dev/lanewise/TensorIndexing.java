package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** Reading and writing at positions held in tensors. */
abstract class TensorIndexing extends TensorShapes {
    TensorIndexing(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }
}
