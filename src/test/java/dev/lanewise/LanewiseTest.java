package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.simd.Simd;
import org.junit.jupiter.api.Test;

class LanewiseTest {
    @Test
    void describesWhatItRunsOn() {
        String text = Lanewise.describe();
        assertTrue(text.contains(Runtime.version().toString()), text);
        assertTrue(text.contains(Simd.isOn() ? "simd: on" : "simd: off"), text);
        assertTrue(text.contains(Simd.reason()), text);
        assertTrue(text.contains("threads: " + Lanewise.numThreads()), text);
        assertTrue(text.contains("memory budget"), text);
        if (Simd.isOn()) {
            assertTrue(text.contains("float32 " + Simd.lanes(DType.FLOAT32)), text);
        }
    }

    @Test
    void seedsTheDefaultGenerator() {
        assertSame(Generator.defaultGenerator(), Lanewise.manualSeed(7));
        float first = Tensor.rand(1).toFloatArray()[0];
        Lanewise.manualSeed(7);
        assertEquals(first, Tensor.rand(1).toFloatArray()[0]);
        assertEquals(7, Generator.defaultGenerator().initialSeed());
    }

    @Test
    void setsTheNumberOfThreads() {
        int before = Lanewise.numThreads();
        try {
            Lanewise.setNumThreads(3);
            assertEquals(3, Lanewise.numThreads());
            assertThrows(IllegalArgumentException.class, () -> Lanewise.setNumThreads(0));
        } finally {
            Lanewise.setNumThreads(before);
        }
        assertThrows(IllegalArgumentException.class, () -> Lanewise.setMemoryBudget(0));
    }
}
