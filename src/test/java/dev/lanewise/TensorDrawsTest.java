package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Random tensors: generators, memory order, shapes, distributions and refusals. */
class TensorDrawsTest {
    private static final int MANY = 200_000;

    /** Every kind of draw, from a generator. */
    private static Map<String, Function<Generator, Tensor>> draws() {
        Map<String, Function<Generator, Tensor>> draws = new LinkedHashMap<>();
        Tensor like = Tensor.zeros(DType.FLOAT64, 5, 6);
        Tensor p = Tensor.rand(new Generator(), 30);
        draws.put("rand", g -> Tensor.rand(g, 30));
        draws.put("rand float64", g -> Tensor.rand(g, DType.FLOAT64, 5, 6));
        draws.put("randLike", g -> Tensor.randLike(like, DType.FLOAT64, g));
        draws.put("randn", g -> Tensor.randn(g, 30));
        draws.put("randn bfloat16", g -> Tensor.randn(g, DType.BFLOAT16, 30));
        draws.put("randnLike", g -> Tensor.randnLike(like, DType.FLOAT64, g));
        draws.put("randint", g -> Tensor.randint(g, 3, 9, 30));
        draws.put("randint int8", g -> Tensor.randint(g, DType.INT8, 3, 9, 30));
        draws.put("randintLike", g -> Tensor.randintLike(like, 3, 9, DType.INT32, g));
        draws.put("randperm", g -> Tensor.randperm(30, g));
        draws.put("randperm int16", g -> Tensor.randperm(30, DType.INT16, g));
        draws.put("normal numbers", g -> Tensor.normal(g, 3, 2, 30));
        draws.put("normal tensors", g -> Tensor.normal(p, p, g));
        draws.put("normal mean", g -> Tensor.normal(p, 2, g));
        draws.put("normal std", g -> Tensor.normal(2, p, g));
        draws.put("bernoulli", p::bernoulli);
        draws.put("bernoulli number", g -> p.bernoulli(0.3, g));
        draws.put("multinomial", g -> p.multinomial(20, false, g));
        draws.put("multinomial with replacement", g -> p.multinomial(50, true, g));
        draws.put("poisson", g -> p.mul(40).poisson(g));
        inPlace(draws, p);
        return draws;
    }

    private static void inPlace(Map<String, Function<Generator, Tensor>> draws, Tensor p) {
        draws.put("uniform_", g -> Tensor.empty(30).uniform_(1, 2, g));
        draws.put("normal_", g -> Tensor.empty(30).normal_(1, 2, g));
        draws.put("random_", g -> Tensor.empty(30).random_(g));
        draws.put("random_ range", g -> Tensor.empty(DType.UINT8, 30).random_(3, 200, g));
        draws.put("random_ from", g -> Tensor.empty(DType.INT32, 30).random_(-5, (Long) null, g));
        draws.put("bernoulli_", g -> Tensor.empty(DType.BOOL, 30).bernoulli_(0.4, g));
        draws.put("bernoulli_ tensor", g -> Tensor.empty(DType.INT64, 2, 30).bernoulli_(p, g));
        draws.put("exponential_", g -> Tensor.empty(30).exponential_(2, g));
        draws.put("geometric_", g -> Tensor.empty(DType.INT64, 30).geometric_(0.2, g));
        draws.put("cauchy_", g -> Tensor.empty(30).cauchy_(1, 2, g));
        draws.put("logNormal_", g -> Tensor.empty(30).logNormal_(0, 1, g));
    }

    @Test
    void aGeneratorOfOnesOwnAndTheDefaultOneDrawTheSame() {
        assertEquals(31, draws().size());
        draws().forEach((name, draw) -> {
            Generator own = new Generator().manualSeed(17);
            Lanewise.manualSeed(17);
            Tensor first = draw.apply(own);
            Tensor second = draw.apply(Generator.defaultGenerator());
            assertArrayEquals(first.toDoubleArray(), second.toDoubleArray(), name);
            assertEquals(own.getState(), Lanewise.getRngState(), name);
            assertFalse(own.getState().equals(new Generator().manualSeed(17).getState()), name + " draws");
        });
    }

    @Test
    void stateAndSeedOfTheDefaultGeneratorAreKept() {
        Lanewise.manualSeed(1L << 40 | 7);
        assertEquals(1L << 40 | 7, Lanewise.initialSeed());
        GeneratorState state = Lanewise.getRngState();
        Tensor first = Tensor.rand(4);
        Lanewise.setRngState(state);
        assertArrayEquals(first.toFloatArray(), Tensor.rand(4).toFloatArray());
        assertEquals(Lanewise.seed(), Lanewise.initialSeed());
    }

