package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Normalisations. */
final class NormCalls {
    private NormCalls() {}

    static void fill() {
        add("F.batch_norm", a -> withRunning(a, "training", false, Functional::batchNorm));
        add("F.instance_norm", a -> withRunning(a, "use_input_stats", true, Functional::instanceNorm));
        add(
                "F.layer_norm",
                a -> Functional.layerNorm(
                        a.only("normalized_shape", "weight", "bias", "eps").tensor(0),
                        Arrays.stream(a.dims(1, "normalized_shape"))
                                .asLongStream()
                                .toArray(),
                        a.tensorOrNull(2, "weight"),
                        a.tensorOrNull(3, "bias"),
                        real(a, 4, "eps", 1e-5)));
        add(
                "F.group_norm",
                a -> Functional.groupNorm(
                        a.only("num_groups", "weight", "bias", "eps").tensor(0),
                        a.number(1, "num_groups").longValue(),
                        a.tensorOrNull(2, "weight"),
                        a.tensorOrNull(3, "bias"),
                        real(a, 4, "eps", 1e-5)));
        add(
                "F.local_response_norm",
                a -> Functional.localResponseNorm(
                        a.only("size", "alpha", "beta", "k").tensor(0),
                        a.number(1, "size").longValue(),
                        real(a, 2, "alpha", 1e-4),
                        real(a, 3, "beta", 0.75),
                        real(a, 4, "k", 1)));
    }

    private interface Norm {
        Tensor of(
                Tensor x,
                Tensor mean,
                Tensor var,
                Tensor weight,
                Tensor bias,
                boolean own,
                double momentum,
                double eps);
    }

    /** The result, and after it the running statistics as the call left them, if there are any. */
    private static Object withRunning(Arguments a, String flag, boolean otherwise, Norm norm) {
        Tensor x = a.only("running_mean", "running_var", "weight", "bias", flag, "momentum", "eps")
                .tensor(0);
        Tensor mean = a.tensorOrNull(1, "running_mean");
        Tensor var = a.tensorOrNull(2, "running_var");
        boolean own = a.has(5, flag) ? (Boolean) a.get(5, flag) : otherwise;
        Tensor out = norm.of(
                x,
                mean,
                var,
                a.tensorOrNull(3, "weight"),
                a.tensorOrNull(4, "bias"),
                own,
                real(a, 6, "momentum", 0.1),
                real(a, 7, "eps", 1e-5));
        List<Object> outputs = new ArrayList<>(List.of(out));
        if (mean != null) {
            outputs.add(mean);
        }
        if (var != null) {
            outputs.add(var);
        }
        return outputs;
    }

    private static double real(Arguments a, int place, String name, double otherwise) {
        return a.has(place, name) ? a.number(place, name).doubleValue() : otherwise;
    }
}
