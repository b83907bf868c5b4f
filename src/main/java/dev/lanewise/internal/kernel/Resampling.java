package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/** Weighted sums of places along one dimension. */
public final class Resampling {
    private Resampling() {}

    /**
     * Makes the lines of {@code out} from those of {@code in}; both are row-major {@code [outer, line, inner]} without gaps.
     * Sums are formed in double, or for whole numbers too, and rounded once.
     */
    public static void run(ResampleTable table, long outer, int inner, Operand in, Operand out) {
        if (inner == 0) {
            return;
        }
        long rows = outer * table.outputs();
        Parallel.forRange(rows, Math.max(1, Thresholds.GRAIN / 4 / inner), (from, to) -> {
            double[] sums = new double[inner];
            for (long row = from; row < to; row++) {
                int o = (int) (row % table.outputs());
                long line = row / table.outputs() * table.inputs();
                java.util.Arrays.fill(sums, 0);
                for (int k = table.starts()[o]; k < table.starts()[o + 1]; k++) {
                    add(sums, table.weights()[k], in, (line + table.sources()[k]) * inner);
                }
                store(sums, out, row * inner);
            }
        });
    }

    private static void add(double[] sums, double weight, Operand in, long element) {
        DType type = in.dtype();
        MemorySegment segment = in.segment();
        long at = in.byteOffset() + (element << type.shift());
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * Elements.getDouble(type, segment, at + ((long) i << type.shift()));
        }
    }

    private static void store(double[] sums, Operand out, long element) {
        DType type = out.dtype();
        long at = out.byteOffset() + (element << type.shift());
        for (int i = 0; i < sums.length; i++) {
            Elements.setDouble(type, out.segment(), at + ((long) i << type.shift()), sums[i]);
        }
    }
}
