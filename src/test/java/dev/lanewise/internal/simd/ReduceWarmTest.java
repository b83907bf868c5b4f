package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.FoldStrips;
import dev.lanewise.internal.kernel.Results;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels of products, reductions and softmax become warm, and make no vector objects then. */
class ReduceWarmTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

    @BeforeEach
    void vectorsInTheBackground() {
        assumeTrue(Simd.isOn() && Simd.warmup() == Simd.Warmup.BACKGROUND && Allocation.ofThisThread() >= 0);
    }

    @Test
    void products() {
        GemmKernels.f32();
        GemmKernels.f64();
        assertTrue(Warmer.await(LONG_ENOUGH));
        GemmKernel<float[]> floats = GemmKernels.f32();
        GemmKernel<double[]> doubles = GemmKernels.f64();
        assertNotNull(floats);
        assertNotNull(doubles);
        float[] a = new float[floats.mr() * floats.step()];
        float[] tile = new float[floats.mr() * floats.nr()];
        double[] wideA = new double[doubles.mr() * doubles.step()];
        double[] wideTile = new double[doubles.mr() * doubles.nr()];
        MemorySegment b = Arena.ofAuto().allocate(1 << 18, 64);
        assertAllocatesNothing(() -> floats.tile(100, a, 0, b, 0, tile));
        assertAllocatesNothing(() -> doubles.tile(100, wideA, 0, b, 0, wideTile));
    }

    @Test
    void softmax() {
        SoftmaxSlot slot = new SoftmaxSlot();
        slot.get();
        assertTrue(Warmer.await(LONG_ENOUGH));
        SoftmaxKernel64 row = new SoftmaxKernel64(slot);
        assertAllocatesNothing(row);
    }

    private record SoftmaxKernel64(SoftmaxSlot slot, MemorySegment row) implements Runnable {
        SoftmaxKernel64(SoftmaxSlot slot) {
            this(slot, Arena.ofAuto().allocate(256, 64));
        }

        @Override
        public void run() {
            slot.get().run(true, row, 64);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16", "INT64"})
    void folds(DType type) {
        AutoFold fold = new AutoFold(new ReduceCases.Sum(), type);
        Results results = FoldStrips.results(new FoldStrips.Spec(ReduceCases.SUM, type), 64);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(1 << 16, 64);
            // Enough calls to ask for the vector form.
            for (int i = 0; i < 1000; i++) {
                fold.fold(32, 64, x, 0, 64L << type.shift(), results, 0);
            }
            assertTrue(Warmer.await(LONG_ENOUGH));
            assertTrue(fold.isWarm());
            assertAllocatesNothing(() -> fold.fold(32, 64, x, 0, 64L << type.shift(), results, 0));
        }
    }

    /** Some rounds are granted to a JIT that compiles again for new callers. */
    private static void assertAllocatesNothing(Runnable call) {
        long bytes = -1;
        for (int round = 0; round < 2000 && bytes != 0; round++) {
            long start = Allocation.ofThisThread();
            for (int i = 0; i < 100; i++) {
                call.run();
            }
            bytes = Allocation.ofThisThread() - start;
        }
        assertEquals(0, bytes);
    }
}