    @Test
    void drawsFollowTheOrderOfMemory() {
        Tensor plain = Tensor.rand(new Generator(), 4, 5);
        Tensor turned = Tensor.randLike(Tensor.zeros(5, 4).t(), DType.FLOAT32, new Generator());
        assertFalse(turned.isContiguous());
        assertArrayEquals(plain.toFloatArray(), turned.t().reshape(4, 5).toFloatArray());
        // every second element of memory, and a memory that starts later
        Tensor strided = Tensor.zeros(20, 2).select(1, 1).uniform_(0, 1, new Generator());
        assertArrayEquals(plain.toFloatArray(), strided.toFloatArray());
    }

    @Test
    void normalsOfMemoryWithGapsAreDrawnOneByOne() {
        Tensor gaps = Tensor.zeros(40, 2).select(1, 0).normal_(0, 1, new Generator());
        Generator single = new Generator();
        for (long i = 0; i < 40; i++) {
            assertEquals((float) single.normal(), gaps.get(i).item());
        }
    }

    @Test
    void emptyAndZeroDimensionalTensorsAreDrawn() {
        Generator untouched = new Generator();
        assertEquals(0, Tensor.rand(untouched, 3, 0).numel());
        assertEquals(0, Tensor.randn(untouched, 0).numel());
        assertEquals(0, Tensor.empty(0).bernoulli(untouched).numel());
        assertEquals(0, Tensor.empty(0).poisson(untouched).numel());
        assertEquals(new Generator().getState(), untouched.getState());
        assertEquals(0, Tensor.randn(untouched).dim());
        assertEquals(0, Tensor.randint(5, new long[0]).dim());
    }

    @Test
    void probabilitiesAreBroadcast() {
        Tensor p = Tensor.of(0.0, 1.0, 0.5);
        Tensor drawn = Tensor.empty(DType.INT64, 100, 3).bernoulli_(p, new Generator());
        long[] sums = drawn.sum(0).toLongArray();
        assertEquals(0, sums[0]);
        assertEquals(100, sums[1]);
        assertTrue(sums[2] > 25 && sums[2] < 75, "sum " + sums[2]);
    }

    @Test
    void weightsOfZeroAreDrawnLast() {
        Tensor weights = Tensor.of(0.0, 2.0, 0.0, 1.0, 0.0);
        for (int seed = 0; seed < 50; seed++) {
            long[] all = weights.multinomial(5, false, new Generator().manualSeed(seed))
                    .toLongArray();
            assertTrue(all[0] % 2 == 1 && all[1] % 2 == 1, "the first two have weight");
            assertArrayEquals(new long[] {0, 2, 4}, new long[] {all[2], all[3], all[4]});
        }
    }

    @Test
    void momentsAreThoseOfTheDistributions() {
        Generator g = new Generator().manualSeed(3);
        moments("exponential", Tensor.empty(MANY).exponential_(2, g), 0.5, 0.25);
        moments("geometric", Tensor.empty(MANY).geometric_(0.25, g), 4, 12);
        moments("poisson 3", Tensor.full(3.0, MANY).poisson(g), 3, 3);
        moments("poisson 15", Tensor.full(15.0, MANY).poisson(g), 15, 15);
        moments("poisson 4000", Tensor.full(4000.0, MANY).poisson(g), 4000, 4000);
        moments("uniform", Tensor.rand(g, MANY), 0.5, 1.0 / 12);
        moments("normal", Tensor.normal(g, 3, 2, MANY), 3, 4);
        moments("logNormal", Tensor.empty(MANY).logNormal_(0, 0.5, g), 1.1331, 0.3647);
        moments("bernoulli", Tensor.full(0.2, MANY).bernoulli(g), 0.2, 0.16);
    }

    private static void moments(String name, Tensor drawn, double mean, double variance) {
        double sum = 0;
        double squares = 0;
        for (double x : drawn.toDoubleArray()) {
            sum += x;
            squares += x * x;
        }
        double gotMean = sum / MANY;
        double deviation = Math.sqrt(variance / MANY);
        assertEquals(mean, gotMean, 5 * deviation, name + ": mean");
        assertEquals(variance, squares / MANY - gotMean * gotMean, 0.05 * variance, name + ": variance");
    }

