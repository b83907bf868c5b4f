package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/** The scalar {@link ExtremeKernel}. */
public final class ExtremeStrips implements ExtremeKernel {
    private final boolean largest;
    private final DType type;

    /** A kernel for inputs of a dtype. */
    public ExtremeStrips(boolean largest, DType type) {
        this.largest = largest;
        this.type = type;
    }

    @Override
    public int row(MemorySegment x, long offset, int n) {
        Strips strips = Strips.local();
        int found = 0;
        double best = 0;
        long whole = 0;
        for (int done = 0; done < n; done += Strips.SIZE) {
            int count = Math.min(Strips.SIZE, n - done);
            strips.load(1, type, x, offset + ((long) done << type.shift()), 1, count);
            if (type.isFloatingPoint()) {
                double[] in = strips.doubles(1);
                int at = first(in, count, done == 0 ? in[0] : best);
                found = at < 0 ? found : done + at;
                best = at < 0 ? done == 0 ? in[0] : best : in[at];
            } else {
                long[] in = strips.longs(1);
                int at = first(in, count, done == 0 ? in[0] : whole);
                found = at < 0 ? found : done + at;
                whole = at < 0 ? done == 0 ? in[0] : whole : in[at];
            }
        }
        return found;
    }

    /** Where the best element stands first, -1 if none beats what is given. */
    private int first(double[] in, int n, double given) {
        double best = given;
        int found = -1;
        for (int i = 0; i < n; i++) {
            if (beats(in[i], best)) {
                best = in[i];
                found = i;
            }
        }
        return found;
    }

    private int first(long[] in, int n, long given) {
        long best = given;
        int found = -1;
        for (int i = 0; i < n; i++) {
            if (largest ? in[i] > best : in[i] < best) {
                best = in[i];
                found = i;
            }
        }
        return found;
    }

    private boolean beats(double x, double best) {
        return (largest ? x > best : x < best) || Double.isNaN(x) && !Double.isNaN(best);
    }

    @Override
    public void columns(int rows, int width, MemorySegment x, long offset, long rowBytes, State state) {
        Strips strips = Strips.local();
        for (int row = 0; row < rows; row++) {
            strips.load(1, type, x, offset + row * rowBytes, 1, width);
            if (type.isFloatingPoint()) {
                look(strips.doubles(1), row, width, state);
            } else {
                look(strips.longs(1), row, width, state);
            }
        }
    }

    private void look(double[] in, int row, int width, State state) {
        for (int w = 0; w < width; w++) {
            if (row == 0 || beats(in[w], state.doubles[w])) {
                state.doubles[w] = in[w];
                state.rows[w] = row;
            }
        }
    }

    private void look(long[] in, int row, int width, State state) {
        for (int w = 0; w < width; w++) {
            if (row == 0 || (largest ? in[w] > state.longs[w] : in[w] < state.longs[w])) {
                state.longs[w] = in[w];
                state.rows[w] = row;
            }
        }
    }
}
