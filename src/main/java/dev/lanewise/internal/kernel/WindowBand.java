package dev.lanewise.internal.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Work memory for pools of floats over windows at equal distances: some rows of a plane, padded and taken apart by the
 * stride, so that the elements of neighbouring windows lie side by side; and the results of some rows of windows.
 */
final class WindowBand {
    /** Elements of input rows that are held at a time: with their parts and results they stay in a second-level cache. */
    private static final int MOST = 1 << 15;

    private static final ValueLayout.OfFloat NATIVE = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private float[] padded = new float[0];
    private float[] parts = new float[0];
    private int[] offsets = new int[0];
    private int[] places = new int[0];
    private float[] values = new float[0];
    private int[] positions = new int[0];
    private long[] wide = new long[0];
    private int[] columns = new int[0];
    private int[] firsts = new int[0];
    private float[] divisors = new float[0];

    private PoolGrid grid;
    private WindowLoops loops;
    private int stride;
    private int left;
    /** Elements of a padded row, and of each of its parts. */
    private int rowLength;

    private int partLength;
    private int rows;
    private int depths;
    private int firstRow;
    /** What {@link #offsets} and {@link #places} have been made for. */
    private long windowHeight;

    private int windowRows;
    private int windowDepth;
    /** Elements of a window that are inside. */
    private int count;

    /** How many rows of windows are done at a time. */
    static int height(PoolGrid grid) {
        PoolGrid.Regular windows = grid.regular();
        long perRow = (grid.in()[2] + 2 * windows.padding()[2] + windows.stride()[2]) * windows.kernel()[0];
        long fit = MOST / Math.max(1, perRow) / windows.stride()[1];
        return (int) Math.max(1, Math.min(grid.out(1), fit));
    }

    /** Makes room for bands of some height. */
    void prepare(PoolGrid newGrid, int height, WindowLoops newLoops) {
        grid = newGrid;
        windowHeight = -1;
        loops = newLoops;
        PoolGrid.Regular windows = grid.regular();
        stride = (int) windows.stride()[2];
        left = (int) windows.padding()[2];
        int span = (int) ((windows.kernel()[2] - 1) * windows.dilation()[2]);
        partLength = Math.max(grid.out(2) + span / stride, (int) Math.ceilDiv(grid.in()[2] + left, (long) stride));
        rowLength = partLength * stride;
        int tall = (int) ((height - 1) * windows.stride()[1] + (windows.kernel()[1] - 1) * windows.dilation()[1] + 1);
        long held = windows.kernel()[0] * tall * (long) rowLength + (stride + 1L) * WindowLoops.PADDING;
        int most = (int) (windows.kernel()[0] * windows.kernel()[1] * windows.kernel()[2]);
        int results = height * grid.out(2) + WindowLoops.PADDING;
        if (padded.length < held) {
            padded = new float[Math.toIntExact(held)];
            parts = new float[padded.length];
        }
        offsets = offsets.length < most ? new int[most] : offsets;
        places = places.length < most ? new int[most] : places;
        if (values.length < results) {
            values = new float[results];
            positions = new int[results];
            wide = new long[results];
        }
        columns(grid.out(2) + WindowLoops.PADDING);
    }

    private void columns(int n) {
        if (columns.length < n) {
            columns = new int[n];
            firsts = new int[n];
            divisors = new float[n];
        }
        for (int w = 0; w < n; w++) {
            columns[w] = w * stride;
        }
    }

    /** Reads the input rows under the windows of row h to before {@code end} at depth d of a plane. */
    private void load(MemorySegment segment, long plane, int d, int h, int end, float fill) {
        long from = grid.start()[1][h];
        for (int row = h; row < end; row++) {
            // With dilation, a window that begins in the padding may begin later inside than the next.
            from = Math.min(from, grid.start()[1][row]);
        }
        rows = (int) (grid.end()[1][end - 1] - from);
        depths = 0;
        long width = grid.in()[2];
        int at = 0;
        for (long i = grid.start()[0][d]; i < grid.end()[0][d]; i += grid.step()[0]) {
            long source = plane + (i * grid.in()[1] + from) * width * Float.BYTES;
            if (left == 0 && rowLength == width) {
                MemorySegment.copy(segment, NATIVE, source, padded, at, (int) (rows * width));
                at += (int) (rows * width);
            } else {
                for (int row = 0; row < rows; row++) {
                    Arrays.fill(padded, at, at + left, fill);
                    MemorySegment.copy(
                            segment, NATIVE, source, padded, at + left, (int) Math.min(width, rowLength - left));
                    Arrays.fill(padded, (int) Math.min(at + rowLength, at + left + width), at + rowLength, fill);
                    at += rowLength;
                    source += width * Float.BYTES;
                }
            }
            depths++;
        }
        split(at);
        firstRow = (int) from;
    }

