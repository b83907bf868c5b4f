package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lanewise.DType;
import dev.lanewise.internal.random.Draws;
import dev.lanewise.internal.random.ElementFill;
import dev.lanewise.internal.random.Mt19937;
import dev.lanewise.internal.random.NormalFill;
import dev.lanewise.internal.random.ScalarLoops;
import dev.lanewise.internal.random.Target;
import dev.lanewise.internal.random.UniformFill;
import dev.lanewise.internal.random.WordLoops;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vector loops of random fills give the bits of the scalar ones. */
class RandomLanesTest {
    private static final WordLoops SCALAR = ScalarLoops.INSTANCE;

    /** Uniforms of float32 are multiples of 2^-24: all of them can be tried. */
    private static final int ALL = 1 << 24;

    private WordLoops lanes;

    @BeforeEach
    void makeLoops() {
        Assumptions.assumeTrue(Simd.isOn());
        lanes = new RandomSlot().copy();
    }

    @Test
    void twistsAreEqual() {
        int[] expected = new Mt19937(5).words();
        int[] got = expected.clone();
        for (int i = 0; i < 100; i++) {
            SCALAR.twist(expected);
            lanes.twist(got);
            assertArrayEquals(expected, got, "twist " + i);
        }
    }

    @Test
    void temperedWordsAreEqualAtEveryLength() {
        int[] state = new Mt19937(6).words();
        for (int n = 0; n <= 70; n++) {
            int[] expected = new int[80];
            int[] got = new int[80];
            SCALAR.temper(state, n, expected, 3, n);
            lanes.temper(state, n, got, 3, n);
            assertArrayEquals(expected, got, "length " + n);
        }
    }

    @Test
    void uniformsAreEqualAtEveryLengthAndRange() {
        int[] words = new SplittableRandom(7).ints(1024).toArray();
        for (int n = 0; n <= 1024; n += n < 70 ? 1 : 53) {
            for (float[] range : new float[][] {{1, 0}, {1.2f, -0.3f}, {0, 5}, {1e30f, -1e-30f}}) {
                float[] expected = new float[1024];
                float[] got = new float[1024];
                SCALAR.uniforms(words, expected, n, (1 << 24) - 1, 0x1p-24f, range[0], range[1]);
                lanes.uniforms(words, got, n, (1 << 24) - 1, 0x1p-24f, range[0], range[1]);
                assertBits(expected, got);
            }
        }
    }

    @Test
    void normalsAreEqualForEveryUniform() {
        float[] expected = new float[1024];
        float[] got = new float[1024];
        int seen = 0;
        for (int first = 0; first < ALL; first += 512) {
            for (int i = 0; i < 512; i++) {
                int block = i / 8 * 16 + i % 8;
                expected[block] = (first + i) * 0x1p-24f;
                // an odd factor visits every angle once, far from the radius's own order
                expected[block + 8] = ((first + i) * 0x9E3779B1 & (ALL - 1)) * 0x1p-24f;
                seen++;
            }
            System.arraycopy(expected, 0, got, 0, expected.length);
            SCALAR.normals(expected, 1024, 0.3f, 1.7f);
            lanes.normals(got, 1024, 0.3f, 1.7f);
            assertBits(expected, got);
        }
        assertEquals(ALL, seen);
    }

    @Test
    void normalsAreEqualAtEveryLength() {
        SplittableRandom random = new SplittableRandom(8);
        for (int n = 0; n <= 256; n += 16) {
            float[] expected = new float[256];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = (random.nextInt() & (ALL - 1)) * 0x1p-24f;
            }
            float[] got = expected.clone();
            SCALAR.normals(expected, n, 0, 1);
            lanes.normals(got, n, 0, 1);
            assertBits(expected, got);
        }
    }

    @Test
    void fillsAreEqualAroundLanesAndBlocks() {
        for (int n : new int[] {2047, 2048, 2049, 2055, 2056, 2063, 2064, 2065, 4096, 4111, 65_537, 1_000_003}) {
            float[] floats = new float[n];
            UniformFill.fill(scalar(n), Target.of(floats), -0.3, 0.9);
            float[] fromLanes = new float[n];
            UniformFill.fill(vector(n), Target.of(fromLanes), -0.3, 0.9);
            assertBits(floats, fromLanes);
            NormalFill.fill(scalar(n), Target.of(floats), 2, 3);
            NormalFill.fill(vector(n), Target.of(fromLanes), 2, 3);
            assertBits(floats, fromLanes);
        }
    }

    @Test
    void otherDTypesAreEqual() {
        int n = 5003;
        for (DType type : new DType[] {DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16}) {
            byte[] expected = new byte[8 * n];
            byte[] got = new byte[8 * n];
            UniformFill.fill(scalar(n), target(type, expected, n), -1, 2);
            UniformFill.fill(vector(n), target(type, got, n), -1, 2);
            assertArrayEquals(expected, got, type + " uniform");
            NormalFill.fill(scalar(n), target(type, expected, n), -1, 2);
            NormalFill.fill(vector(n), target(type, got, n), -1, 2);
            assertArrayEquals(expected, got, type + " normal");
            ElementFill.bernoulli(scalar(n), target(type, expected, n), 0.3);
            ElementFill.bernoulli(vector(n), target(type, got, n), 0.3);
            assertArrayEquals(expected, got, type + " bernoulli");
        }
    }

    private static Target target(DType type, byte[] out, int n) {
        return new Target(type, MemorySegment.ofArray(out), 0, n);
    }

    // Position and words differ from fill to fill: the first word is not the first of a twist.
    private static Draws scalar(long seed) {
        Draws draws = new Draws(seed, () -> null);
        draws.engine().next();
        return draws;
    }

    private Draws vector(long seed) {
        Draws draws = new Draws(seed, () -> lanes);
        draws.engine().next();
        return draws;
    }

    @Test
    void thereAreNoLoopsWhileVectorsAreCold() {
        if (Simd.warmup() == Simd.Warmup.OFF) {
            assertNull(RandomLanes.get());
        }
    }

    private static void assertBits(float[] expected, float[] got) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(got[i])) {
                assertEquals(expected[i], got[i], "element " + i);
                throw new AssertionError("element " + i + " differs in its sign");
            }
        }
    }
}
