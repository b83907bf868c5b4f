package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The largest or smallest element so far along lines, and where it stands: the last of equal ones, the last NaN. */
public final class RunningExtremes {
    private final boolean largest;
    private final Tiles tiles;
    private final Operand x;
    private final Operand values;
    private final Operand indices;

    private RunningExtremes(boolean largest, Tiles tiles, Operand x, Operand values, Operand indices) {
        this.largest = largest;
        this.tiles = tiles;
        this.x = x;
        this.values = values;
        this.indices = indices;
    }

    /** Writes values of the dtype of {@code x} and INT64 positions, both laid out as {@code x}. */
    public static void run(boolean largest, Tiles tiles, Operand x, Operand values, Operand indices) {
        RunningExtremes running = new RunningExtremes(largest, tiles, x, values, indices);
        tiles.forTiles(running::tile);
    }

    private void tile(long start, int width) {
        Strips strips = Strips.local();
        DType type = x.dtype();
        double[] best = new double[width];
        long[] bestLongs = new long[width];
        long[] positions = new long[width];
        long[] found = new long[Strips.SIZE];
        Arrays.fill(best, largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        Arrays.fill(bestLongs, largest ? Long.MIN_VALUE : Long.MAX_VALUE);
        int atOnce = tiles.rowsOf(width);
        for (long row = 0; row < tiles.n(); row += atOnce) {
            int rows = (int) Math.min(atOnce, tiles.n() - row);
            long at = start + row * tiles.inner();
            strips.load(1, type, x.segment(), x.byteOffset() + (at << type.shift()), 1, rows * width);
            for (int r = 0; r < rows; r++) {
                if (type.isFloatingPoint()) {
                    look(strips.doubles(1), r * width, row + r, best, positions);
                    System.arraycopy(best, 0, strips.doubles(0), r * width, width);
                } else {
                    look(strips.longs(1), r * width, row + r, bestLongs, positions);
                    System.arraycopy(bestLongs, 0, strips.longs(0), r * width, width);
                }
                System.arraycopy(positions, 0, found, r * width, width);
            }
            strips.store(type, values.segment(), values.byteOffset() + (at << type.shift()), rows * width);
            long to = indices.byteOffset() + at * Long.BYTES;
            MemorySegment.copy(found, 0, indices.segment(), ValueLayout.JAVA_LONG_UNALIGNED, to, rows * width);
        }
    }

    private void look(double[] in, int at, long row, double[] best, long[] positions) {
        for (int w = 0; w < best.length; w++) {
            double value = in[at + w];
            if (Double.isNaN(value) || (largest ? value >= best[w] : value <= best[w])) {
                best[w] = value;
                positions[w] = row;
            }
        }
    }

    private void look(long[] in, int at, long row, long[] best, long[] positions) {
        for (int w = 0; w < best.length; w++) {
            if (largest ? in[at + w] >= best[w] : in[at + w] <= best[w]) {
                best[w] = in[at + w];
                positions[w] = row;
            }
        }
    }
}
