package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/** Rearrangements: joins, splits, flips, triangles, diagonals, padding. */
abstract class TensorShapes extends TensorSorting {
    TensorShapes(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }
}
