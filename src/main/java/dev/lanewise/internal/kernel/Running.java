package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.util.Arrays;

/**
 * Running reductions along the middle of three dimensions that lie in row-major order without gaps.
 *
 * <p>Floating-point dtypes run in double and are rounded when written, integers in long. A tile of neighbouring lines is
 * walked together, so that memory is read in its order whatever the dimension; a line is walked by one thread.
 */
public final class Running {
    /** What is carried along a line. */
    public enum Kind {
        /** y = y' + x. */
        SUM,
        /** y = y' · x. */
        PROD,
        /** y = log(exp(y') + exp(x)). */
        LOG_SUM_EXP,
        /** y = x + a · y', with a second input a. */
        LINEAR
    }

    private static final int LINES = 4;
    private static final int MOST_ROWS = 1 << 20;

    private final Kind kind;
    private final boolean reverse;
    private final Tiles tiles;
    private final Operand x;
    private final Operand a;
    private final Operand out;

    private Running(Kind kind, boolean reverse, Tiles tiles, Operand x, Operand a, Operand out) {
        this.kind = kind;
        this.reverse = reverse;
        this.tiles = tiles;
        this.x = x;
        this.a = a;
        this.out = out;
    }

    /**
     * Writes what is carried after each element.
     *
     * @param reverse from the last element to the first
     * @param vectors for SUM and PROD of this dtype, or null
     * @param a the factors of LINEAR, else null
     * @param out of the dtype of {@code x}
     */
    public static void run(
            Kind kind, boolean reverse, ScanKernel vectors, Tiles tiles, Operand x, Operand a, Operand out) {
        Running running = new Running(kind, reverse, tiles, x, a, out);
        boolean simple = kind == Kind.SUM || kind == Kind.PROD;
        if (simple && tiles.inner() == 1 && x.dtype().isFloatingPoint()) {
            tiles.forLines(LINES, running::lines);
        } else if (vectors != null && x.segment().getClass() == Scratch.NATIVE) {
            tiles.forTiles(FoldKernel.COLUMNS, (start, width) -> running.wideTile(vectors, start, width));
        } else {
            tiles.forTiles(running::tile);
        }
    }

    /** A tile in vectors, and the columns that are left over one by one. */
    private void wideTile(ScanKernel vectors, long start, int width) {
        int whole = width & -ScanKernel.COLUMNS;
        DType type = x.dtype();
        boolean floating = type.isFloatingPoint();
        double[] doubles = new double[floating ? whole : 0];
        long[] longs = new long[floating ? 0 : whole];
        Arrays.fill(doubles, kind == Kind.PROD ? 1 : 0);
        Arrays.fill(longs, kind == Kind.PROD ? 1 : 0);
        long step = tiles.inner() << type.shift();
        for (long done = 0; whole > 0 && done < tiles.n(); done += MOST_ROWS) {
            int rows = (int) Math.min(MOST_ROWS, tiles.n() - done);
            long row = reverse ? tiles.n() - 1 - done : done;
            long at = (start << type.shift()) + row * step;
            vectors.run(
                    rows,
                    whole,
                    x.segment(),
                    x.byteOffset() + at,
                    out.segment(),
                    out.byteOffset() + at,
                    reverse ? -step : step,
                    floating ? doubles : longs);
        }
        if (whole < width) {
            tile(start + whole, width - whole);
        }
    }

    /** Up to four lines at once: their chains hide each other's latency. */
    private void lines(long start, int count) {
        Strips strips = Strips.local();
        double[] carried = new double[LINES];
        Arrays.fill(carried, kind == Kind.PROD ? 1 : 0);
        DType type = x.dtype();
        for (long done = 0; done < tiles.n(); done += Strips.SIZE) {
            int n = (int) Math.min(Strips.SIZE, tiles.n() - done);
            long first = start + (reverse ? tiles.n() - done - n : done);
            for (int line = 0; line < count; line++) {
                long at = first + line * tiles.n() << type.shift();
                strips.load(line, type, x.segment(), x.byteOffset() + at, 1, n);
            }
            scan(strips, count, n, carried);
            for (int line = 0; line < count; line++) {
                long at = first + line * tiles.n() << type.shift();
                strips.store(line, type, out.segment(), out.byteOffset() + at, n);
            }
        }
    }

    private void scan(Strips strips, int count, int n, double[] carried) {
        boolean sum = kind == Kind.SUM;
        if (count == LINES && !reverse) {
            four(sum, strips, n, carried);
            return;
        }
        int first = reverse ? n - 1 : 0;
        int step = reverse ? -1 : 1;
        for (int line = 0; line < count; line++) {
            double[] y = strips.doubles(line);
            double value = carried[line];
            for (int i = 0, at = first; i < n; i++, at += step) {
                value = sum ? value + y[at] : value * y[at];
                y[at] = value;
            }
            carried[line] = value;
        }
    }

    private static void four(boolean sum, Strips strips, int n, double[] carried) {
        double[] a = strips.doubles(0);
        double[] b = strips.doubles(1);
        double[] c = strips.doubles(2);
        double[] d = strips.doubles(3);
        double p = carried[0];
        double q = carried[1];
        double r = carried[2];
        double s = carried[3];
        for (int i = 0; i < n; i++) {
            p = sum ? p + a[i] : p * a[i];
            q = sum ? q + b[i] : q * b[i];
            r = sum ? r + c[i] : r * c[i];
            s = sum ? s + d[i] : s * d[i];
            a[i] = p;
            b[i] = q;
            c[i] = r;
            d[i] = s;
        }
        carried[0] = p;
        carried[1] = q;
        carried[2] = r;
        carried[3] = s;
    }