    private void split(int n) {
        int part = n / stride + WindowLoops.PADDING;
        if (stride == 2) {
            loops.split(n / 2, padded, parts, 0, part);
        } else if (stride > 2) {
            for (int first = 0; first < stride; first++) {
                for (int i = first * part, j = first; j < n; j += stride) {
                    parts[i++] = padded[j];
                }
            }
        }
    }

    /**
     * Where the elements of window 0 of a row of windows are, and in the plane; both as if the windows' rows began at the
     * band's first row and at the plane's first.
     */
    private void window(int d, int h) {
        PoolGrid.Regular windows = grid.regular();
        int part = depths * rows * partLength + WindowLoops.PADDING;
        count = 0;
        int depth = 0;
        long top = grid.start()[1][h];
        for (long i = grid.start()[0][d]; i < grid.end()[0][d]; i += grid.step()[0]) {
            for (long j = 0; j < grid.end()[1][h] - top; j += grid.step()[1]) {
                int row = (depth * rows + (int) j) * partLength;
                long inPlane = (i * grid.in()[1] + j) * grid.in()[2] - left;
                for (int k = 0; k < windows.kernel()[2]; k++) {
                    int column = k * (int) windows.dilation()[2];
                    offsets[count] = column % stride * part + row + column / stride;
                    places[count++] = (int) inPlane + column;
                }
            }
            depth++;
        }
    }

    /** Runs a loop for each row of windows of the band. */
    private void forRows(int d, int h, int end, RowLoop loop) {
        long step = grid.regular().stride()[1];
        int count;
        for (int row = h; row < end; row += count) {
            long top = grid.start()[1][row];
            long height = grid.end()[1][row] - top;
            count = 1;
            while (row + count < end && isLike(row + count, top + count * step, height)) {
                count++;
            }
            if (height != windowHeight || rows != windowRows || d != windowDepth) {
                window(d, row);
                windowHeight = height;
                windowRows = rows;
                windowDepth = d;
            }
            loop.run(row, count, (int) (top - firstRow) * partLength, (row - h) * grid.out(2));
        }
    }

    private boolean isLike(int row, long top, long height) {
        return grid.start()[1][row] == top && grid.end()[1][row] - top == height;
    }

    /** Equal rows of windows: where the first one's input begins in the parts, and where its results go. */
    @FunctionalInterface
    private interface RowLoop {
        void run(int row, int count, int from, int at);
    }

    private float[] source() {
        return stride == 1 ? padded : parts;
    }

    /** The maxima of rows h to before {@code end} of windows at depth d, and where they stand if that is wanted. */
    void max(MemorySegment segment, long plane, int d, int h, int end, boolean withPositions) {
        load(segment, plane, d, h, end, Float.NEGATIVE_INFINITY);
        int n = grid.out(2);
        int none = (int) (grid.start()[0][d] * grid.in()[1] * grid.in()[2]);
        for (int i = 0; i < n; i++) {
            firsts[i] = none + (int) grid.start()[2][i];
        }
        int step = (int) grid.regular().stride()[1];
        int width = (int) grid.in()[2];
        forRows(d, h, end, (row, some, from, at) -> {
            for (int i = 0; i < some; i++) {
                int base = ((int) grid.start()[1][row] + i * step) * width;
                int first = from + i * step * partLength;
                int to = at + i * n;
                if (withPositions) {
                    loops.maxAt(
                            n, source(), first, offsets, places, count, columns, firsts, base, values, positions, to);
                } else {
                    loops.max(n, source(), first, offsets, count, values, to);
                }
            }
        });
    }

    /** The sums of rows of windows over their divisors. */
    void mean(MemorySegment segment, long plane, int d, int h, int end, Pools.Divisor divisor) {
        load(segment, plane, d, h, end, 0);
        int n = grid.out(2);
        int step = (int) grid.regular().stride()[1];
        forRows(d, h, end, (row, some, from, at) -> {
            for (int i = 0; i < some; i++) {
                int first = at + i * n;
                loops.sum(n, source(), from + i * step * partLength, offsets, count, values, first);
                divisors(d, row + i, divisor);
                for (int w = 0; w < n; w++) {
                    values[first + w] /= divisors[w];
                }
            }
        });
    }

    private void divisors(int d, int row, Pools.Divisor divisor) {
        for (int w = 0; w < grid.out(2); w++) {
            divisors[w] = divisor.of(grid, d, row, w);
        }
    }

    /** Writes the results, of which there are n. */
    void store(int n, Operand out, long first, Operand at) {
        MemorySegment.copy(values, 0, out.segment(), NATIVE, out.byteOffset() + first * Float.BYTES, n);
        if (at != null) {
            for (int i = 0; i < n; i++) {
                wide[i] = positions[i];
            }
            MemorySegment.copy(
                    wide, 0, at.segment(), ValueLayout.JAVA_LONG_UNALIGNED, at.byteOffset() + first * Long.BYTES, n);
        }
    }
}
