package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.Golden;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generator against draws recorded from PyTorch, for four seeds, bit for bit. */
class GeneratorRecordedTest {
    /** One recorded case as draws from a freshly seeded generator. */
    private interface Case extends Function<Generator, double[]> {}

    /** One fill of a memory segment. */
    private interface Fill {
        void into(MemorySegment out);
    }

    private static final Map<String, Case> CASES = new HashMap<>();

    static {
        for (int n : new int[] {1, 5, 15, 16, 17, 31, 32, 100}) {
            CASES.put("rand_" + n, g -> uniform(g, DType.FLOAT32, n, 0, 1));
            CASES.put("rand_" + n + "_f64", g -> uniform(g, DType.FLOAT64, n, 0, 1));
            CASES.put("randn_" + n, g -> normal(g, DType.FLOAT32, n, 0, 1));
            CASES.put("randn_" + n + "_f64", g -> normal(g, DType.FLOAT64, n, 0, 1));
        }
        CASES.put("randn_2x3", g -> normal(g, DType.FLOAT32, 6, 0, 1));
        CASES.put("randn_4x5", g -> normal(g, DType.FLOAT32, 20, 0, 1));
        CASES.put("rand_f16", g -> uniform(g, DType.FLOAT16, 20, 0, 1));
        CASES.put("rand_bf16", g -> uniform(g, DType.BFLOAT16, 20, 0, 1));
        CASES.put("randn_bf16_5", g -> normal(g, DType.BFLOAT16, 5, 0, 1));
        CASES.put("randn_f16_20", g -> normal(g, DType.FLOAT16, 20, 0, 1));
        CASES.put("randn_like", g -> normal(g, DType.FLOAT32, 9, 0, 1));
        CASES.put("rand_like", g -> uniform(g, DType.FLOAT32, 9, 0, 1));
        CASES.put("randn_noncontiguous", g -> oneByOne(g, 20));
        CASES.put("randn_transposed", g -> transpose(oneByOne(g, 20), 4, 5));
        CASES.put("uniform_transposed", g -> transpose(uniform(g, DType.FLOAT32, 20, 0, 1), 4, 5));
        putSequences();
        putIntegers();
        putBernoulli();
        putParameters();
    }

    private static void putSequences() {
        CASES.put(
                "sequence",
                g -> concat(
                        normal(g, DType.FLOAT32, 3, 0, 1),
                        uniform(g, DType.FLOAT32, 3, 0, 1),
                        normal(g, DType.FLOAT32, 20, 0, 1),
                        normal(g, DType.FLOAT32, 2, 0, 1),
                        normal(g, DType.FLOAT32, 1, 0, 1)));
        CASES.put(
                "sequence_mixed_dtype",
                g -> concat(
                        normal(g, DType.FLOAT32, 1, 0, 1),
                        normal(g, DType.FLOAT64, 1, 0, 1),
                        normal(g, DType.FLOAT32, 1, 0, 1)));
        CASES.put("reseed_clears_cache", g -> {
            g.normal();
            return normal(g.manualSeed(5), DType.FLOAT32, 3, 0, 1);
        });
    }

    private static void putParameters() {
        CASES.put("normal_", g -> normal(g, DType.FLOAT32, 20, 2, 3));
        CASES.put("normal_small", g -> normal(g, DType.FLOAT32, 7, -1, 0.25));
        CASES.put("normal_f64", g -> normal(g, DType.FLOAT64, 20, 0.1, 0.37));
        CASES.put("normal_fn_size", g -> normal(g, DType.FLOAT32, 20, 1.5, 2));
        CASES.put("uniform_", g -> uniform(g, DType.FLOAT32, 20, -0.3, 0.9));
        CASES.put("uniform_f64", g -> uniform(g, DType.FLOAT64, 20, -0.3, 0.9));
        CASES.put("exponential_", g -> exponential(g, DType.FLOAT32, 20, 1));
        CASES.put("exponential_l", g -> exponential(g, DType.FLOAT64, 20, 2.5));
        CASES.put("initial_seed", g -> new double[] {g.initialSeed()});
        CASES.put("generator_rand", g -> uniform(new Generator().manualSeed(3), DType.FLOAT32, 3, 0, 1));
        CASES.put("generator_default", g -> uniform(new Generator(), DType.FLOAT32, 3, 0, 1));
    }

