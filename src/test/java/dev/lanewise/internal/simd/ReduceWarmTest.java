package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The kernels of products, reductions and softmax become warm, and make no vector objects then.
 *
 * <p>In a JVM of their own: in one that has compiled the kernels of all other tests, some may stay scalar.
 */
class ReduceWarmTest {
    @Test
    @Tag("slow")
    void warmKernelsAllocateNothing() {
        allocatesNothing(ReduceWarmProgram.class, 23);
    }

    @Test
    @Tag("slow")
    void warmProductsAllocateNothing() {
        allocatesNothing(ProductWarmProgram.class, 54);
    }

    @Test
    @Tag("slow")
    void warmLoopsOfNetworksAllocateNothing() {
        allocatesNothing(LoopWarmProgram.class, 12);
    }

    private static void allocatesNothing(Class<?> program, int least) {
        assumeTrue(Simd.isOn() && Simd.warmup() == Simd.Warmup.BACKGROUND && Allocation.ofThisThread() >= 0);
        List<String> flags = List.of("-Dlanewise.simd=" + Simd.laneBits());
        List<String> out = ChildJvm.run(program, flags).checked().out();
        assertTrue(out.size() >= least, () -> String.join("\n", out));
        for (String line : out) {
            assertTrue(line.endsWith(": 0"), line);
        }
    }
}
