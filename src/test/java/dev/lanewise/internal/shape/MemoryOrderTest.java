package dev.lanewise.internal.shape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class MemoryOrderTest {
    private static long[] of(long... values) {
        return values;
    }

    private static void check(int[] expected, long[] shape, long[]... strides) {
        assertArrayEquals(expected, MemoryOrder.of(shape, strides));
    }

    @Test
    void theSmallestStrideComesFirst() {
        check(new int[] {2, 1, 0}, of(2, 3, 4), of(12, 4, 1));
        check(new int[] {0, 2, 1}, of(2, 3, 4), of(1, 8, 2));
        check(new int[0], of());
    }

    @Test
    void theFirstOperandThatTellsDecides() {
        check(new int[] {1, 0}, of(2, 3), of(3, 1), of(1, 2));
        check(new int[] {0, 1}, of(2, 3), of(0, 0), of(1, 2));
        check(new int[] {0, 1}, of(2, 3), of(0, 1), of(1, 2));
    }

    @Test
    void equalStridesPutTheSmallerSizeFirst() {
        check(new int[] {0, 1}, of(2, 3), of(1, 1));
        check(new int[] {1, 0}, of(3, 2), of(1, 1));
    }

    @Test
    void withoutADecisionTheLaterDimensionIsFaster() {
        check(new int[] {2, 1, 0}, of(2, 3, 4), of(0, 0, 0));
        check(new int[] {1, 0}, of(5, 5), of(2, 2), of(0, 1));
    }
}