    private static void putIntegers() {
        CASES.put("randint_0_10", g -> randint(g, DType.INT64, 100, 0, 10));
        CASES.put("randint_0_10_2x3", g -> randint(g, DType.INT64, 6, 0, 10));
        CASES.put("randint_f64", g -> randint(g, DType.FLOAT64, 6, 0, 10));
        CASES.put("randint_i32", g -> randint(g, DType.INT32, 20, -7, 7));
        CASES.put("randint_u8", g -> randint(g, DType.UINT8, 20, 0, 256));
        CASES.put("randint_high", g -> randint(g, DType.INT64, 10, 0, 3));
        CASES.put("randint_2p31", g -> randint(g, DType.INT64, 20, 0, 1L << 31));
        CASES.put("randint_2p32m1", g -> randint(g, DType.INT64, 20, 0, (1L << 32) - 1));
        CASES.put("randint_2p32", g -> randint(g, DType.INT64, 20, 0, 1L << 32));
        CASES.put("random_i32", g -> random(g, DType.INT32, 10));
        CASES.put("random_u8", g -> random(g, DType.UINT8, 10));
        CASES.put("random_bool", g -> random(g, DType.BOOL, 20));
        CASES.put("random_f32", g -> random(g, DType.FLOAT32, 10));
        CASES.put("random_f64", g -> random(g, DType.FLOAT64, 10));
        CASES.put("random_from_to", g -> randint(g, DType.FLOAT32, 10, 5, 500));
        for (int n : new int[] {0, 1, 2, 10, 100}) {
            CASES.put("randperm_" + n, g -> toDoubles(g.randperm(n)));
        }
        CASES.put("randperm_i32", g -> toDoubles(g.randperm(12)));
    }

