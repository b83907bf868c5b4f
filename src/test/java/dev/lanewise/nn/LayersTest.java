package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Shape;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.testing.Golden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers over windows and channels as modules: first values, state, printed form, modes and what they refuse. */
class LayersTest {
    private static final Map<String, Supplier<Module>> RECORDED = Map.of(
            "module: nn.Conv1d(3, 4, 3)", () -> new Conv1d(3, 4, 3),
            "module: nn.Conv2d(3, 4, 3)", () -> new Conv2d(3, 4, 3),
            "module: nn.Conv2d(4, 6, (3, 2), groups=2)",
                    () -> new Conv2d(4, 6, new long[] {3, 2}, ConvOptions.DEFAULT.groups(2)),
            "module: nn.Conv3d(1, 2, 2)", () -> new Conv3d(1, 2, 2),
            "module: nn.ConvTranspose2d(3, 4, 3)", () -> new ConvTranspose2d(3, 4, 3),
            "module: nn.BatchNorm2d(4)", () -> new BatchNorm2d(4),
            "module: nn.LayerNorm(5)", () -> new LayerNorm(5),
            "module: nn.PReLU()", () -> new PReLU());

    private static final Map<String, Supplier<Tensor>> DROPOUTS = Map.of(
            "dropout1d", () -> new Dropout1d().forward(Tensor.ones(2, 6, 2)),
            "dropout2d", () -> new Dropout2d().forward(Tensor.ones(2, 6, 2, 2)));

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "100", "8589934597"})
    void drawsAndStateAreTheRecordedOnes(String seed) {
        int found = 0;
        for (Map<String, Object> recorded :
                Golden.maps(Golden.json("rng/torch_seed_" + seed + ".json").get("cases"))) {
            String id = (String) recorded.get("id");
            Lanewise.manualSeed(Long.parseLong(seed));
            if (RECORDED.containsKey(id)) {
                Map<String, Tensor> state = RECORDED.get(id).get().stateDict();
                Map<String, Object> expected = Golden.map(recorded.get("state_dict"));
                assertEquals(List.copyOf(expected.keySet()), List.copyOf(state.keySet()), id);
                expected.forEach((key, tensor) -> same(id + " " + key, Golden.map(tensor), state.get(key)));
                found++;
            } else if (DROPOUTS.containsKey(id)) {
                same(id, recorded, DROPOUTS.get(id).get());
                found++;
            }
        }
        assertEquals(RECORDED.size() + DROPOUTS.size(), found);
    }

    private static void same(String id, Map<String, Object> expected, Tensor actual) {
        assertEquals(expected.get("dtype"), actual.dtype().shortName(), id);
        assertArrayEquals(Golden.longs(expected.get("shape")), actual.shape().toArray(), id);
        assertArrayEquals(Golden.doubles(expected.get("values")), actual.toDoubleArray(), id);
    }

    @Test
    void printedForms() {
        Map<String, Module> forms = new LinkedHashMap<>();
        convolutionForms(forms);
        forms.put("BatchNorm2d(8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)", new BatchNorm2d(8));
        forms.put(
                "InstanceNorm1d(3, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)",
                new InstanceNorm1d(3));
        forms.put("LayerNorm((8,), eps=1e-05, elementwise_affine=True)", new LayerNorm(8));
        forms.put("GroupNorm(2, 8, eps=1e-05, affine=True)", new GroupNorm(2, 8));
        forms.put("LocalResponseNorm(2, alpha=0.0001, beta=0.75, k=1.0)", new LocalResponseNorm(2));
        forms.put("MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)", new MaxPool2d(2));
        forms.put("AvgPool1d(kernel_size=(2,), stride=(2,), padding=(0,))", new AvgPool1d(2));
        forms.put("AvgPool2d(kernel_size=3, stride=2, padding=1)", new AvgPool2d(3, 2, 1));
        forms.put("AdaptiveAvgPool2d(output_size=(None, 2))", new AdaptiveAvgPool2d(-1, 2));
        forms.put("AdaptiveMaxPool1d(output_size=4)", new AdaptiveMaxPool1d(4));
        forms.put("MaxUnpool2d(kernel_size=(2, 2), stride=(2, 2), padding=(0, 0))", new MaxUnpool2d(2));
        forms.put("LPPool2d(norm_type=2, kernel_size=3, stride=None, ceil_mode=False)", new LPPool2d(2, 3));
        forms.put("ConstantPad1d(padding=(1, 1), value=3.5)", new ConstantPad1d(1, 3.5));
        forms.put("ZeroPad2d(padding=(1, 2, 0, 3), value=0.0)", new ZeroPad2d(1, 2, 0, 3));
        forms.put("ReflectionPad2d((1, 1, 1, 1))", new ReflectionPad2d(1));
        forms.put("ReplicationPad3d((1, 1, 1, 1, 1, 1))", new ReplicationPad3d(1));
        forms.put("Dropout2d(p=0.5, inplace=False)", new Dropout2d());
        forms.put("Unfold(kernel_size=(2, 3), dilation=1, padding=0, stride=1)", new Unfold(2, 3));
        forms.put(
                "Fold(output_size=(4, 5), kernel_size=2, dilation=1, padding=0, stride=1)",
                new Fold(new long[] {4, 5}, 2));
        forms.forEach((text, module) -> assertEquals(text, module.toString()));
    }

    private static void convolutionForms(Map<String, Module> forms) {
        forms.put(
                "Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))",
                new Conv2d(3, 8, 3, ConvOptions.DEFAULT.padding(1)));
        forms.put(
                "Conv1d(4, 8, kernel_size=(3,), stride=(1,), padding=same, dilation=(2,), groups=2, bias=False,"
                        + " padding_mode=circular)",
                new Conv1d(
                        4,
                        8,
                        3,
                        ConvOptions.DEFAULT
                                .same()
                                .dilation(2)
                                .groups(2)
                                .bias(false)
                                .paddingMode(PadMode.CIRCULAR)));
        forms.put(
                "ConvTranspose3d(2, 4, kernel_size=(2, 2, 2), stride=(2, 2, 2), output_padding=(1, 1, 1))",
                new ConvTranspose3d(2, 4, 2, ConvOptions.DEFAULT.stride(2).outputPadding(1)));
    }

    @Test
    void convolutionsPadAsTheyAreTold() {
        Tensor x = Tensor.arange(DType.FLOAT32, 7).reshape(1, 1, 7);
        for (PadMode mode : List.of(PadMode.REFLECT, PadMode.REPLICATE, PadMode.CIRCULAR)) {
            Conv1d padded = new Conv1d(1, 2, 3, ConvOptions.DEFAULT.padding(2).paddingMode(mode));
            Tensor around = Functional.pad(x, new long[] {2, 2}, mode);
            double[] expected =
                    Functional.conv1d(around, padded.weight(), padded.bias()).toDoubleArray();
            assertArrayEquals(expected, padded.forward(x).toDoubleArray(), mode.toString());
            Conv1d same = new Conv1d(1, 2, 4, ConvOptions.DEFAULT.same().paddingMode(mode));
            assertEquals(Shape.of(1, 2, 7), same.forward(x).shape());
        }
        Conv1d even = new Conv1d(1, 1, 2, ConvOptions.DEFAULT.same().bias(false));
        assertNull(even.bias());
        Init.ones_(even.weight());
        assertArrayEquals(new double[] {1, 3, 5, 7, 9, 11, 6}, even.forward(x).toDoubleArray());
    }

    @Test
    void transposedConvolutionsReachAskedSizes() {
        ConvTranspose2d up =
                new ConvTranspose2d(3, 2, 3, ConvOptions.DEFAULT.stride(2).padding(1));
        Tensor x = Tensor.ones(2, 3, 4, 5);
        assertEquals(Shape.of(2, 2, 7, 9), up.forward(x).shape());
        assertEquals(Shape.of(2, 2, 8, 9), up.forward(x, 8, 9).shape());
        refused(
                IllegalArgumentException.class,
                "convTranspose2d: the output size must be one that a convolution shrinks to the input's, expected at"
                        + " least 7 in dim 0, got [9, 9] [input: float32[2, 3, 4, 5]].",
                () -> up.forward(x, 9, 9));
        assertEquals(Shape.of(2, 7, 9), up.forward(x.get(0)).shape());
    }

    @Test
    void batchNormCountsAndFollows() {
        Tensor x = Tensor.of(new double[][] {{1, 10}, {3, 30}});
        BatchNorm1d norm = new BatchNorm1d(2);
        norm.forward(x);
        assertEquals(1, norm.buffer("num_batches_tracked").item());
        assertArrayEquals(new double[] {0.2, 2}, norm.buffer("running_mean").toDoubleArray(), 1e-6);
        assertArrayEquals(new double[] {1.1, 20.9}, norm.buffer("running_var").toDoubleArray(), 1e-5);
        norm.eval();
        double[] before = norm.forward(x).toDoubleArray();
        assertArrayEquals(before, norm.forward(x).toDoubleArray());
        assertEquals((1 - 0.2) / Math.sqrt(1.1 + 1e-5), before[0], 1e-6);
        norm.resetRunningStats();
        assertEquals(0, norm.buffer("num_batches_tracked").item());
        BatchNorm1d average = new BatchNorm1d(2, NormOptions.BATCH.momentum(null));
        average.forward(x);
        average.forward(x.add(2));
        assertArrayEquals(new double[] {3, 21}, average.buffer("running_mean").toDoubleArray(), 1e-5);
        BatchNorm1d plain =
                new BatchNorm1d(2, NormOptions.BATCH.trackRunningStats(false).affine(false));
        assertEquals(List.of(), List.copyOf(plain.stateDict().keySet()));
        plain.eval();
        assertArrayEquals(new double[] {-1, -1, 1, 1}, plain.forward(x).toDoubleArray(), 1e-5);
        refused(
                ShapeException.class,
                "BatchNorm2d: the input must have 4 dimensions, got 2 [input: float32[2, 2]].",
                () -> new BatchNorm2d(2).forward(x));
    }

    @Test
    void instanceNormOfOneSample() {
        Tensor x = Tensor.of(new double[][] {{1, 3}, {10, 30}});
        assertArrayEquals(
                new double[] {-1, 1, -1, 1}, new InstanceNorm1d(2).forward(x).toDoubleArray(), 1e-4);
        InstanceNorm1d tracking = new InstanceNorm1d(2, NormOptions.INSTANCE.trackRunningStats(true));
        tracking.forward(Tensor.stack(0, x, x.add(2)));
        assertArrayEquals(
                new double[] {0.3, 2.1}, tracking.buffer("running_mean").toDoubleArray(), 1e-6);
        assertArrayEquals(
                new double[] {1.1, 20.9}, tracking.buffer("running_var").toDoubleArray(), 1e-5);
    }

    @Test
    void responseOfNeighbours() {
        Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}).reshape(1, 3, 2);
        double[] got = new LocalResponseNorm(2, 1, 1, 1).forward(x).toDoubleArray();
        assertArrayEquals(new double[] {1 / 1.5, 2 / 3.0, 3 / 6.0, 4 / 11.0, 5 / 18.0, 6 / 27.0}, got, 1e-6);
    }

    @Test
    void poolsAndTheWayBack() {
        Tensor x = Tensor.of(new double[][] {{1, 2, 3, 4}, {8, 7, 6, 5}}).reshape(1, 1, 2, 4);
        ValuesIndices top = new MaxPool2d(2).forwardWithIndices(x);
        assertArrayEquals(new long[] {4, 6}, top.indices().toLongArray());
        Tensor back = new MaxUnpool2d(2).forward(top.values(), top.indices());
        assertArrayEquals(new double[] {0, 0, 0, 0, 8, 0, 6, 0}, back.toDoubleArray());
        assertArrayEquals(
                new double[] {4.5, 4.5}, new AdaptiveAvgPool2d(1, 2).forward(x).toDoubleArray());
        assertArrayEquals(
                new long[] {4, 6},
                new AdaptiveMaxPool2d(1, 2).forwardWithIndices(x).indices().toLongArray());
        assertArrayEquals(
                new double[] {5},
                new LPPool1d(2, 2).forward(Tensor.of(3.0, 4.0).reshape(1, 2)).toDoubleArray(),
                1e-6);
        assertArrayEquals(
                new double[] {6, 6},
                new AvgPool2d(new long[] {2}, new long[] {2}, new long[] {0}, false, 3)
                        .forward(x)
                        .toDoubleArray());
    }

    @Test
    void patchesAndPads() {
        Tensor x = Tensor.arange(DType.FLOAT32, 12).reshape(1, 1, 3, 4);
        Tensor columns = new Unfold(2).forward(x);
        assertEquals(Shape.of(1, 4, 6), columns.shape());
        assertEquals(
                Shape.of(1, 1, 3, 4),
                new Fold(new long[] {3, 4}, 2).forward(columns).shape());
        assertEquals(Shape.of(1, 1, 8, 6), new ZeroPad2d(2, 0, 1, 4).forward(x).shape());
        assertEquals(
                3 * 2,
                new ConstantPad2d(new long[] {1, 0, 0, 0}, 2)
                        .forward(x)
                        .select(3, 0)
                        .sum()
                        .item());
        assertEquals(5, new ReflectionPad2d(1).forward(x).getDouble(0, 0, 0, 0));
        assertEquals(11, new ReplicationPad2d(2).forward(x).getDouble(0, 0, 6, 7));
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }
}
