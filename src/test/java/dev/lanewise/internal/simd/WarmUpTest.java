package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.ScalarKernel;
import dev.lanewise.testing.ChildJvm;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kernels become warm in the background, and what is warm allocates nothing. */
@Tag("slow")
class WarmUpTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Random random = new Random(3);

    @BeforeEach
    void onlyWithVectorsInTheBackground() {
        assumeTrue(Simd.isOn(), Simd.reason());
        assumeTrue(Simd.warmup() == Simd.Warmup.BACKGROUND, "warm-up is not in the background");
        assumeTrue(AllocationProbe.works(), "this VM does not count allocation");
    }

    /** In a JVM of their own: in one that has compiled the kernels of all other tests, the JIT gives up on some. */
    @Test
    void eachTemplateAndComputeTypeAllocatesNothing() {
        List<String> flags = List.of("-Dlanewise.simd=" + Simd.laneBits());
        List<String> out = ChildJvm.run(WarmUpProgram.class, flags).checked().out();
        assertEquals(1, out.size(), () -> "kernels that allocate:\n" + String.join("\n", out));
        Matcher counts = WarmUpProgram.COUNTS.matcher(out.get(0));
        assertTrue(counts.matches(), out.get(0));
        int kernels = Integer.parseInt(counts.group(1));
        assertTrue(kernels > 40, out.get(0));
        assertTrue(Integer.parseInt(counts.group(2)) <= kernels / 10, out.get(0));
    }

    @Test
    void aKernelBecomesWarmByUse() {
        MapKernel kernel = Kernels.binary(new TestOps.Sub(), DType.FLOAT32);
        assertFalse(Kernels.isWarm(kernel));
        Elements a = Elements.random(DType.FLOAT32, 1000, 0, random);
        Elements b = Elements.random(DType.FLOAT32, 1000, 0, random);
        Elements out = new Elements(DType.FLOAT32, 1000, 0);
        for (int call = 0; call < 200; call++) {
            contiguous(kernel, 1000, out, a, b);
        }
        WarmUpProgram.useUntilWarm(List.of(kernel), LIMIT, () -> contiguous(kernel, 10, out, a, b));
        assertTrue(Kernels.isWarm(kernel));
        contiguous(kernel, 1000, out, a, b);
        for (int i = 0; i < 1000; i++) {
            Elements expected = new Elements(DType.FLOAT32, 1, 0);
            expected.set(0, a.getDouble(i) - b.getDouble(i));
            assertEquals(expected.bits(0), out.bits(i));
        }
        assertEquals(0, AllocationProbe.bytesPerCall(Duration.ofSeconds(5), () -> contiguous(kernel, 10, out, a, b)));
    }

    @Test
    void anOpThatCannotBeCopiedStaysScalar() {
        MapKernel kernel = Kernels.unary(new TestOps.Uncopyable(1), DType.FLOAT32);
        Elements a = Elements.random(DType.FLOAT32, 1000, 0, random);
        Elements out = new Elements(DType.FLOAT32, 1000, 0);
        for (int call = 0; call < 200; call++) {
            kernel.run(1000, out.segment, 0, a.segment, 0, 1, a.segment, 0, 1, a.segment, 0, 1);
        }
        WarmUpProgram.useUntilWarm(List.of(kernel), Duration.ofSeconds(3), () -> Kernels.isWarm(kernel));
        assertFalse(Kernels.isWarm(kernel));
        Elements expected = new Elements(DType.FLOAT32, 1, 0);
        for (int i = 0; i < 1000; i++) {
            expected.set(0, a.getDouble(i) + 1);
            assertEquals(expected.bits(0), out.bits(i));
        }
    }

    @Test
    void scalarKernelsAllocateNothing() {
        Elements memory = Elements.random(DType.FLOAT32, 1 << 16, 0, random);
        int kernels = 0;
        for (LaneOp op : TestOps.EXACT) {
            for (DType type : WarmUpProgram.COMPUTED) {
                if (TestOps.kernel(op, type) instanceof AutoKernel auto
                        && auto.scalar() instanceof ScalarKernel scalar) {
                    long bytes = AllocationProbe.bytesPerCall(
                            Duration.ofSeconds(5), () -> WarmUpProgram.run(scalar, 1500, memory));
                    assertEquals(0, bytes, op.getClass().getSimpleName() + " " + type);
                    kernels++;
                }
            }
        }
        assertTrue(kernels > 50, "kernels " + kernels);
    }

    private static void contiguous(MapKernel kernel, int n, Elements out, Elements a, Elements b) {
        Elementwise.contiguous(kernel, n, out.segment, 0, a.segment, 0, 1, b.segment, 0, 1, b.segment, 0, 1);
    }
}
