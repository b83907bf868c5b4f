package dev.lanewise.nn;

import dev.lanewise.DType;

/** The last layer of an attention, under the name that PyTorch prints for it. */
final class NonDynamicallyQuantizableLinear extends Linear {
    NonDynamicallyQuantizableLinear(long features, boolean bias, DType dtype) {
        super(features, features, dtype(dtype).bias(bias));
    }
}
