package dev.lanewise.golden;

import dev.lanewise.Tensor;
import java.util.Objects;

/** Comparisons that end in an error which names what was expected and what came. */
final class Expect {
    private Expect() {}

    static void same(Object expected, Object got, String what) {
        if (!Objects.equals(expected, got)) {
            throw new AssertionError(what + ": expected " + expected + ", got " + got);
        }
    }

    /** Same dtype and shape, and every element near enough; integers and booleans exactly. */
    static void tensor(Tensor expected, Tensor got, Tolerance tolerance, String what) {
        same(expected.dtype(), got.dtype(), what + ": dtype");
        same(expected.shape(), got.shape(), what + ": shape");
        if (!got.isFloatingPoint()) {
            long[] wanted = expected.toLongArray();
            long[] values = got.toLongArray();
            for (int i = 0; i < wanted.length; i++) {
                same(wanted[i], values[i], what + ": element " + i);
            }
            return;
        }
        double[] wanted = expected.toDoubleArray();
        double[] values = got.toDoubleArray();
        for (int i = 0; i < wanted.length; i++) {
            if (!tolerance.allows(wanted[i], values[i])) {
                throw new AssertionError(what + ": element " + i + ": expected " + wanted[i] + ", got " + values[i]);
            }
        }
    }
}
