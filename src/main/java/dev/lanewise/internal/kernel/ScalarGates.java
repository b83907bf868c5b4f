package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.FloatExp;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Recurrent cells one unit at a time, rounded after each operation as the vector form is, so that both give the same bits.
 *
 * <p>Reads and writes whole rows through arrays: element by element, the first calls of a program would take seconds.
 */
public final class ScalarGates implements GateKernel {
    private final GateCell cell;
    private final DType type;

    /** The kernel of a cell for FLOAT32 or FLOAT64. */
    public ScalarGates(GateCell cell, DType type) {
        this.cell = cell;
        this.type = type;
    }

    @Override
    public void forward(GateStep s) {
        for (int row = 0; row < s.rows(); row++) {
            forward(s, s.gate() + row * s.gateRow(), s.before() + row * s.row(), s.after() + row * s.row());
        }
    }

    private void forward(GateStep s, long gate, long before, long after) {
        for (int q = 0; q < cell.activated(); q++) {
            activate(q == 2, s.gates(), gate + q * s.step(), s.bias(), s.b() + q * s.step(), s.n());
        }
        switch (cell) {
            case LSTM -> lstm(s.gates(), gate, s.step(), s.state(), before, after, s.plane(), s.n());
            case GRU -> gru(s.gates(), gate, s.bias(), s.b(), s.step(), s.state(), before, after, s.n());
            case TANH, RELU -> rnn(s.gates(), gate, s.bias(), s.b(), s.state(), after, s.n());
        }
    }

    private void activate(boolean tanh, MemorySegment gates, long gate, MemorySegment bias, long b, int n) {
        double[] x = sum(gates, gate, bias, b, n);
        for (int i = 0; i < n; i++) {
            x[i] = tanh ? tanh(x[i]) : sigmoid(x[i]);
        }
        write(x, gates, gate);
    }

    private void lstm(
            MemorySegment gates,
            long gate,
            long step,
            MemorySegment state,
            long before,
            long after,
            long plane,
            int n) {
        double[] c = read(state, before + plane, n);
        double[] input = read(gates, gate, n);
        double[] forget = read(gates, gate + step, n);
        double[] fresh = read(gates, gate + 2 * step, n);
        double[] out = read(gates, gate + 3 * step, n);
        for (int i = 0; i < n; i++) {
            c[i] = rounded(rounded(input[i] * fresh[i]) + rounded(forget[i] * c[i]));
            out[i] = rounded(tanh(c[i]) * out[i]);
        }
        write(c, state, after + plane);
        write(out, state, after);
    }

    private void gru(
            MemorySegment gates,
            long gate,
            MemorySegment bias,
            long b,
            long step,
            MemorySegment state,
            long before,
            long after,
            int n) {
        double[] h = read(state, before, n);
        double[] reset = read(gates, gate, n);
        double[] update = read(gates, gate + step, n);
        double[] fresh = sum(gates, gate + 2 * step, bias, b + 2 * step, n);
        double[] part = sum(gates, gate + 3 * step, bias, b + 3 * step, n);
        for (int i = 0; i < n; i++) {
            fresh[i] = tanh(rounded(rounded(part[i] * reset[i]) + fresh[i]));
            h[i] = rounded(rounded(rounded(h[i] - fresh[i]) * update[i]) + fresh[i]);
        }
        write(fresh, gates, gate + 2 * step);
        write(part, gates, gate + 3 * step);
        write(h, state, after);
    }

    private void rnn(
            MemorySegment gates, long gate, MemorySegment bias, long b, MemorySegment state, long after, int n) {
        double[] x = sum(gates, gate, bias, b, n);
        for (int i = 0; i < n; i++) {
            x[i] = cell == GateCell.TANH ? tanh(x[i]) : Math.max(x[i], 0);
        }
        write(x, gates, gate);
        write(x, state, after);
    }

    @Override
    public void backward(GateStep s) {
        for (int row = 0; row < s.rows(); row++) {
            GateStep one = s.part(row, 1, 0, s.n());
            if (cell == GateCell.LSTM) {
                output(one);
            }
            slopes(one);
        }
    }

    /** The gradient of the output gate of an LSTM, and what comes through it to the cell state. */
    private void output(GateStep s) {
        int n = s.n();
        double[] out = read(s.gates(), s.gate() + 3 * s.step(), n);
        double[] c = read(s.state(), s.after() + s.plane(), n);
        double[] up = read(s.change(), s.changeAfter(), n);
        double[] through = read(s.change(), s.changeAfter() + s.plane(), n);
        for (int i = 0; i < n; i++) {
            double t = tanh(c[i]);
            through[i] = rounded(rounded(rounded(up[i] * out[i]) * rest(t)) + through[i]);
            out[i] = product(out[i], rounded(up[i] * t));
        }
        write(out, s.slope(), s.g() + 3 * s.step());
        write(through, s.change(), s.changeAfter() + s.plane());
    }

