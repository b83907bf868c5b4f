package dev.lanewise.properties;

import dev.lanewise.DType;
import dev.lanewise.op.Op;
import dev.lanewise.op.Ops;
import dev.lanewise.testing.reference.Rounding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a result may be from the reference: {@code ulps} units in the last place of the expected value, and
 * {@code roundings} times the rounding error of the largest value that was added up on the way.
 */
record Tolerance(double ulps, double roundings) {
    /** The same bits; NaN equals NaN. */
    static final Tolerance EXACT = new Tolerance(0, 0);

    private static final Map<String, Tolerance> BY_OP = new HashMap<>();

    static {
        // Elementwise ops declare theirs.
        for (Op op : Ops.all()) {
            BY_OP.put(op.name(), new Tolerance(op.ulps(), 0));
        }
        // Sums in another order.
        roundings("sum", 4);
        roundings("mean", 4);
        // Products are added up one after the other: half a rounding for each of at most 65.
        List<String> products = List.of("mm", "bmm", "mv", "dot", "linear", "addmm", "addmv", "baddbmm", "addbmm");
        for (String product : products) {
            roundings(product, 33);
        }
        roundings("addr", 4);
        for (String meeting : List.of("scatterAdd", "scatterReduce", "indexAdd", "indexPut", "put", "spread")) {
            roundings(meeting, 8);
        }
        // A sum of rounded terms, which may cancel.
        roundings("addcdiv", 4);
        roundings("lerp", 4);
        roundings("softmax", 8);
        roundings("logSoftmax", 8);
        roundings("mseLoss", 8);
        roundings("nllLoss", 8);
        // One rounding of the log-probability at each of at most 65 times.
        roundings("ctcLoss", 65);
        // Sums over at most 40 elements of a window, divided or scaled by a root.
        List<String> layers = List.of(
                "convolution",
                "convolutionInput",
                "convolutionWeight",
                "avgPool",
                "standardize",
                "normalizeLines",
                "normalizeChannels");
        layers.forEach(op -> roundings(op, 24));
        roundings("avgPoolSpread", 24);
        roundings("resample", 4);
        // Scores of up to 20, whose error becomes a relative one of the weights.
        roundings("scaledDotProductAttention", 24);
        // Three times a product over at most 21 elements of up to 9, whose error the next time takes on.
        List.of("lstm", "gru", "rnnTanh", "rnnRelu").forEach(op -> roundings(op, 100));
        statistics();
    }

    private static void statistics() {
        // Products are rounded once for each of at most 65 factors.
        roundings("prod", 65);
        roundings("cumprod", 33);
        roundings("norm", 16);
        // Sums in double, in another order.
        for (String sum : List.of("logsumexp", "var", "std", "cumsum", "logcumsumexp", "linearScan")) {
            roundings(sum, 8);
        }
        // Condition numbers are below 4, sizes up to 65.
        LinalgRecipes.OPS.forEach(op -> roundings(op, 200));
    }

    private static void roundings(String op, double count) {
        BY_OP.put(op, new Tolerance(1, count));
    }

    static Tolerance of(String op) {
        return BY_OP.get(op);
    }

    /** The largest difference allowed. */
    double allowed(DType type, double expected, double magnitude) {
        return ulps * Rounding.ulp(type, expected) + roundings * Rounding.ulp(type, magnitude);
    }
}
