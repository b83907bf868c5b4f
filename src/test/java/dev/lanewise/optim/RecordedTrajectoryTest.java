package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tanh;
import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Npz;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training runs of a small network, step by step as PyTorch made them. */
class RecordedTrajectoryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "opt_sgd", "opt_sgd_f64", "opt_sgd_momentum", "opt_sgd_momentum_f64", "opt_sgd_nesterov",
                "opt_sgd_dampening", "opt_sgd_weight_decay", "opt_sgd_all", "opt_sgd_maximize", "opt_adam",
                "opt_adam_f64", "opt_adam_amsgrad", "opt_adam_betas", "opt_adamw", "opt_adamw_f64"
            })
    void replays(String run) {
        Map<String, Object> recorded = Golden.json("train/" + run + ".json");
        Map<String, Npz.Array> arrays = Golden.npz("train/" + run + ".npz");
        boolean wide = run.endsWith("f64");
        DType dtype = wide ? DType.FLOAT64 : DType.FLOAT32;
        Sequential model =
                new Sequential(new Linear(20, 32), new ReLU(), new Linear(32, 16), new Tanh(), new Linear(16, 3));
        model.to(dtype);
        model.stateDict().forEach((name, tensor) -> tensor.copy_(tensor(arrays.get("init." + name))));
        Optimizer<?> optimizer = optimizer(recorded, model.parameters());
        Tensor x = tensor(arrays.get("X"));
        Tensor y = tensor(arrays.get("y"));
        double[] losses = Golden.doubles(recorded.get("loss_per_step"));
        assertEquals(50, losses.length);
        for (int step = 0; step < losses.length; step++) {
            optimizer.zeroGrad();
            Tensor loss = new CrossEntropyLoss().forward(model.forward(x), y);
            // Rounding differs with the order of sums and grows from step to step.
            double tolerance = wide ? 1e-9 : step < 10 ? 1e-5 : 1e-4;
            assertEquals(losses[step], loss.item(), tolerance * Math.abs(losses[step]), run + " loss of step " + step);
            loss.backward();
            optimizer.step();
            if (step == 0) {
                compare(run, "after1.", model, arrays, wide ? 1e-10 : 1e-4);
            } else if (step == 9) {
                compare(run, "after10.", model, arrays, wide ? 1e-9 : 5e-4);
            }
        }
        compare(run, "final.", model, arrays, wide ? 1e-8 : 2e-3);
    }

    private static void compare(
            String run, String prefix, Module model, Map<String, Npz.Array> arrays, double tolerance) {
        assertEquals(6, model.stateDict().size());
        model.stateDict().forEach((name, tensor) -> {
            double[] expected = arrays.get(prefix + name).toDoubles();
            double[] actual = tensor.toDoubleArray();
            assertEquals(expected.length, actual.length);
            for (int i = 0; i < expected.length; i++) {
                double allowed = tolerance * (Math.abs(expected[i]) + 0.1);
                assertEquals(expected[i], actual[i], allowed, run + " " + prefix + name + " " + i);
            }
        });
    }

    private static Optimizer<?> optimizer(Map<String, Object> recorded, List<? extends Tensor> parameters) {
        Map<String, Object> args = Golden.map(recorded.get("optimizer_args"));
        String kind = (String) recorded.get("optimizer");
        return switch (kind) {
            case "SGD" -> new SGD(parameters, SGD.lr(0).withValues(args));
            case "Adam" -> new Adam(parameters, Adam.lr(0).withValues(args));
            case "AdamW" -> new AdamW(parameters, AdamW.lr(0).withValues(args));
            default -> throw new AssertionError(kind);
        };
    }

    private static Tensor tensor(Npz.Array array) {
        return Tensor.fromArray(array.values()).reshape(array.shape());
    }
}
