package dev.lanewise.internal.kernel;

import java.util.Arrays;

/**
 * What the places of a line are made of: place o is the sum of {@code weights[k] · x[sources[k]]} for k from
 * {@code starts[o]} to before {@code starts[o + 1]}.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ResampleTable(int inputs, int[] starts, int[] sources, double[] weights) {
    /** Number of places that are made. */
    public int outputs() {
        return starts.length - 1;
    }

    /** The table of the derivative: which places each source went into, with the same weights. */
    public ResampleTable transposed() {
        int[] first = new int[inputs + 1];
        for (int source : sources) {
            first[source + 1]++;
        }
        Arrays.parallelPrefix(first, Integer::sum);
        int[] next = first.clone();
        int[] places = new int[sources.length];
        double[] factors = new double[sources.length];
        for (int o = 0; o < outputs(); o++) {
            for (int k = starts[o]; k < starts[o + 1]; k++) {
                int at = next[sources[k]]++;
                places[at] = o;
                factors[at] = weights[k];
            }
        }
        return new ResampleTable(outputs(), first, places, factors);
    }
}
