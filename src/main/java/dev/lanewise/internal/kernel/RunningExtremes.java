package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The largest or smallest element so far along lines, and where it stands: the last of equal ones, the last NaN. */
public final class RunningExtremes {
    /** The strip of longs that holds positions; integers leave it free. */
    private static final int FOUND = 2;

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
        boolean floating = type.isFloatingPoint();
        double[] best = new double[floating ? width : 0];
        long[] bestLongs = new long[floating ? 0 : width];
        long[] positions = new long[width];
        Arrays.fill(best, largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        Arrays.fill(bestLongs, largest ? Long.MIN_VALUE : Long.MAX_VALUE);
        int atOnce = tiles.rowsOf(width);
        for (long row = 0; row < tiles.n(); row += atOnce) {
            int rows = (int) Math.min(atOnce, tiles.n() - row);
            long at = start + row * tiles.inner();
            strips.load(1, type, x.segment(), x.byteOffset() + (at << type.shift()), 1, rows * width);
            if (floating) {
                look(strips, row, rows, best, positions);
            } else {
                look(strips, row, rows, bestLongs, positions);
            }
            strips.store(type, values.segment(), values.byteOffset() + (at << type.shift()), rows * width);
            long to = indices.byteOffset() + at * Long.BYTES;
            MemorySegment found = indices.segment();
            MemorySegment.copy(strips.longs(FOUND), 0, found, ValueLayout.JAVA_LONG_UNALIGNED, to, rows * width);
        }
    }

    private void look(Strips strips, long row, int rows, double[] best, long[] positions) {
        int width = best.length;
        double[] in = strips.doubles(1);
        long[] found = strips.longs(FOUND);
        if (width == 1) {
            line(in, strips.doubles(0), found, row, rows, best, positions);
            return;
        }
        for (int r = 0; r < rows; r++) {
            int at = r * width;
            row(in, at, row + r, best, positions);
            System.arraycopy(best, 0, strips.doubles(0), at, width);
            System.arraycopy(positions, 0, found, at, width);
        }
    }

    private void row(double[] in, int at, long row, double[] best, long[] positions) {
        for (int w = 0; w < best.length; w++) {
            double value = in[at + w];
            if (!(largest ? value < best[w] : value > best[w]) && !hidden(value, best[w])) {
                best[w] = value;
                positions[w] = row;
            }
        }
    }

    /** One line, whose extreme stays in a register. */
    private void line(double[] in, double[] out, long[] found, long row, int rows, double[] carried, long[] positions) {
        double best = carried[0];
        long position = positions[0];
        for (int r = 0; r < rows; r++) {
            double value = in[r];
            if (!(largest ? value < best : value > best) && !hidden(value, best)) {
                best = value;
                position = row + r;
            }
            out[r] = best;
            found[r] = position;
        }
        carried[0] = best;
        positions[0] = position;
    }

    /** True for a number behind a NaN, which is not the extreme though no comparison says so. */
    private static boolean hidden(double value, double best) {
        return Double.isNaN(best) && !Double.isNaN(value);
    }

    private void look(Strips strips, long row, int rows, long[] best, long[] positions) {
        int width = best.length;
        long[] in = strips.longs(1);
        long[] found = strips.longs(FOUND);
        if (width == 1) {
            line(in, strips.longs(0), found, row, rows, best, positions);
            return;
        }
        for (int r = 0; r < rows; r++) {
            int at = r * width;
            row(in, at, row + r, best, positions);
            System.arraycopy(best, 0, strips.longs(0), at, width);
            System.arraycopy(positions, 0, found, at, width);
        }
    }

    private void row(long[] in, int at, long row, long[] best, long[] positions) {
        for (int w = 0; w < best.length; w++) {
            if (largest ? in[at + w] >= best[w] : in[at + w] <= best[w]) {
                best[w] = in[at + w];
                positions[w] = row;
            }
        }
    }

    private void line(long[] in, long[] out, long[] found, long row, int rows, long[] carried, long[] positions) {
        long best = carried[0];
        long position = positions[0];
        for (int r = 0; r < rows; r++) {
            if (largest ? in[r] >= best : in[r] <= best) {
                best = in[r];
                position = row + r;
            }
            out[r] = best;
            found[r] = position;
        }
        carried[0] = best;
        positions[0] = position;
    }
}
