package dev.lanewise.testing.reference;

/** Recurrent cells by their definitions, one unit at a time. */
public final class RefRecurrent {
    private final Ref x;
    private final Ref own;
    private final Ref recurrent;
    private final Ref ownBias;
    private final Ref recurrentBias;
    private final int hidden;

    private RefRecurrent(Ref[] in, int first, boolean bias) {
        x = in[0];
        own = in[first];
        recurrent = in[first + 1];
        ownBias = bias ? in[first + 2] : null;
        recurrentBias = bias ? in[first + 3] : null;
        hidden = (int) in[1].size(1);
    }

    /**
     * The states {@code [planes, times + 1, batch, hidden]} before and after each time, those of the run from the end to the
     * beginning if {@code reverse}.
     *
     * @param cell lstm, gru, rnnTanh or rnnRelu
     * @param batches how many samples each time has
     * @param in x, h, c of an lstm, the two weights and, if there are any, the two biases
     */
    public static Ref states(String cell, long[] batches, boolean reverse, boolean bias, Ref... in) {
        int planes = cell.equals("lstm") ? 2 : 1;
        RefRecurrent step = new RefRecurrent(in, 1 + planes, bias);
        int times = batches.length;
        int batch = (int) in[1].size(0);
        int size = step.hidden;
        double[][][][] states = new double[planes][times + 1][batch][size];
        for (int p = 0; p < planes; p++) {
            for (int i = 0; i < batch * size; i++) {
                states[p][reverse ? times : 0][i / size][i % size] = in[1 + p].get(i);
            }
        }
        long[] first = new long[times + 1];
        for (int t = 0; t < times; t++) {
            first[t + 1] = first[t] + batches[t];
        }
        for (int n = 0; n < times; n++) {
            int t = reverse ? times - 1 - n : n;
            int before = reverse ? t + 1 : t;
            int after = reverse ? t : t + 1;
            for (int b = 0; b < batch; b++) {
                for (int u = 0; u < size; u++) {
                    for (int p = 0; p < planes; p++) {
                        states[p][after][b][u] = states[p][before][b][u];
                    }
                }
                if (b < batches[t]) {
                    step.next(cell, first[t] + b, states, before, after, b);
                }
            }
        }
        long[] shape = {planes, times + 1, batch, size};
        double[] values = new double[Positions.numel(shape)];
        for (int i = 0; i < values.length; i++) {
            long[] at = Positions.at(shape, i);
            values[i] = states[(int) at[0]][(int) at[1]][(int) at[2]][(int) at[3]];
        }
        return Ref.floating(in[0].dtype(), shape, values);
    }

    private void next(String cell, long row, double[][][][] states, int before, int after, int b) {
        double[] h = states[0][before][b];
        for (int u = 0; u < hidden; u++) {
            double value = switch (cell) {
                case "rnnTanh" -> Math.tanh(sum(row, h, 0, u));
                case "rnnRelu" -> Math.max(0, sum(row, h, 0, u));
                case "gru" -> {
                    double reset = sigmoid(sum(row, h, 0, u));
                    double update = sigmoid(sum(row, h, 1, u));
                    double fresh = Math.tanh(input(row, 2, u) + reset * state(h, 2, u));
                    yield (1 - update) * fresh + update * h[u];
                }
                default -> {
                    double c = sigmoid(sum(row, h, 1, u)) * states[1][before][b][u]
                            + sigmoid(sum(row, h, 0, u)) * Math.tanh(sum(row, h, 2, u));
                    states[1][after][b][u] = c;
                    yield sigmoid(sum(row, h, 3, u)) * Math.tanh(c);
                }
            };
            states[0][after][b][u] = value;
        }
    }

    private double sum(long row, double[] h, int gate, int unit) {
        return input(row, gate, unit) + state(h, gate, unit);
    }

    private double input(long row, int gate, int unit) {
        long place = (long) gate * hidden + unit;
        double sum = ownBias == null ? 0 : ownBias.at(place);
        for (long i = 0; i < x.size(1); i++) {
            sum += x.at(row, i) * own.at(place, i);
        }
        return sum;
    }

    private double state(double[] h, int gate, int unit) {
        long place = (long) gate * hidden + unit;
        double sum = recurrentBias == null ? 0 : recurrentBias.at(place);
        for (int i = 0; i < hidden; i++) {
            sum += h[i] * recurrent.at(place, i);
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
