package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ScalarStep;
import dev.lanewise.internal.kernel.StepCall;
import dev.lanewise.internal.kernel.StepKernel;
import dev.lanewise.internal.kernel.StepMath;
import dev.lanewise.internal.kernel.StepRule;
import dev.lanewise.op.StepRules;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The vector form of every rule gives the bits of its scalar form. */
class StepKernelTest {
    private static final List<StepRule> RULES = List.of(
            StepRules.SGD,
            StepRules.ADAM,
            StepRules.ADAMAX,
            StepRules.NADAM,
            StepRules.RADAM,
            StepRules.RMSPROP,
            StepRules.ADAGRAD,
            StepRules.ADADELTA,
            StepRules.ASGD,
            StepRules.RPROP,
            StepRules.LION);
    private static final int[] SIZES = {1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 255, 256, 257, 1000};
    private static final double[] SPECIAL = {
        0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-42, 3e38
    };
    private static final int SHIFT = 3;

    @Test
    void vectorsGiveTheBitsOfTheScalarForm() {
        assumeTrue(Simd.isOn(), Simd.reason());
        int checked = 0;
        Random random = new Random(1);
        for (StepRule rule : RULES) {
            for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
                for (int flags = 0; flags < StepMath.FLAGS; flags++) {
                    StepKernel scalar = new ScalarStep(rule, type, flags);
                    AutoStep vectors = new AutoStep(rule, type, flags, scalar);
                    vectors.warmNow();
                    assertTrue(vectors.isWarm());
                    for (int n : SIZES) {
                        checked += compare(scalar, vectors, type, n, random, rule + " " + flags);
                    }
                }
            }
        }
        assertTrue(checked > 1_000_000, checked + " elements");
    }

    private static int compare(StepKernel a, StepKernel b, DType type, int n, Random random, String what) {
        try (Arena arena = Arena.ofShared()) {
            double[] numbers = random.doubles(LaneStep.NUMBERS, -1, 2).toArray();
            StepCall first = call(arena, type, n, numbers);
            StepCall second = call(arena, type, n, numbers);
            for (int k = 0; k < StepCall.OPERANDS; k++) {
                for (int i = 0; i < SHIFT + n; i++) {
                    double value =
                            random.nextInt(9) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian();
                    set(first.segments()[k], type, i, value);
                    set(second.segments()[k], type, i, value);
                }
            }
            a.run(SHIFT, n, first);
            b.run(SHIFT, n, second);
            for (int k = 0; k < StepCall.OPERANDS; k++) {
                for (int i = 0; i < SHIFT + n; i++) {
                    String place = what + " " + type + " n " + n + " operand " + k + " element " + i;
                    assertEquals(bits(first.segments()[k], type, i), bits(second.segments()[k], type, i), place);
                }
            }
            return StepCall.OPERANDS * n;
        }
    }

    private static StepCall call(Arena arena, DType type, int n, double[] numbers) {
        MemorySegment[] segments = new MemorySegment[StepCall.OPERANDS];
        for (int k = 0; k < segments.length; k++) {
            segments[k] = arena.allocate((long) (SHIFT + n) << type.shift());
        }
        return new StepCall(segments, new long[StepCall.OPERANDS], numbers);
    }

    private static void set(MemorySegment to, DType type, int i, double value) {
        if (type == DType.FLOAT32) {
            to.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) value);
        } else {
            to.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, value);
        }
    }

    /** The bits; all NaN count as one. */
    private static long bits(MemorySegment from, DType type, int i) {
        return type == DType.FLOAT32
                ? Float.floatToIntBits(from.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i))
                : Double.doubleToLongBits(from.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i));
    }
}
