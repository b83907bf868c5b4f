package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.testing.Golden;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Initialisations and dropout against the values that PyTorch drew from the same seeds. */
class RecordedInitTest {
    private static final Map<String, Supplier<Module>> MODULES = Map.of(
            "module: nn.Linear(4, 3)", () -> new Linear(4, 3),
            "module: nn.Linear(1, 1)", () -> new Linear(1, 1),
            "module: nn.Linear(4, 3, bias=False)", () -> new Linear(4, 3, false),
            "module: nn.Linear(7, 5, dtype=torch.float64)", () -> new Linear(7, 5, Linear.dtype(DType.FLOAT64)),
            "module: nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))",
                    () -> new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 2)));

    private static final Map<String, Supplier<Tensor>> DROPOUTS = Map.of(
            "dropout_p3", () -> Functional.dropout(Tensor.arange(1.0, 41.0, 1.0), 0.3, true),
            "dropout_p5", () -> new Dropout().forward(Tensor.ones(40)),
            "dropout_f64", () -> new Dropout(0.2).forward(Tensor.ones(DType.FLOAT64, 20)),
            "dropout_p0", () -> new Dropout(0).forward(Tensor.ones(5)),
            "dropout_p1", () -> new Dropout(1).forward(Tensor.ones(5)));

    private static final Map<String, Supplier<Tensor>> INITS = Map.ofEntries(
            Map.entry("uniform_(torch.empty(3, 5))", () -> Init.uniform_(Tensor.empty(3, 5))),
            Map.entry("uniform_(torch.empty(3, 5), -1, 2)", () -> Init.uniform_(Tensor.empty(3, 5), -1, 2)),
            Map.entry("normal_(torch.empty(3, 5))", () -> Init.normal_(Tensor.empty(3, 5))),
            Map.entry("normal_(torch.empty(4, 5), 1, 0.1)", () -> Init.normal_(Tensor.empty(4, 5), 1, 0.1)),
            Map.entry("constant_(torch.empty(3, 5), 0.3)", () -> Init.constant_(Tensor.empty(3, 5), 0.3)),
            Map.entry("ones_(torch.empty(3))", () -> Init.ones_(Tensor.empty(3))),
            Map.entry("zeros_(torch.empty(3))", () -> Init.zeros_(Tensor.empty(3))),
            Map.entry("eye_(torch.empty(3, 5))", () -> Init.eye_(Tensor.empty(3, 5))),
            Map.entry("dirac_(torch.empty(4, 2, 3))", () -> Init.dirac_(Tensor.empty(4, 2, 3))),
            Map.entry("dirac_(torch.empty(4, 2, 3, 3), groups=2)", () -> Init.dirac_(Tensor.empty(4, 2, 3, 3), 2)),
            Map.entry("sparse_(torch.empty(6, 4), 0.3)", () -> Init.sparse_(Tensor.empty(6, 4), 0.3)),
            Map.entry(
                    "xavier_uniform_(torch.empty(3, 5), gain=1.5)", () -> Init.xavierUniform_(Tensor.empty(3, 5), 1.5)),
            Map.entry("xavier_normal_(torch.empty(4, 5))", () -> Init.xavierNormal_(Tensor.empty(4, 5))),
            Map.entry("xavier_uniform_(torch.empty(4, 3, 3, 3))", () -> Init.xavierUniform_(Tensor.empty(4, 3, 3, 3))),
            Map.entry("kaiming_uniform_(torch.empty(3, 5))", () -> Init.kaimingUniform_(Tensor.empty(3, 5))),
            Map.entry(
                    "kaiming_uniform_(torch.empty(3, 5), a=5 ** 0.5)",
                    () -> Init.kaimingUniform_(Tensor.empty(3, 5), Math.sqrt(5))),
            Map.entry(
                    "kaiming_uniform_(torch.empty(3, 5), mode='fan_out', nonlinearity='relu')",
                    () -> Init.kaimingUniform_(Tensor.empty(3, 5), 0, Init.FanMode.FAN_OUT, Init.Nonlinearity.RELU)),
            Map.entry("kaiming_normal_(torch.empty(4, 5))", () -> Init.kaimingNormal_(Tensor.empty(4, 5))),
            Map.entry(
                    "kaiming_normal_(torch.empty(4, 3, 3, 3), mode='fan_out', nonlinearity='relu')",
                    () -> Init.kaimingNormal_(
                            Tensor.empty(4, 3, 3, 3), 0, Init.FanMode.FAN_OUT, Init.Nonlinearity.RELU)));

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "100", "8589934597"})
    void modulesAndDropoutDrawWhatPyTorchDraws(String seed) {
        Map<String, Object> file = Golden.json("rng/torch_seed_" + seed + ".json");
        int found = 0;
        for (Map<String, Object> recorded : Golden.maps(file.get("cases"))) {
            String id = (String) recorded.get("id");
            Lanewise.manualSeed(Long.parseLong(seed));
            if (MODULES.containsKey(id)) {
                Map<String, Tensor> state = MODULES.get(id).get().stateDict();
                Map<String, Object> expected = Golden.map(recorded.get("state_dict"));
                assertEquals(List.copyOf(expected.keySet()), List.copyOf(state.keySet()), id);
                expected.forEach((key, tensor) -> check(id + " " + key, Golden.map(tensor), state.get(key)));
                found++;
            } else if (DROPOUTS.containsKey(id)) {
                check(id, recorded, DROPOUTS.get(id).get());
                found++;
            }
        }
        assertEquals(MODULES.size() + DROPOUTS.size(), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "100", "8589934597"})
    void initialisationsDrawWhatPyTorchDraws(String seed) {
        Map<String, Object> file = Golden.json("rng/torch_seed_" + seed + ".json");
        int found = 0;
        for (Map<String, Object> recorded : Golden.maps(file.get("cases"))) {
            String id = (String) recorded.get("id");
            Supplier<Tensor> init = INITS.get(id.replace("init: ", ""));
            if (init != null) {
                Lanewise.manualSeed(Long.parseLong(seed));
                check(id, recorded, init.get());
                found++;
            }
        }
        assertEquals(INITS.size(), found);
    }

    private static void check(String id, Map<String, Object> expected, Tensor actual) {
        assertEquals(expected.get("dtype"), actual.dtype().shortName(), id);
        assertArrayEquals(Golden.longs(expected.get("shape")), actual.shape().toArray(), id);
        assertArrayEquals(Golden.doubles(expected.get("values")), actual.toDoubleArray(), id);
    }
}
