package dev.lanewise.testing.reference;

import dev.lanewise.DType;

/** Rounded quotients and pointwise functions of three tensors, each element by its formula. */
public final class RefPointwise {
    private RefPointwise() {}

    /** The quotient of x and y² + 1, rounded down or toward zero. */
    public static Ref quotient(Ref x, Ref y, boolean down) {
        double[] floating = new double[x.numel()];
        long[] whole = new long[x.numel()];
        boolean isFloating = x.dtype().isFloatingPoint();
        for (int i = 0; i < whole.length; i++) {
            if (isFloating) {
                double square = Rounding.round(x.dtype(), y.get(i) * y.get(i));
                double divisor = Rounding.round(x.dtype(), square + 1);
                double quotient = x.get(i) / divisor;
                double rounded = Rounding.round(x.dtype(), quotient);
                floating[i] = down ? Math.floor(quotient) : rounded < 0 ? Math.ceil(rounded) : Math.floor(rounded);
            } else {
                long divisor = Rounding.wrap(x.dtype(), y.getLong(i) * y.getLong(i) + 1);
                whole[i] = down ? Math.floorDiv(x.getLong(i), divisor) : x.getLong(i) / divisor;
            }
        }
        return isFloating ? Ref.floating(x.dtype(), x.shape(), floating) : Ref.integral(x.dtype(), x.shape(), whole);
    }

    /** a + value · b / (c² + 1). */
    public static Ref addcdiv(Ref a, Ref b, Ref c, double value) {
        Ref wide = RefMath.expand(c, a.shape());
        double[] out = new double[a.numel()];
        for (int i = 0; i < out.length; i++) {
            out[i] = a.get(i) + value * b.get(i) / (wide.get(i) * wide.get(i) + 1);
        }
        return Ref.floating(a.dtype(), a.shape(), out);
    }

    /** a + weight · (b - a). */
    public static Ref lerp(Ref a, Ref b, Ref weight) {
        Ref wide = RefMath.expand(weight, a.shape());
        double[] out = new double[a.numel()];
        for (int i = 0; i < out.length; i++) {
            out[i] = a.get(i) + wide.get(i) * (b.get(i) - a.get(i));
        }
        return Ref.floating(a.dtype(), a.shape(), out);
    }

    /** The value where the condition is above 0, x elsewhere. */
    public static Ref maskedFill(Ref x, Ref condition, Ref value) {
        Ref wide = RefMath.expand(condition, x.shape());
        Ref filled = value.cast(x.dtype());
        double[] floating = new double[x.numel()];
        long[] whole = new long[x.numel()];
        boolean isFloating = x.dtype().isFloatingPoint();
        boolean conditionFloats = wide.dtype().isFloatingPoint();
        for (int i = 0; i < whole.length; i++) {
            boolean holds = conditionFloats ? wide.get(i) > 0 : wide.getLong(i) > 0;
            if (isFloating) {
                floating[i] = holds ? filled.get(0) : x.get(i);
            } else {
                whole[i] = holds ? filled.getLong(0) : x.getLong(i);
            }
        }
        DType type = x.dtype();
        return isFloating ? Ref.floating(type, x.shape(), floating) : Ref.integral(type, x.shape(), whole);
    }
}
