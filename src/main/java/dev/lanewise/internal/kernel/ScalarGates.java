package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/** Recurrent cells one unit at a time, computed in double and rounded where a value is kept. */
public final class ScalarGates implements GateKernel {
    private final GateCell cell;
    private final DType type;

    /** The kernel of a cell for FLOAT32 or FLOAT64. */
    public ScalarGates(GateCell cell, DType type) {
        this.cell = cell;
        this.type = type;
    }

    @Override
    public void activate(boolean tanh, MemorySegment gates, long gate, MemorySegment bias, long b, int n) {
        for (int i = 0; i < n; i++) {
            long at = (long) i << type.shift();
            double x = get(gates, gate + at) + get(bias, b + at);
            set(gates, gate + at, tanh ? Math.tanh(x) : sigmoid(x));
        }
    }

    @Override
    public void forward(
            MemorySegment gates,
            long gate,
            MemorySegment bias,
            long b,
            long step,
            MemorySegment state,
            long before,
            long after,
            long plane,
            int n) {
        double[] x = new double[cell.gates()];
        for (int i = 0; i < n; i++) {
            long at = (long) i << type.shift();
            for (int q = 0; q < x.length; q++) {
                double added = q < cell.activated() ? 0 : get(bias, b + q * step + at);
                x[q] = get(gates, gate + q * step + at) + added;
            }
            next(x, state, before + at, after + at, plane);
            for (int q = cell.activated(); q < x.length; q++) {
                set(gates, gate + q * step + at, x[q]);
            }
        }
    }

    @Override
    public void output(
            MemorySegment gates,
            long gate,
            MemorySegment slope,
            long g,
            MemorySegment state,
            long after,
            MemorySegment change,
            long changeAfter,
            long plane,
            int n) {
        for (int i = 0; i < n; i++) {
            long at = (long) i << type.shift();
            double out = get(gates, gate + at);
            double t = Math.tanh(get(state, after + plane + at));
            double up = get(change, changeAfter + at);
            set(slope, g + at, up * t * out * (1 - out));
            add(change, changeAfter + plane + at, up * out * (1 - t * t));
        }
    }

    @Override
    public void backward(
            MemorySegment gates,
            long gate,
            MemorySegment slope,
            long g,
            long step,
            MemorySegment state,
            long before,
            long after,
            MemorySegment change,
            long changeBefore,
            long changeAfter,
            long plane,
            int n) {
        double[] x = new double[cell.gates()];
        for (int i = 0; i < n; i++) {
            long at = (long) i << type.shift();
            for (int q = 0; q < x.length; q++) {
                x[q] = get(gates, gate + q * step + at);
            }
            double up = get(change, changeAfter + at);
            switch (cell) {
                case LSTM -> {
                    double dc = get(change, changeAfter + plane + at);
                    add(change, changeBefore + plane + at, dc * x[1]);
                    lstmSlopes(x, dc, get(state, before + plane + at));
                }
                case GRU -> {
                    add(change, changeBefore + at, up * x[1]);
                    gruSlopes(x, up, get(state, before + at));
                }
                case TANH -> x[0] = up * (1 - x[0] * x[0]);
                case RELU -> x[0] = x[0] <= 0 ? 0 : up;
            }
            int count = cell == GateCell.LSTM ? 3 : x.length;
            for (int q = 0; q < count; q++) {
                set(slope, g + q * step + at, x[q]);
            }
        }
    }

    private void next(double[] x, MemorySegment state, long before, long after, long plane) {
        switch (cell) {
            case LSTM -> {
                double c = x[1] * get(state, before + plane) + x[0] * x[2];
                set(state, after + plane, c);
                set(state, after, x[3] * Math.tanh(c));
            }
            case GRU -> {
                x[2] = Math.tanh(x[2] + x[0] * x[3]);
                set(state, after, x[2] + x[1] * (get(state, before) - x[2]));
            }
            case TANH -> {
                x[0] = Math.tanh(x[0]);
                set(state, after, x[0]);
            }
            case RELU -> {
                x[0] = Math.max(x[0], 0);
                set(state, after, x[0]);
            }
        }
    }

    private static void lstmSlopes(double[] x, double dc, double before) {
        double dInput = dc * x[2] * x[0] * (1 - x[0]);
        double dForget = dc * before * x[1] * (1 - x[1]);
        x[2] = dc * x[0] * (1 - x[2] * x[2]);
        x[0] = dInput;
        x[1] = dForget;
    }

    private static void gruSlopes(double[] x, double up, double before) {
        double dNew = up * (1 - x[1]) * (1 - x[2] * x[2]);
        double dUpdate = up * (before - x[2]) * x[1] * (1 - x[1]);
        double dReset = dNew * x[3] * x[0] * (1 - x[0]);
        x[3] = dNew * x[0];
        x[0] = dReset;
        x[1] = dUpdate;
        x[2] = dNew;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private double get(MemorySegment segment, long at) {
        return Elements.getDouble(type, segment, at);
    }

    private void set(MemorySegment segment, long at, double value) {
        Elements.setDouble(type, segment, at, value);
    }

    private void add(MemorySegment segment, long at, double value) {
        set(segment, at, get(segment, at) + value);
    }
}
