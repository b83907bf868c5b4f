package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** Order: sorting, the largest elements, distinct elements, searching. */
abstract class TensorSorting extends TensorStatistics {
    TensorSorting(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }
}
