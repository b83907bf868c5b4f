package dev.lanewise.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SizeClassTest {
    private static LongStream sizes() {
        LongStream powers = LongStream.rangeClosed(0, 46).map(e -> 1L << e);
        return LongStream.concat(
                LongStream.range(0, 300_000),
                powers.flatMap(p -> LongStream.of(p - 1, p, p + 1, p + p / 3, p + p / 2 + 1)));
    }

    @Test
    void blockHoldsTheRequestAndIsAligned() {
        sizes().forEach(bytes -> {
            long size = SizeClass.roundUp(bytes);
            assertTrue(size >= bytes, () -> "size for " + bytes);
            assertEquals(0, size % 64, () -> "alignment for " + bytes);
            assertEquals(size, SizeClass.roundUp(size), () -> "idempotence for " + bytes);
            assertTrue(SizeClass.index(size) < SizeClass.COUNT, () -> "index for " + bytes);
        });
    }

    @Test
    void wasteIsBounded() {
        sizes().filter(bytes -> bytes > 512).forEach(bytes -> {
            long waste = SizeClass.roundUp(bytes) - bytes;
            assertTrue(waste < bytes / (bytes < 1 << 20 ? 4.0 : 16.0), () -> "waste for " + bytes);
        });
    }

    @Test
    void indicesGrowWithSizes() {
        long size = SizeClass.roundUp(0);
        int classes = 0;
        while (size < 1L << 46) {
            long next = SizeClass.roundUp(size + 1);
            long last = size;
            assertTrue(SizeClass.index(next) > SizeClass.index(size), () -> "index after " + last);
            size = next;
            classes++;
        }
        assertEquals(4 * 11 + 16 * 26, classes);
    }
}
