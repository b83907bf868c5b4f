package dev.lanewise.internal.kernel;

import dev.lanewise.DType;

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
     * @param a the factors of LINEAR, else null
     * @param out of the dtype of {@code x}
     */
    public static void run(Kind kind, boolean reverse, Tiles tiles, Operand x, Operand a, Operand out) {
        Running running = new Running(kind, reverse, tiles, x, a, out);
        tiles.forTiles(running::tile);
    }

    private void tile(long start, int width) {
        Strips strips = Strips.local();
        DType type = x.dtype();
        double[] carried = type.isFloatingPoint() ? new double[width] : null;
        long[] carriedLongs = carried == null ? new long[width] : null;
        int atOnce = tiles.rowsOf(width);
        for (long done = 0; done < tiles.n(); done += atOnce) {
            int rows = (int) Math.min(atOnce, tiles.n() - done);
            long row = reverse ? tiles.n() - done - rows : done;
            long at = start + row * tiles.inner() << type.shift();
            strips.load(1, type, x.segment(), x.byteOffset() + at, 1, rows * width);
            if (a != null) {
                strips.load(2, type, a.segment(), a.byteOffset() + at, 1, rows * width);
            }
            boolean first = done == 0;
            if (carried != null) {
                doubles(strips, rows, width, first, carried);
            } else {
                longs(strips.longs(1), strips.longs(0), rows, width, first, carriedLongs);
            }
            strips.store(type, out.segment(), out.byteOffset() + at, rows * width);
        }
    }

    /** Carries doubles through the rows of a strip; the first row of all is taken as it is. */
    private void doubles(Strips strips, int rows, int width, boolean first, double[] carried) {
        double[] in = strips.doubles(1);
        double[] y = strips.doubles(0);
        int row = reverse ? rows - 1 : 0;
        int step = reverse ? -width : width;
        int at = row * width;
        if (first) {
            System.arraycopy(in, at, y, at, width);
        } else {
            combine(carried, 0, in, strips.doubles(2), y, at, width);
        }
        for (int done = 1; done < rows; done++) {
            at += step;
            combine(y, at - step, in, strips.doubles(2), y, at, width);
        }
        System.arraycopy(y, at, carried, 0, width);
    }

    private void combine(double[] before, int from, double[] in, double[] factors, double[] y, int at, int width) {
        switch (kind) {
            case SUM -> {
                for (int w = 0; w < width; w++) {
                    y[at + w] = before[from + w] + in[at + w];
                }
            }
            case PROD -> {
                for (int w = 0; w < width; w++) {
                    y[at + w] = before[from + w] * in[at + w];
                }
            }
            case LINEAR -> {
                for (int w = 0; w < width; w++) {
                    y[at + w] = in[at + w] + factors[at + w] * before[from + w];
                }
            }
            default -> {
                for (int w = 0; w < width; w++) {
                    y[at + w] = logAddExp(before[from + w], in[at + w]);
                }
            }
        }
    }

    private static double logAddExp(double a, double b) {
        double most = Math.max(a, b);
        // Of equal infinities the difference is not a number.
        return a == b && Double.isInfinite(a) ? a : most + Math.log1p(Math.exp(Math.min(a, b) - most));
    }

    private void longs(long[] in, long[] y, int rows, int width, boolean first, long[] carried) {
        int at = reverse ? (rows - 1) * width : 0;
        int step = reverse ? -width : width;
        if (first) {
            System.arraycopy(in, at, y, at, width);
        } else {
            combine(carried, 0, in, y, at, width);
        }
        for (int done = 1; done < rows; done++) {
            at += step;
            combine(y, at - step, in, y, at, width);
        }
        System.arraycopy(y, at, carried, 0, width);
    }

    private void combine(long[] before, int from, long[] in, long[] y, int at, int width) {
        if (kind == Kind.SUM) {
            for (int w = 0; w < width; w++) {
                y[at + w] = before[from + w] + in[at + w];
            }
        } else {
            for (int w = 0; w < width; w++) {
                y[at + w] = before[from + w] * in[at + w];
            }
        }
    }
}
