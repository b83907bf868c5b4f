package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.FloatExp;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The scalar {@link ScoreKernel}, which reads and writes whole rows through arrays. */
public final class ScoreStrips implements ScoreKernel {
    private final boolean floats;
    private final int size;

    /** A kernel for FLOAT32 or FLOAT64. */
    public ScoreStrips(DType type) {
        this.floats = type == DType.FLOAT32;
        this.size = type.byteSize();
    }

    @Override
    public void weigh(
            int rows,
            int width,
            double factor,
            MemorySegment scores,
            long at,
            MemorySegment kept,
            long keptAt,
            MemorySegment pad) {
        double[] row = new double[width];
        double[] two = new double[2];
        for (int r = 0; r < rows; r++) {
            long from = at + (long) r * width * size;
            read(scores, from, row);
            two[0] = Double.NEGATIVE_INFINITY;
            for (double s : row) {
                two[0] = Math.max(two[0], s);
            }
            for (int i = 0; i < width; i++) {
                row[i] = power(row[i], two[0], factor);
            }
            two[1] = rounded(1 / sum(row, null));
            for (int i = 0; i < width; i++) {
                row[i] *= two[1];
            }
            write(row, scores, from);
            write(two, kept, keptAt + 2L * r * size);
        }
    }

    @Override
    public void soften(
            int rows,
            int width,
            double factor,
            MemorySegment scores,
            long at,
            MemorySegment change,
            long changeAt,
            MemorySegment kept,
            long keptAt,
            MemorySegment pad) {
        double[] row = new double[width];
        double[] up = new double[width];
        double[] two = new double[2];
        double times = rounded(factor);
        for (int r = 0; r < rows; r++) {
            long begin = (long) r * width * size;
            read(scores, at + begin, row);
            read(change, changeAt + begin, up);
            read(kept, keptAt + 2L * r * size, two);
            for (int i = 0; i < width; i++) {
                row[i] = rounded(power(row[i], two[0], factor) * two[1]);
            }
            double sum = rounded(sum(row, up));
            for (int i = 0; i < width; i++) {
                up[i] = rounded(rounded(up[i] - sum) * row[i]) * times;
            }
            write(row, scores, at + begin);
            write(up, change, changeAt + begin);
        }
    }

    private double power(double score, double most, double factor) {
        double x = rounded(rounded(score - most) * rounded(factor));
        return floats ? FloatExp.exp((float) x) : DoubleExp.exp(x);
    }

    /** The sum of a row, or of its products with another. */
    private double sum(double[] row, double[] other) {
        double sum = 0;
        for (int from = 0; from < row.length; from += STRIP) {
            int to = Math.min(row.length, from + STRIP);
            double[] sums = new double[GROUP];
            for (int i = from; i < to; i++) {
                double value = other == null ? row[i] : rounded(row[i] * other[i]);
                sums[i & GROUP - 1] = rounded(sums[i & GROUP - 1] + value);
            }
            for (int half = GROUP / 2; half > 0; half /= 2) {
                for (int i = 0; i < half; i++) {
                    sums[i] += sums[half + i];
                }
            }
            sum += sums[0];
        }
        return sum;
    }

    // One operation on floats in double and one rounding give what float arithmetic gives.
    private double rounded(double value) {
        return floats ? (float) value : value;
    }

    private void read(MemorySegment from, long at, double[] to) {
        if (!floats) {
            MemorySegment.copy(from, ValueLayout.JAVA_DOUBLE, at, to, 0, to.length);
            return;
        }
        float[] row = new float[to.length];
        MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, at, row, 0, row.length);
        for (int i = 0; i < row.length; i++) {
            to[i] = row[i];
        }
    }

    private void write(double[] from, MemorySegment to, long at) {
        if (!floats) {
            MemorySegment.copy(from, 0, to, ValueLayout.JAVA_DOUBLE, at, from.length);
            return;
        }
        float[] row = new float[from.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) from[i];
        }
        MemorySegment.copy(row, 0, to, ValueLayout.JAVA_FLOAT, at, row.length);
    }
}
