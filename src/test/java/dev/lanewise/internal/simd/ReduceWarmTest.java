package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.FoldKernel;
import dev.lanewise.internal.kernel.FoldStrips;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.function.Supplier;
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
    void floatProducts() {
        GemmKernel<float[]> kernel =
                warm(() -> new GemmKernels.Slot<>("float tile of a test", Float.BYTES, float[]::new));
        float[] a = new float[kernel.mr() * kernel.step()];
        float[] tile = new float[kernel.mr() * kernel.nr()];
        MemorySegment b = Arena.ofAuto().allocate(1 << 18, 64);
        assertAllocatesNothing(() -> kernel.tile(100, a, 0, b, 0, tile));
    }

    @Test
    void doubleProducts() {
        GemmKernel<double[]> kernel =
                warm(() -> new GemmKernels.Slot<>("double tile of a test", Double.BYTES, double[]::new));
        double[] a = new double[kernel.mr() * kernel.step()];
        double[] tile = new double[kernel.mr() * kernel.nr()];
        MemorySegment b = Arena.ofAuto().allocate(1 << 18, 64);
        assertAllocatesNothing(() -> kernel.tile(100, a, 0, b, 0, tile));
    }

    @Test
    void softmax() {
        SoftmaxKernel kernel = warm(SoftmaxSlot::new);
        MemorySegment row = Arena.ofAuto().allocate(256, 64);
        assertAllocatesNothing(() -> kernel.run(true, row, 64));
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64", "INT64"})
    void folds(DType type) {
        FoldKernel kernel = warm(() -> new AutoFold.Slot(new ReduceCases.Sum(), type));
        Results results = FoldStrips.results(new FoldStrips.Spec(ReduceCases.SUM, type), 64);
        MemorySegment x = Arena.ofAuto().allocate(1 << 16, 64);
        assertAllocatesNothing(() -> kernel.fold(32, 64, x, 0, 64L << type.shift(), results, 0));
    }

    /** On a busy machine the warmer gives up on a kernel sooner or later, so a few are tried. */
    private static <K> K warm(Supplier<WarmSlot<K>> maker) {
        for (int tries = 0; tries < 5; tries++) {
            WarmSlot<K> slot = maker.get();
            slot.get();
            assertTrue(Warmer.await(LONG_ENOUGH));
            if (slot.get() != null) {
                return slot.get();
            }
        }
        return fail("the kernel did not become warm");
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
