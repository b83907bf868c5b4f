package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** Statistics along dimensions, norms, and running reductions. */
abstract class TensorStatistics extends TensorArithmetic {
    TensorStatistics(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }
}
