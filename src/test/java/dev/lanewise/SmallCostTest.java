package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.internal.simd.AllocationProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a call on ten elements leaves on the heap once the JIT has compiled it: the result's objects and little else. */
@Tag("slow")
class SmallCostTest {
    private static final long MOST_BYTES = 250;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Object sink;

    @Test
    void smallOpsAllocateLittle() {
        assumeTrue(AllocationProbe.works(), "this VM does not count allocation");
        Tensor x = Tensor.rand(10);
        Tensor y = Tensor.rand(10);
        Tensor leaf = Tensor.rand(10).requiresGrad_();
        Tensor matrix = Tensor.rand(10, 10);
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("add", () -> sink = x.add(y));
        calls.put("add a number", () -> sink = x.add(2));
        calls.put("add, recorded", () -> sink = leaf.add(y));
        calls.put("sum", () -> sink = x.sum());
        calls.put("view", () -> sink = matrix.view(100));
        calls.put("t", () -> sink = matrix.t());
        calls.put("select", () -> sink = matrix.select(0, 1));
        calls.put("slice", () -> sink = matrix.slice(0, 1, 5, 1));
        List<String> tooMuch = new ArrayList<>();
        calls.forEach((name, call) -> {
            long bytes = AllocationProbe.bytesPerCall(LIMIT, MOST_BYTES, call);
            if (bytes > MOST_BYTES) {
                tooMuch.add(name + ": " + bytes + " bytes");
            }
        });
        assertTrue(tooMuch.isEmpty(), () -> "more than " + MOST_BYTES + " bytes: " + tooMuch);
        assertTrue(sink != null);
    }
}
