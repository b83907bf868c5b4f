package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ScoreKernel;
import dev.lanewise.internal.kernel.ScoreStrips;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The weights of attention and their derivative: against the formula, and vectors against scalar code, bit for bit. */
class ScoreKernelTest {
    private static final double FACTOR = 0.3;

    private record Rows(DType type, int rows, int width, MemorySegment memory) {
        static Rows random(Arena arena, DType type, int rows, int width, Random random) {
            Rows made = new Rows(type, rows, width, arena.allocate((long) rows * width * type.byteSize(), 64));
            for (int i = 0; i < rows * width; i++) {
                made.set(i, random.nextGaussian());
            }
            return made;
        }

        Rows copy(Arena arena) {
            MemorySegment copy = arena.allocate(memory.byteSize(), 64);
            return new Rows(type, rows, width, copy.copyFrom(memory));
        }

        double get(int i) {
            return type == DType.FLOAT64
                    ? memory.getAtIndex(ValueLayout.JAVA_DOUBLE, i)
                    : memory.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }

        void set(int i, double value) {
            if (type == DType.FLOAT64) {
                memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
            } else {
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void vectorsGiveTheBitsOfScalarCode(DType type) {
        assumeTrue(Simd.isOn());
        ScoreKernel vectors = new ScoreSlot(type).copy();
        ScoreKernel scalar = new ScoreStrips(type);
        Random random = new Random(1);
        int checked = 0;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment pad = arena.allocate(ScoreKernel.PAD, 64);
            for (int width : new int[] {16, 48, 512, 1040}) {
                for (int rows : new int[] {1, 3}) {
                    Rows scores = Rows.random(arena, type, rows, width, random);
                    scores.set(width - 1, Double.NEGATIVE_INFINITY);
                    if (rows > 1) {
                        scores.set(width + 5, Double.NaN);
                        scores.set(2 * width + 3, 200);
                    }
                    Rows up = Rows.random(arena, type, rows, width, random);
                    Rows kept = Rows.random(arena, type, rows, 2, random);
                    Rows[] a = {scores.copy(arena), scores.copy(arena), up.copy(arena), kept.copy(arena)};
                    Rows[] b = {scores.copy(arena), scores.copy(arena), up.copy(arena), kept.copy(arena)};
                    run(vectors, a, pad);
                    run(scalar, b, pad);
                    for (int i = 0; i < a.length; i++) {
                        for (int j = 0; j < a[i].rows() * a[i].width(); j++) {
                            assertEquals(b[i].get(j), a[i].get(j), "operand " + i + " of width " + width + " at " + j);
                            checked++;
                        }
                    }
                }
            }
        }
        assertTrue(checked > 10_000, "too few");
    }

    /** Weights of the first operand; weights again of the second and slopes of the third; what is kept is the fourth. */
    private static void run(ScoreKernel kernel, Rows[] of, MemorySegment pad) {
        int rows = of[0].rows();
        int width = of[0].width();
        kernel.weigh(rows, width, FACTOR, of[0].memory(), 0, of[3].memory(), 0, pad);
        kernel.soften(rows, width, FACTOR, of[1].memory(), 0, of[2].memory(), 0, of[3].memory(), 0, pad);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void valuesAreThoseOfTheFormula(DType type) {
        int width = 32;
        try (Arena arena = Arena.ofShared()) {
            Rows scores = Rows.random(arena, type, 1, width, new Random(2));
            Rows up = Rows.random(arena, type, 1, width, new Random(3));
            Rows[] of = {
                scores.copy(arena), scores.copy(arena), up.copy(arena), Rows.random(arena, type, 1, 2, new Random())
            };
            run(new ScoreStrips(type), of, arena.allocate(ScoreKernel.PAD, 64));
            double sum = 0;
            double mean = 0;
            for (int i = 0; i < width; i++) {
                sum += Math.exp(FACTOR * scores.get(i));
                mean += Math.exp(FACTOR * scores.get(i)) * up.get(i);
            }
            for (int i = 0; i < width; i++) {
                double weight = Math.exp(FACTOR * scores.get(i)) / sum;
                double slope = (up.get(i) - mean / sum) * weight * FACTOR;
                double near = type == DType.FLOAT64 ? 1e-14 : 1e-6;
                assertEquals(weight, of[0].get(i), near);
                assertEquals(weight, of[1].get(i), near);
                assertEquals(slope, of[2].get(i), near);
            }
        }
    }
}
