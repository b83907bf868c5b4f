package dev.lanewise.testing.reference;

import java.util.function.DoubleUnaryOperator;

/** Functions of one tensor that are not elementwise ops of the registry, element by element. */
public final class RefFunctions {
    private RefFunctions() {}

    /** A floating-point tensor with NaN and the infinities replaced. */
    public static Ref nanToNum(Ref x, double nan, double posinf, double neginf) {
        return map(x, value -> {
            if (Double.isNaN(value)) {
                return nan;
            }
            return Double.isInfinite(value) ? (value > 0 ? posinf : neginf) : value;
        });
    }

    /** A function of each element, whose result is rounded to the dtype. */
    public static Ref map(Ref x, DoubleUnaryOperator f) {
        double[] values = new double[x.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = f.applyAsDouble(x.get(i));
        }
        return Ref.floating(x.dtype(), x.shape(), values);
    }
}
