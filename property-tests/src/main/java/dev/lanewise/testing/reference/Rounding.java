package dev.lanewise.testing.reference;

import dev.lanewise.DType;

/** What a dtype can hold, by arithmetic on doubles and longs. */
public final class Rounding {
    private Rounding() {}

    /** The value that a floating-point dtype stores for a double: to nearest, ties to even, by way of FLOAT32 for halves. */
    public static double round(DType type, double x) {
        return switch (type) {
            case FLOAT64 -> x;
            case FLOAT32 -> (float) x;
            case FLOAT16 -> nearest((float) x, 10, -14, 65504);
            case BFLOAT16 -> nearest((float) x, 7, -126, 0x1.FEp127);
            default -> throw new IllegalArgumentException("reference: " + type + " is not floating point.");
        };
    }

    /** The value that an integer dtype stores for a long: its low bits; a boolean stores whether it is not 0. */
    public static long wrap(DType type, long x) {
        return switch (type) {
            case INT64 -> x;
            case INT32 -> low(x, 32);
            case INT16 -> low(x, 16);
            case INT8 -> low(x, 8);
            case UINT8 -> Math.floorMod(x, 256L);
            case BOOL -> x == 0 ? 0 : 1;
            default -> throw new IllegalArgumentException("reference: " + type + " is not an integer.");
        };
    }

    /** Distance from a value to the next one that the dtype holds. */
    public static double ulp(DType type, double x) {
        return switch (type) {
            case FLOAT64 -> Math.ulp(x);
            case FLOAT32 -> Math.ulp((float) x);
            case FLOAT16 -> unit(x, 10, -14);
            case BFLOAT16 -> unit(x, 7, -126);
            default -> 0;
        };
    }

    private static long low(long x, int bits) {
        long range = 1L << bits;
        long wrapped = Math.floorMod(x, range);
        return wrapped >= range / 2 ? wrapped - range : wrapped;
    }

    private static double nearest(double x, int fraction, int minExponent, double max) {
        if (x == 0 || Double.isNaN(x) || Double.isInfinite(x)) {
            return x;
        }
        double unit = unit(x, fraction, minExponent);
        double rounded = Math.copySign(Math.rint(x / unit) * unit, x);
        return Math.abs(rounded) > max ? Math.copySign(Double.POSITIVE_INFINITY, x) : rounded;
    }

    private static double unit(double x, int fraction, int minExponent) {
        return Math.scalb(1.0, Math.max(Math.getExponent(x), minExponent) - fraction);
    }
}
