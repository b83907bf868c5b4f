package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.testing.Golden;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NumPy's random numbers against recorded ones, for three seeds. */
class NumPyRandomTest {
    private static final Map<String, Function<NumPyRandom, double[]>> CASES = new HashMap<>();

    static {
        CASES.put("randn(10)", r -> r.randn(10));
        CASES.put("randn(2, 3)", r -> r.randn(6));
        CASES.put("standard_normal((3, 3))", r -> r.randn(9));
        CASES.put("rand(10)", r -> r.randomSample(10));
        CASES.put("uniform(-2, 5, 10)", r -> r.uniform(-2, 5, 10));
        CASES.put("normal(3, 2, 11)", r -> r.normal(3, 2, 11));
        CASES.put("permutation(20)", r -> doubles(r.permutation(20)));
        CASES.put("shuffle(arange(10))", r -> doubles(r.permutation(10)));
        CASES.put("randint(0, 10, 20)", r -> doubles(r.randint(0, 10, 20)));
        CASES.put("randint(0, 10, [3, 4, 5])", r -> doubles(r.randint(0, 10, 60)));
        CASES.put("randint(-5, 100000, 10)", r -> doubles(r.randint(-5, 100000, 10)));
        CASES.put("randint(0, 2**40, 10)", r -> doubles(r.randint(0, 1L << 40, 10)));
        CASES.put("choice(10, 5, replace=False)", r -> Arrays.copyOf(doubles(r.permutation(10)), 5));
        CASES.put("choice(10, 5)", r -> doubles(r.randint(0, 10, 5)));
        CASES.put("random_sample(3) then randn(3)", r -> {
            r.randomSample(3);
            return r.randn(3);
        });
    }

    private static double[] doubles(long[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, 100})
    void drawsEqualTheRecordedOnes(long seed) {
        int seen = 0;
        for (Map<String, Object> recorded : Golden.maps(
                Golden.json("rng/numpy_sklearn_seed_" + seed + ".json").get("numpy"))) {
            String code = (String) recorded.get("code");
            Function<NumPyRandom, double[]> draw = CASES.get(code.replaceFirst(".*?RandomState\\(\\d+\\)\\.", ""));
            if (draw != null) {
                seen++;
                double[] expected = Golden.doubles(recorded.get("values"));
                assertArrayEquals(expected, draw.apply(new NumPyRandom(seed)), code);
            }
        }
        assertEquals(CASES.size(), seen, "every case has a recording");
    }

    @Test
    void smallestRangesDrawNothing() {
        NumPyRandom random = new NumPyRandom(1);
        assertEquals(5, random.randint(5, 6));
        assertArrayEquals(new long[] {0}, random.permutation(1));
        assertArrayEquals(new long[0], random.permutation(0));
        assertEquals(new NumPyRandom(1).randomSample(), random.randomSample());
    }

    @Test
    void widestRangeIsTaken() {
        NumPyRandom random = new NumPyRandom(1);
        boolean negative = false;
        boolean positive = false;
        for (int i = 0; i < 64; i++) {
            long x = random.randint(Long.MIN_VALUE, Long.MAX_VALUE);
            negative |= x < 0;
            positive |= x > 0;
        }
        assertEquals(true, negative && positive);
    }

    @Test
    void wrongSeedsAreNamed() {
        for (long seed : new long[] {-1, 1L << 32}) {
            String message = assertThrows(IllegalArgumentException.class, () -> new NumPyRandom(seed))
                    .getMessage();
            assertEquals("NumPyRandom: seed must be in [0, 4294967295], got " + seed + ".", message);
        }
    }
}
