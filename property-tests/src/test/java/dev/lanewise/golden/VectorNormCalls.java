package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Linalg;

/** The norm of vectors, which is recorded among linear algebra. */
final class VectorNormCalls {
    private VectorNormCalls() {}

    static void fill() {
        Calls.add("torch.linalg.vector_norm", a -> {
            a.only("ord", "dim", "keepdim", "dtype");
            Number order = a.has(1, "ord") ? a.number(1, "ord") : Integer.valueOf(2);
            DType dtype = (DType) ReduceCalls.given(a, 4, "dtype");
            boolean keep = ReduceCalls.flag(a, 3, "keepdim", false);
            return Linalg.vectorNorm(a.tensor(0), order, ReduceCalls.dims(a, 2), keep, dtype);
        });
    }
}
