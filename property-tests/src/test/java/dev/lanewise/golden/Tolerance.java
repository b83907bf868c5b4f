package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.Collection;
import java.util.Map;

/**
 * How far a result may be from the recorded one: |x - y| ≤ absolute + relative · |y|.
 *
 * <p>The figures per dtype are those of {@code torch.testing}, but for float64, where recorded and own functions come from
 * different math libraries. Families whose results are sums of many rounded terms have more; a case may state its own.
 */
record Tolerance(double relative, double absolute) {
    private static final Map<DType, Tolerance> BY_DTYPE = Map.of(
            DType.FLOAT32, new Tolerance(1.3e-6, 1e-5),
            DType.FLOAT64, new Tolerance(1e-7, 1e-7),
            DType.FLOAT16, new Tolerance(2e-3, 1e-3),
            DType.BFLOAT16, new Tolerance(1.6e-2, 1e-2));

    private static final Map<String, Double> BY_FAMILY = Map.of(
            "reduce", 3.0, "matmul", 10.0, "linalg", 20.0, "double_grad", 10.0, "norm", 5.0, "nn", 10.0, "conv", 20.0);

    private static final Tolerance EXACT = new Tolerance(0, 0);

    /** The tolerance of a family, for the coarsest dtype that takes part. */
    static Tolerance of(String family, Collection<Tensor> among) {
        Tolerance widest = EXACT;
        for (Tensor tensor : among) {
            Tolerance own = BY_DTYPE.getOrDefault(tensor.dtype(), EXACT);
            widest = own.relative > widest.relative ? own : widest;
        }
        double scale = BY_FAMILY.getOrDefault(family, 1.0);
        return new Tolerance(widest.relative * scale, widest.absolute * scale);
    }

    /** True if a value is near enough; NaN is near NaN alone. */
    boolean allows(double expected, double got) {
        return Double.compare(expected, got) == 0
                || expected == got
                || Math.abs(expected - got) <= absolute + relative * Math.abs(expected);
    }
}
