package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
    private static Generator seeded(long seed) {
        return new Generator().manualSeed(seed);
    }

    @Test
    void seedsCountWithTheirLow32Bits() {
        Generator large = seeded((1L << 40) + 7);
        assertEquals(seeded(7).nextLong64(), large.nextLong64());
        assertEquals((1L << 40) + 7, large.initialSeed());
        assertEquals(Generator.DEFAULT_SEED, new Generator().initialSeed());
        assertEquals(seeded(0xffffffffL).nextInt32(), seeded(-1).nextInt32());
    }

    @Test
    void firstWordOf64BitsIsTheHighOne() {
        Generator words = seeded(3);
        long high = words.nextInt32();
        long expected = (high << 32) | Integer.toUnsignedLong(words.nextInt32());
        assertEquals(expected, seeded(3).nextLong64());
        assertEquals(expected & Long.MAX_VALUE, seeded(3).randomInt64());
    }

    @Test
    void seedingForgetsTheKeptNormal() {
        Generator generator = seeded(1);
        double first = generator.normal();
        assertTrue(generator.getState().keptNormal().isPresent());
        generator.manualSeed(1);
        assertFalse(generator.getState().keptNormal().isPresent());
        assertEquals(first, generator.normal());
    }

    @Test
    void continuesFromAState() {
        Generator generator = seeded(11);
        generator.fillUniform(new float[700], 0, 1);
        generator.normal();
        GeneratorState state = generator.getState();
        double[] expected = {generator.normal(), generator.uniform53(), generator.normal()};
        Generator other = new Generator();
        other.setState(state);
        assertEquals(state, other.getState());
        assertEquals(state.hashCode(), other.getState().hashCode());
        assertArrayEquals(expected, new double[] {other.normal(), other.uniform53(), other.normal()});
        assertEquals(11, other.initialSeed());
        assertNotEquals(state, other.getState());
        generator.setState(state);
        assertEquals(expected[0], generator.normal());
    }

    @Test
    void aStateIsNotChangedByLaterDraws() {
        Generator generator = seeded(5);
        GeneratorState state = generator.getState();
        state.words()[0] = 99;
        int first = generator.nextInt32();
        generator.setState(state);
        assertEquals(first, generator.nextInt32());
    }

    @Test
    void theDefaultGeneratorIsOneAndSeedsDiffer() {
        assertEquals(Generator.defaultGenerator(), Generator.defaultGenerator());
        Generator generator = new Generator();
        long seed = generator.seed();
        assertEquals(seed, generator.initialSeed());
        assertTrue(seed >= 0 && seed < 1L << 53);
        assertNotEquals(seed, generator.seed());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 1023, 1024, 1025, 2049, 5000})
    void uniformFillsEqualSingleDraws(int n) {
        float[] floats = new float[n];
        double[] doubles = new double[n];
        Generator filled = seeded(2);
        filled.fillUniform(floats, 0, 1);
        filled.fillUniform(doubles, -1, 1);
        Generator single = seeded(2);
        for (int i = 0; i < n; i++) {
            assertEquals(single.uniform24(), floats[i]);
        }
        for (int i = 0; i < n; i++) {
            assertEquals(Math.fma(single.uniform53(), 2, -1), doubles[i]);
        }
        assertEquals(single.getState(), filled.getState());
    }

    // Chunks are an inner matter: a long fill equals the textbook algorithm on one array.
    @ParameterizedTest
    @ValueSource(ints = {16, 17, 31, 1024, 1030, 2048, 3001})
    void normalFillsOfDoublesEqualTheAlgorithmInOnePiece(int n) {
        double[] out = new double[n];
        seeded(4).fillNormal(out, 1, 2);
        Generator source = seeded(4);
        double[] expected = new double[n];
        source.fillUniform(expected, 0, 1);
        for (int at = 0; at + 16 <= n; at += 16) {
            block(expected, at);
        }
        if (n % 16 != 0) {
            double[] fresh = new double[16];
            source.fillUniform(fresh, 0, 1);
            System.arraycopy(fresh, 0, expected, n - 16, 16);
            block(expected, n - 16);
        }
        assertArrayEquals(expected, out, 1e-14);
    }

    private static void block(double[] d, int at) {
        for (int j = at; j < at + 8; j++) {
            double radius = Math.sqrt(-2 * Math.log(1 - d[j]));
            double theta = 2 * Math.PI * d[j + 8];
            d[j] = radius * Math.cos(theta) * 2 + 1;
            d[j + 8] = radius * Math.sin(theta) * 2 + 1;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "FLOAT16", "BFLOAT16"})
    void normalFillsOfFewerBitsAreNormal(DType dtype) {
        int n = 20_005;
        byte[] bytes = new byte[n * dtype.byteSize()];
        seeded(8).fillNormal(dtype, MemorySegment.ofArray(bytes), 0, n, 0, 1);
        MemorySegment segment = MemorySegment.ofArray(bytes);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double x = GeneratorRecordedTest.element(segment, dtype, (long) i * dtype.byteSize());
            sum += x;
            squares += x * x;
        }
        assertEquals(0, sum / n, 0.03);
        assertEquals(1, squares / n, 0.05);
    }

    @Test
    void uniformBoundsHold() {
        float[] out = new float[10_000];
        seeded(6).fillUniform(out, 3, 3);
        assertEquals(3f, out[9_999]);
        seeded(6).fillUniform(out, -2, 5);
        for (float x : out) {
            assertTrue(x >= -2 && x < 5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000})
    void permutationsHoldEveryNumberOnce(int n) {
        long[] order = seeded(9).randperm(n);
        Arrays.sort(order);
        for (int i = 0; i < n; i++) {
            assertEquals(i, order[i]);
        }
        assertEquals(n, order.length);
    }

    @Test
    void probabilitiesZeroAndOneAreCertain() {
        byte[] out = new byte[64];
        seeded(0).fillBernoulli(DType.BOOL, MemorySegment.ofArray(out), 0, 64, 1);
        assertArrayEquals(filled(64, 1), out);
        seeded(0).fillBernoulli(DType.BOOL, MemorySegment.ofArray(out), 0, 64, 0);
        assertArrayEquals(filled(64, 0), out);
    }

    private static byte[] filled(int n, int value) {
        byte[] out = new byte[n];
        Arrays.fill(out, (byte) value);
        return out;
    }

    @Test
    void wrongArgumentsAreNamed() {
        Generator g = seeded(0);
        double[] d = new double[4];
        MemorySegment memory = MemorySegment.ofArray(new byte[64]);
        assertMessage(
                "uniform_: from must not exceed to and to - from must be finite, got from 1.0, to 0.0.",
                () -> g.fillUniform(d, 1, 0));
        assertMessage("normal_: std must not be negative, got -1.0.", () -> g.fillNormal(d, 0, -1));
        assertMessage("randint: low must be below high, got low 3, high 3.", () -> g.randint(3, 3, 1));
        assertMessage(
                "bernoulli: p must be in [0, 1], got NaN.",
                () -> g.fillBernoulli(DType.BOOL, memory, 0, 1, Double.NaN));
        assertMessage(
                "exponential_: the rate must be positive, got 0.0.",
                () -> g.fillExponential(DType.FLOAT32, memory, 0, 1, 0));
        assertMessage(
                "uniform_: dtype must be floating point, got int64.",
                () -> g.fillUniform(DType.INT64, memory, 0, 1, 0, 1));
        assertMessage(
                "normal_: dtype must be floating point, got bool.", () -> g.fillNormal(DType.BOOL, memory, 0, 1, 0, 1));
        assertMessage("randperm: n must be in [0, 2147483639], got -1.", () -> g.randperm(-1));
        assertEquals(seeded(0).nextInt32(), g.nextInt32(), "a refused call draws nothing");
    }

    private static void assertMessage(String expected, Runnable call) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void threadsShareAGeneratorWithoutLosingDraws() throws InterruptedException {
        Generator shared = seeded(12);
        ConcurrentLinkedQueue<Long> drawn = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 2000; i++) {
                    drawn.add(shared.nextLong64());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Generator single = seeded(12);
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 8000; i++) {
            expected.add(single.nextLong64());
        }
        List<Long> got = new ArrayList<>(drawn);
        expected.sort(null);
        got.sort(null);
        assertEquals(expected, got);
    }
}
