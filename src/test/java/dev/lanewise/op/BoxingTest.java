package dev.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.internal.simd.AllocationProbe;
import dev.lanewise.internal.simd.Simd;
import dev.lanewise.testing.ChildJvm;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The kernels of all elementwise ops, in every dtype, allocate nothing once they are warm: no vector becomes a heap object.
 *
 * <p>In a JVM of their own, so that no other test waits until so many kernels are warm.
 */
@Tag("slow")
class BoxingTest {
    private static final Pattern COUNTS = Pattern.compile("(\\d+) kernels, (\\d+) scalar, (not )?all tried");

    @Test
    void warmKernelsAllocateNothing() {
        assumeTrue(Simd.isOn(), Simd.reason());
        assumeTrue(System.getProperty("lanewise.warmup", "background").equals("background"));
        assumeTrue(AllocationProbe.works(), "this VM does not count allocation");
        List<String> flags = List.of("-Dlanewise.simd=" + Simd.laneBits());
        List<String> out = ChildJvm.run(BoxingProgram.class, flags).checked().out();
        String last = out.get(out.size() - 1);
        System.out.println(last);
        assertEquals(List.of(), out.subList(0, out.size() - 1));
        Matcher counts = COUNTS.matcher(last);
        assertTrue(counts.matches(), last);
        int kernels = Integer.parseInt(counts.group(1));
        assertTrue(kernels > 600, last);
        int allowed = counts.group(3) == null ? kernels / 4 : kernels / 2; // a busy machine warms fewer in the time
        assertTrue(Integer.parseInt(counts.group(2)) <= allowed, last);
    }
}