    private void tile(long start, int width) {
        Strips strips = Strips.local();
        DType type = x.dtype();
        State state = type.isFloatingPoint() ? new Doubles(width) : new Longs(width);
        int atOnce = tiles.rowsOf(width);
        for (long done = 0; done < tiles.n(); done += atOnce) {
            int rows = (int) Math.min(atOnce, tiles.n() - done);
            long row = reverse ? tiles.n() - done - rows : done;
            long at = start + row * tiles.inner() << type.shift();
            strips.load(1, type, x.segment(), x.byteOffset() + at, 1, rows * width);
            if (a != null) {
                strips.load(2, type, a.segment(), a.byteOffset() + at, 1, rows * width);
            }
            int first = reverse ? (rows - 1) * width : 0;
            if (a != null && done == 0) {
                // Nothing comes before the first elements, whatever their factors are.
                Arrays.fill(strips.doubles(2), first, first + width, 0);
            }
            int step = reverse ? -width : width;
            if (width == 1) {
                state.line(strips, first, step, rows);
            } else {
                for (int r = 0; r < rows; r++) {
                    state.row(strips, first + r * step);
                }
            }
            strips.store(type, out.segment(), out.byteOffset() + at, rows * width);
        }
    }

    /** What is carried along the lines of a tile, one element each. */
    private interface State {
        /** Takes a row of input 1's strip, from {@code at} on, and writes the row of results. */
        void row(Strips strips, int at);

        /** Takes {@code n} elements of a tile of one line, {@code step} places apart. */
        void line(Strips strips, int first, int step, int n);
    }

    private final class Doubles implements State {
        private final double[] carried;
        /** For LOG_SUM_EXP, what the exponentials are divided by is e to this power. */
        private final double[] scale;

        Doubles(int width) {
            carried = new double[width];
            scale = new double[width];
            Arrays.fill(carried, kind == Kind.PROD ? 1 : 0);
            Arrays.fill(scale, Double.NEGATIVE_INFINITY);
        }

        @Override
        public void row(Strips strips, int at) {
            double[] in = strips.doubles(1);
            double[] y = strips.doubles(0);
            switch (kind) {
                case SUM -> {
                    for (int w = 0; w < carried.length; w++) {
                        carried[w] += in[at + w];
                    }
                }
                case PROD -> {
                    for (int w = 0; w < carried.length; w++) {
                        carried[w] *= in[at + w];
                    }
                }
                case LINEAR -> {
                    double[] factors = strips.doubles(2);
                    for (int w = 0; w < carried.length; w++) {
                        carried[w] = in[at + w] + factors[at + w] * carried[w];
                    }
                }
                default -> {
                    for (int w = 0; w < carried.length; w++) {
                        y[at + w] = addExp(in[at + w], w);
                    }
                    return;
                }
            }
            System.arraycopy(carried, 0, y, at, carried.length);
        }

        @Override
        public void line(Strips strips, int first, int step, int n) {
            double[] in = strips.doubles(1);
            double[] y = strips.doubles(0);
            double value = carried[0];
            switch (kind) {
                case SUM -> {
                    for (int i = 0, at = first; i < n; i++, at += step) {
                        value += in[at];
                        y[at] = value;
                    }
                }
                case PROD -> {
                    for (int i = 0, at = first; i < n; i++, at += step) {
                        value *= in[at];
                        y[at] = value;
                    }
                }
                case LINEAR -> {
                    double[] factors = strips.doubles(2);
                    for (int i = 0, at = first; i < n; i++, at += step) {
                        value = in[at] + factors[at] * value;
                        y[at] = value;
                    }
                }
                default -> {
                    for (int i = 0, at = first; i < n; i++, at += step) {
                        y[at] = addExp(in[at], 0);
                    }
                    return;
                }
            }
            carried[0] = value;
        }

        /** Adds e^x to the sum of a line and gives the logarithm; the greatest x so far is the scale. */
        private double addExp(double value, int w) {
            if (value <= scale[w]) {
                // Of equal infinities the difference is not a number.
                carried[w] += value == scale[w] ? 1 : Math.exp(value - scale[w]);
            } else {
                carried[w] = carried[w] * Math.exp(scale[w] - value) + 1;
                scale[w] = value;
            }
            return scale[w] + Math.log(carried[w]);
        }
    }

    private final class Longs implements State {
        private final long[] carried;

        Longs(int width) {
            carried = new long[width];
            Arrays.fill(carried, kind == Kind.PROD ? 1 : 0);
        }

        @Override
        public void row(Strips strips, int at) {
            long[] in = strips.longs(1);
            for (int w = 0; w < carried.length; w++) {
                carried[w] = kind == Kind.SUM ? carried[w] + in[at + w] : carried[w] * in[at + w];
            }
            System.arraycopy(carried, 0, strips.longs(0), at, carried.length);
        }

        @Override
        public void line(Strips strips, int first, int step, int n) {
            long[] in = strips.longs(1);
            long[] y = strips.longs(0);
            long value = carried[0];
            for (int i = 0, at = first; i < n; i++, at += step) {
                value = kind == Kind.SUM ? value + in[at] : value * in[at];
                y[at] = value;
            }
            carried[0] = value;
        }
    }
}
