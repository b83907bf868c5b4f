package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.ScalarKernel;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kernels become warm in the background, and what is warm allocates nothing. */
@Tag("slow")
class WarmUpTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final DType[] COMPUTED = {
        DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64, DType.BFLOAT16, DType.FLOAT16, DType.UINT8
    };

    private final Random random = new Random(3);

    @BeforeEach
    void onlyWithVectorsInTheBackground() {
        assumeTrue(Simd.isOn(), Simd.reason());
        assumeTrue(Simd.warmup() == Simd.Warmup.BACKGROUND, "warm-up is not in the background");
        assumeTrue(AllocationProbe.works(), "this VM does not count allocation");
    }

    @Test
    void eachTemplateAndComputeTypeAllocatesNothing() {
        Map<String, MapKernel> kernels = new LinkedHashMap<>();
        for (DType type : COMPUTED) {
            kernels.put("neg " + type, Kernels.unary(new TestOps.Neg(), type));
            kernels.put("add " + type, Kernels.binary(TestOps.ADD, type));
            kernels.put("lt " + type, Kernels.compare(TestOps.LT, type));
            kernels.put("clamp " + type, Kernels.ternary(TestOps.CLAMP, type));
        }
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT16, DType.INT8}) {
            kernels.put("where " + type, Kernels.where(type));
        }
        for (DType type : COMPUTED) {
            kernels.put("float32 to " + type, Kernels.cast(DType.FLOAT32, type));
            kernels.put("int64 to " + type, Kernels.cast(DType.INT64, type));
        }
        Elements memory = Elements.random(DType.FLOAT32, 1 << 16, 0, random);
        kernels.values().forEach(kernel -> run(kernel, 120_000, memory));
        useUntilWarm(kernels.values(), () -> kernels.values().forEach(kernel -> run(kernel, 10, memory)));
        StringBuilder allocating = new StringBuilder();
        int cold = 0;
        for (Map.Entry<String, MapKernel> entry : kernels.entrySet()) {
            cold += Kernels.isWarm(entry.getValue()) ? 0 : 1;
            long bytes = AllocationProbe.bytesPerCall(Duration.ofSeconds(5), () -> run(entry.getValue(), 1007, memory));
            if (bytes != 0) {
                allocating.append(entry.getKey()).append(": ").append(bytes).append(" B/call\n");
            }
        }
        assertEquals("", allocating.toString());
        // In a JVM that has compiled the kernels of all other tests, the JIT gives up on some.
        assertTrue(cold <= kernels.size() / 4, cold + " of " + kernels.size() + " kernels stayed scalar");
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
        useUntilWarm(List.of(kernel), () -> contiguous(kernel, 10, out, a, b));
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
        useUntilWarm(List.of(kernel), Duration.ofSeconds(3), () -> Kernels.isWarm(kernel));
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
            for (DType type : COMPUTED) {
                if (TestOps.kernel(op, type) instanceof AutoKernel auto
                        && auto.scalar() instanceof ScalarKernel scalar) {
                    long bytes = AllocationProbe.bytesPerCall(Duration.ofSeconds(5), () -> run(scalar, 1500, memory));
                    assertEquals(0, bytes, op.getClass().getSimpleName() + " " + type);
                    kernels++;
                }
            }
        }
        assertTrue(kernels > 50, "kernels " + kernels);
    }

    private static void useUntilWarm(Collection<MapKernel> kernels, Runnable use) {
        useUntilWarm(kernels, LIMIT, use);
    }

    /**
     * Uses kernels, for those in use are warmed first: other tests may have left kernels behind that the JIT never compiles
     * well.
     */
    private static void useUntilWarm(Collection<MapKernel> kernels, Duration limit, Runnable use) {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end && !kernels.stream().allMatch(Kernels::isWarm)) {
            use.run();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static void contiguous(MapKernel kernel, int n, Elements out, Elements a, Elements b) {
        Elementwise.contiguous(kernel, n, out.segment, 0, a.segment, 0, 1, b.segment, 0, 1, b.segment, 0, 1);
    }

    /** Calls over {@code n} elements, of at most 4,096 each: an operand has 64 KB of the memory. */
    private static void run(MapKernel kernel, int n, Elements memory) {
        int part = Math.min(n, 4096);
        for (int done = 0; done < n; done += part) {
            int m = Math.min(part, n - done);
            kernel.run(
                    m,
                    memory.segment,
                    0,
                    memory.segment,
                    1 << 16,
                    1,
                    memory.segment,
                    2 << 16,
                    1,
                    memory.segment,
                    3 << 16,
                    1);
        }
    }
}
