package dev.lanewise.properties;

import dev.lanewise.Tensor;
import dev.lanewise.testing.reference.Ref;
import java.util.Arrays;

/** Compares tensors with the reference, element by element. */
final class Same {
    private Same() {}

    /** Fails with {@code what} and the first element that differs. */
    static void check(String what, Tolerance tolerance, Ref expected, Tensor got) {
        check(what, tolerance, 0, expected, got);
    }

    /** Fails with {@code what} and the first element that differs; sums on the way were up to {@code magnitude}. */
    static void check(String what, Tolerance tolerance, double magnitude, Ref expected, Tensor got) {
        if (got.dtype() != expected.dtype()) {
            throw new AssertionError(what + ": expected dtype " + expected.dtype() + ", got " + got.dtype() + ".");
        }
        if (!Arrays.equals(got.shape().toArray(), expected.shape())) {
            throw new AssertionError(
                    what + ": expected shape " + Arrays.toString(expected.shape()) + ", got " + got.shape() + ".");
        }
        Ref actual = Ref.read(got);
        for (int i = 0; i < expected.numel(); i++) {
            if (!same(tolerance, magnitude, expected, actual, i)) {
                throw new AssertionError(what + ": element " + i + " of " + expected.numel() + ": expected "
                        + text(expected, i) + ", got " + text(actual, i) + ".");
            }
        }
    }

    private static boolean same(Tolerance tolerance, double magnitude, Ref expected, Ref actual, int i) {
        if (!expected.dtype().isFloatingPoint()) {
            return expected.getLong(i) == actual.getLong(i);
        }
        double a = expected.get(i);
        double b = actual.get(i);
        if (Double.compare(a, b) == 0) {
            return true;
        }
        return !tolerance.equals(Tolerance.EXACT)
                && Math.abs(a - b) <= tolerance.allowed(expected.dtype(), a, Math.max(magnitude, Math.abs(a)));
    }

    private static String text(Ref x, int i) {
        return x.dtype().isFloatingPoint() ? Double.toString(x.get(i)) : Long.toString(x.getLong(i));
    }
}