    private static void putBernoulli() {
        CASES.put("bernoulli_p", g -> bernoulli(g, DType.FLOAT32, 50, 0.3));
        CASES.put("bernoulli_p_f64", g -> bernoulli(g, DType.FLOAT64, 50, 0.7));
        CASES.put("bernoulli_p_bool", g -> bernoulli(g, DType.BOOL, 50, 0.5));
        CASES.put("dropout_p5", g -> scaled(bernoulli(g, DType.FLOAT32, 40, 0.5), 2));
        CASES.put("dropout_f64", g -> scaled(bernoulli(g, DType.FLOAT64, 20, 0.8), 1.25));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "100", "8589934597"})
    void drawsEqualTheRecordedOnes(String seed) {
        int compared = 0;
        int seen = 0;
        for (Map<String, Object> recorded : cases(seed)) {
            Case draw = CASES.get((String) recorded.get("id"));
            if (draw != null) {
                seen++;
                double[] expected = Golden.doubles(recorded.get("values"));
                compared += expected.length;
                assertArrayEquals(expected, draw.apply(seeded(seed)), "seed " + seed + ", " + recorded.get("code"));
            }
        }
        assertEquals(CASES.size(), seen, "every case has a recording");
        assertTrue(compared > 1500, "values compared: " + compared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "100", "8589934597"})
    void integersOf64BitsEqualTheRecordedOnes(String seed) {
        assertLongs(seed, "randint_big", g -> g.randint(-(1L << 40), 1L << 62, 20));
        assertLongs(seed, "randint_full", g -> g.randint(Long.MIN_VALUE, Long.MAX_VALUE, 20));
        assertLongs(seed, "random_i64", g -> {
            long[] out = new long[10];
            g.fillRandom(DType.INT64, MemorySegment.ofArray(out), 0, out.length);
            return out;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "100", "8589934597"})
    void bernoulliOfProbabilitiesEqualsTheRecordedOne(String seed) {
        // linspace counts from the nearer end.
        float[] floats = new float[50];
        double[] doubles = new double[50];
        for (int i = 0; i < 50; i++) {
            floats[i] = i < 25 ? (1f / 49) * i : 1f - (1f / 49) * (49 - i);
            doubles[i] = i < 25 ? (1.0 / 49) * i : 1 - (1.0 / 49) * (49 - i);
        }
        double[] fromFloats = widen(seeded(seed).bernoulli(floats));
        assertArrayEquals(values(seed, "bernoulli_tensor"), fromFloats);
        double[] fromDoubles = seeded(seed).bernoulli(doubles);
        assertArrayEquals(values(seed, "bernoulli_tensor_f64"), fromDoubles);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "100", "8589934597"})
    void linearInitialisationEqualsTheRecordedOne(String seed) {
        assertLinear(seed, "nn.Linear(4, 3)", DType.FLOAT32, 4, 3, true);
        assertLinear(seed, "nn.Linear(1, 1)", DType.FLOAT32, 1, 1, true);
        assertLinear(seed, "nn.Linear(4, 3, bias=False)", DType.FLOAT32, 4, 3, false);
        assertLinear(seed, "nn.Linear(7, 5, dtype=torch.float64)", DType.FLOAT64, 7, 5, true);
    }

    // Weights uniform in ±sqrt(3) * (gain / sqrt(in)) with gain = sqrt(2 / (1 + sqrt(5)^2)), biases in ±1/sqrt(in).
    private static void assertLinear(String seed, String module, DType dtype, int in, int out, boolean bias) {
        Map<String, Object> state =
                Golden.map(recorded(seed, "module: " + module).get("state_dict"));
        Generator generator = seeded(seed);
        double gain = Math.sqrt(2.0 / (1 + Math.pow(Math.sqrt(5), 2)));
        double bound = Math.sqrt(3) * (gain / Math.sqrt(in));
        double[] weight = uniform(generator, dtype, in * out, -bound, bound);
        assertArrayEquals(parameter(state, "weight"), weight, module);
        if (bias) {
            double edge = 1 / Math.sqrt(in);
            double[] b = uniform(generator, dtype, out, -edge, edge);
            assertArrayEquals(parameter(state, "bias"), b, module);
        }
    }

    private static double[] parameter(Map<String, Object> state, String name) {
        return Golden.doubles(Golden.map(state.get(name)).get("values"));
    }

    private static void assertLongs(String seed, String id, Function<Generator, long[]> draw) {
        long[] expected = Golden.longs(recorded(seed, id).get("values"));
        assertArrayEquals(expected, draw.apply(seeded(seed)), seed + " " + id);
    }

    private static List<Map<String, Object>> cases(String seed) {
        return Golden.maps(Golden.json("rng/torch_seed_" + seed + ".json").get("cases"));
    }

    private static Map<String, Object> recorded(String seed, String id) {
        Map<String, Object> found = null;
        for (Map<String, Object> candidate : cases(seed)) {
            found = id.equals(candidate.get("id")) ? candidate : found;
        }
        assertNotNull(found, id);
        return found;
    }

    private static double[] values(String seed, String id) {
        return Golden.doubles(recorded(seed, id).get("values"));
    }

    private static Generator seeded(String seed) {
        return new Generator().manualSeed(Long.parseLong(seed));
    }

    private static double[] uniform(Generator g, DType dtype, int n, double from, double to) {
        return filled(dtype, n, out -> g.fillUniform(dtype, out, 8, n, from, to));
    }

    private static double[] normal(Generator g, DType dtype, int n, double mean, double std) {
        return filled(dtype, n, out -> g.fillNormal(dtype, out, 8, n, mean, std));
    }

    private static double[] oneByOne(Generator g, int n) {
        return filled(DType.FLOAT32, n, out -> g.fillNormalOneByOne(DType.FLOAT32, out, 8, n, 0, 1));
    }

    private static double[] randint(Generator g, DType dtype, int n, long low, long high) {
        return filled(dtype, n, out -> g.fillRandint(dtype, out, 8, n, low, high));
    }

    private static double[] random(Generator g, DType dtype, int n) {
        return filled(dtype, n, out -> g.fillRandom(dtype, out, 8, n));
    }

    private static double[] bernoulli(Generator g, DType dtype, int n, double p) {
        return filled(dtype, n, out -> g.fillBernoulli(dtype, out, 8, n, p));
    }

    private static double[] exponential(Generator g, DType dtype, int n, double rate) {
        return filled(dtype, n, out -> g.fillExponential(dtype, out, 8, n, rate));
    }

    // Fills n elements that begin 8 bytes into a segment and reads them back as doubles.
    private static double[] filled(DType dtype, int n, Fill fill) {
        MemorySegment out = MemorySegment.ofArray(new byte[8 + n * dtype.byteSize()]);
        fill.into(out);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = element(out, dtype, 8L + (long) i * dtype.byteSize());
        }
        return values;
    }

    static double element(MemorySegment in, DType dtype, long at) {
        return switch (dtype) {
            case FLOAT32 -> in.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
            case FLOAT64 -> in.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
            case FLOAT16 -> Float.float16ToFloat(in.get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
            case BFLOAT16 -> Float.intBitsToFloat(in.get(ValueLayout.JAVA_SHORT_UNALIGNED, at) << 16);
            case INT64 -> in.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
            case INT32 -> in.get(ValueLayout.JAVA_INT_UNALIGNED, at);
            case INT16 -> in.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
            case INT8 -> in.get(ValueLayout.JAVA_BYTE, at);
            case UINT8, BOOL -> in.get(ValueLayout.JAVA_BYTE, at) & 0xff;
        };
    }

    private static double[] transpose(double[] values, int rows, int columns) {
        double[] out = new double[values.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                out[c * rows + r] = values[r * columns + c];
            }
        }
        return out;
    }

    private static double[] scaled(double[] values, double factor) {
        return DoubleStream.of(values).map(x -> x * factor).toArray();
    }

    private static double[] concat(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(DoubleStream::of).toArray();
    }

    private static double[] widen(float[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    private static double[] toDoubles(long[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}