    private void slopes(GateStep s) {
        int n = s.n();
        double[][] x = gates(s.gates(), s.gate(), s.step(), n);
        long cellState = cell == GateCell.LSTM ? s.plane() : 0;
        double[] up = read(s.change(), s.changeAfter() + cellState, n);
        if (cell.planes() == 1 && cell.gates() == 1) {
            rnnSlopes(x[0], up);
        } else {
            double[] old = read(s.state(), s.before() + cellState, n);
            double[] past = read(s.change(), s.changeBefore() + cellState, n);
            for (int i = 0; i < n; i++) {
                past[i] = rounded(rounded(up[i] * x[1][i]) + past[i]);
            }
            write(past, s.change(), s.changeBefore() + cellState);
            if (cell == GateCell.LSTM) {
                lstmSlopes(x, up, old);
            } else {
                gruSlopes(x, up, old);
            }
        }
        // The output gate of an LSTM is done already.
        int count = cell == GateCell.LSTM ? 3 : x.length;
        for (int q = 0; q < count; q++) {
            write(x[q], s.slope(), s.g() + q * s.step());
        }
    }

    private void rnnSlopes(double[] y, double... up) {
        for (int i = 0; i < y.length; i++) {
            y[i] = cell == GateCell.TANH ? rounded(up[i] * rest(y[i])) : y[i] <= 0 ? 0 : up[i];
        }
    }

    private void lstmSlopes(double[][] x, double[] up, double... old) {
        for (int i = 0; i < up.length; i++) {
            double dInput = product(x[0][i], rounded(up[i] * x[2][i]));
            x[1][i] = product(x[1][i], rounded(up[i] * old[i]));
            x[2][i] = rounded(rounded(up[i] * x[0][i]) * rest(x[2][i]));
            x[0][i] = dInput;
        }
    }

    private void gruSlopes(double[][] x, double[] up, double... old) {
        for (int i = 0; i < up.length; i++) {
            double dNew = rounded(rounded(up[i] - rounded(up[i] * x[1][i])) * rest(x[2][i]));
            x[1][i] = product(x[1][i], rounded(up[i] * rounded(old[i] - x[2][i])));
            x[2][i] = dNew;
            double dReset = product(x[0][i], rounded(dNew * x[3][i]));
            x[3][i] = rounded(dNew * x[0][i]);
            x[0][i] = dReset;
        }
    }

    /** g y (1 - y). */
    private double product(double y, double g) {
        return rounded(rounded(g * rounded(1 - y)) * y);
    }

    /** 1 - y². */
    private double rest(double y) {
        return rounded(1 - rounded(y * y));
    }

    private double tanh(double x) {
        return type == DType.FLOAT32 ? FloatExp.tanh((float) x) : DoubleExp.tanh(x);
    }

    private double sigmoid(double x) {
        return type == DType.FLOAT32 ? FloatExp.sigmoid((float) x) : DoubleExp.sigmoid(x);
    }

    // One operation on floats in double and one rounding give what float arithmetic gives.
    private double rounded(double value) {
        return type == DType.FLOAT32 ? (float) value : value;
    }

    private double[][] gates(MemorySegment gates, long gate, long step, int n) {
        double[][] all = new double[cell.gates()][];
        for (int q = 0; q < all.length; q++) {
            all[q] = read(gates, gate + q * step, n);
        }
        return all;
    }

    private double[] sum(MemorySegment x, long at, MemorySegment y, long place, int n) {
        double[] sum = read(x, at, n);
        double[] added = read(y, place, n);
        for (int i = 0; i < n; i++) {
            sum[i] = rounded(sum[i] + added[i]);
        }
        return sum;
    }

    private double[] read(MemorySegment segment, long at, int n) {
        double[] out = new double[n];
        if (type == DType.FLOAT64) {
            MemorySegment.copy(segment, ValueLayout.JAVA_DOUBLE_UNALIGNED, at, out, 0, n);
        } else {
            float[] floats = new float[n];
            MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT_UNALIGNED, at, floats, 0, n);
            for (int i = 0; i < n; i++) {
                out[i] = floats[i];
            }
        }
        return out;
    }

    private void write(double[] values, MemorySegment segment, long at) {
        if (type == DType.FLOAT64) {
            MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_DOUBLE_UNALIGNED, at, values.length);
        } else {
            float[] floats = new float[values.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) values[i];
            }
            MemorySegment.copy(floats, 0, segment, ValueLayout.JAVA_FLOAT_UNALIGNED, at, floats.length);
        }
    }
}