    @Test
    void largeWholeNumbersStayInRange() {
        Tensor big = Tensor.empty(DType.FLOAT32, MANY).random_(1L << 40, (1L << 40) + 3, new Generator());
        for (double x : big.toDoubleArray()) {
            assertTrue(x >= 1L << 40 && x < (1L << 40) + 3, "drawn " + x);
        }
        Tensor ends = Tensor.empty(DType.INT8, MANY).random_(-128, 128, new Generator());
        assertEquals(-128, ends.min().item());
        assertEquals(127, ends.max().item());
    }

    @Test
    void drawnTensorsAreOutsideTheGraph() {
        Tensor p = Tensor.full(0.5, 4).requiresGrad_();
        assertFalse(p.bernoulli(new Generator()).requiresGrad());
        assertFalse(Tensor.normal(p, p, new Generator()).requiresGrad());
        Tensor x = p.mul(2);
        x.uniform_(0, 1, new Generator());
        x.sum().backward();
        assertEquals(0, p.grad().abs().sum().item(), "what was drawn over has no share in the result");
    }

    @Test
    void wrongCallsAreRefusedBeforeAnythingIsDrawn() {
        Generator g = new Generator();
        refused(
                "randint: the numbers must fit the dtype, expected 0 to 255 for uint8, got 0 to 256.",
                () -> Tensor.randint(g, DType.UINT8, 0, 257, 3));
        refused("randint: low must be below high, got low 4, high 4.", () -> Tensor.randint(g, 4, 4, 3));
        refused(
                "random_: low must not be above the dtype's largest number, expected at most 127, got 200.",
                () -> Tensor.empty(DType.INT8, 2).random_(200, (Long) null, g));
        refused(
                "bernoulli: p must be in [0, 1], got 1.5.",
                () -> Tensor.of(0.5, 1.5).bernoulli(g));
        refused(
                "normal: std must not be negative, got -1.0 [std: float32[2]].",
                () -> Tensor.normal(0, Tensor.of(1.0, -1.0), g));
        refused(
                "poisson: rates must not be negative, got -3.0.",
                () -> Tensor.of(-3.0).poisson(g));
        refused(
                "geometric_: p must be between 0 and 1, got 1.0.",
                () -> Tensor.empty(2).geometric_(1, g));
        refused(
                "cauchy_: sigma must be positive, got 0.0.",
                () -> Tensor.empty(2).cauchy_(0, 0, g));
        refused(
                "logNormal_: std must be positive, got 0.0.",
                () -> Tensor.empty(2).logNormal_(0, 0, g));
        refused(
                "exponential_: self must not have elements that share memory [self: float32[3, 2]]."
                        + " Call clone() on an expanded tensor first.",
                () -> Tensor.zeros(1, 2).expand(3, 2).exponential_(1, g));
        refused(
                "bernoulli_: a leaf that requires grad cannot be changed in place [self: float32[2]]."
                        + " Do it inside GradMode.noGrad(...), or use the form without underscore.",
                () -> Tensor.zeros(2).requiresGrad_().bernoulli_(Tensor.of(0.5, 0.5), g));
        assertEquals(new Generator().getState(), g.getState(), "nothing was drawn");
    }

    @Test
    void wrongWeightsAreRefusedBeforeAnythingIsDrawn() {
        Generator g = new Generator();
        refused(
                "multinomial: the number of draws must be positive, expected 1 to 2, got 3 [self: float32[2]]."
                        + " More draws than weights need replacement.",
                () -> Tensor.of(1.0, 2.0).multinomial(3, false, g));
        refused(
                "multinomial: weights must be finite and not negative, got -1.0.",
                () -> Tensor.of(1.0, -1.0).multinomial(2, true, g));
        refused(
                "multinomial: the weights of a row must have a positive sum, got 0.0.",
                () -> Tensor.zeros(2).multinomial(1, false, g));
        refused(
                "bernoulli: the probabilities must be floating point [self: int64[2]]. Convert with to(DType.FLOAT32).",
                () -> Tensor.of(0, 1).bernoulli(g));
        refused(
                "multinomial: the weights must be one row or a matrix of rows, none of them empty [self: float32[2, 0]].",
                () -> Tensor.zeros(2, 0).multinomial(1, false, g));
        assertEquals(new Generator().getState(), g.getState(), "nothing was drawn");
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(RuntimeException.class, call::run).getMessage());
    }
}
