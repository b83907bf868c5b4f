package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Adds the sums of {@link SoftmaxKernel#GROUP} columns, in double, as a tree of halves. */
final class ColumnSums {
    private ColumnSums() {}

    static double tree(boolean doubles, MemorySegment x, long at) {
        return doubles ? ofDoubles(x, at) : ofFloats(x, at);
    }

    private static double ofFloats(MemorySegment x, long at) {
        return floats(x, at, 0) + floats(x, at, 2) + (floats(x, at, 1) + floats(x, at, 3));
    }

    /** The columns i, i + 8, i + 4 and i + 12. */
    private static double floats(MemorySegment x, long at, int i) {
        return (double) x.get(ValueLayout.JAVA_FLOAT, at + 4L * i)
                + x.get(ValueLayout.JAVA_FLOAT, at + 4L * (i + 8))
                + ((double) x.get(ValueLayout.JAVA_FLOAT, at + 4L * (i + 4))
                        + x.get(ValueLayout.JAVA_FLOAT, at + 4L * (i + 12)));
    }

    private static double ofDoubles(MemorySegment x, long at) {
        return doubles(x, at, 0) + doubles(x, at, 2) + (doubles(x, at, 1) + doubles(x, at, 3));
    }

    private static double doubles(MemorySegment x, long at, int i) {
        return x.get(ValueLayout.JAVA_DOUBLE, at + 8L * i)
                + x.get(ValueLayout.JAVA_DOUBLE, at + 8L * (i + 8))
                + (x.get(ValueLayout.JAVA_DOUBLE, at + 8L * (i + 4))
                        + x.get(ValueLayout.JAVA_DOUBLE, at + 8L * (i + 12)));
    }
}
