package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a call along rows leaves on the Java heap does not grow with their number. */
class LargeCostTest {
    private static final long MOST_BYTES = 20_000;
    private static final int CALLS = 5;
    private static final long LIMIT_NANOS = 20_000_000_000L;

    @Test
    void aLargeReductionLeavesNoMoreGarbageThanASmallOne() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this VM does not count allocation");
        assumeTrue(Lanewise.describe().contains("simd: on"), "scalar kernels leave more");
        Map<String, Function<Tensor, Tensor>> calls = Map.of(
                "sum", Tensor::sum,
                "sum(1)", x -> x.sum(1),
                "amax(1)", x -> x.amax(1),
                "argmax(1)", x -> x.argmax(1),
                "argmax(0)", x -> x.argmax(0),
                "var(1)", x -> x.var(1),
                "softmax(1)", x -> x.softmax(1),
                "cumsum(1)", x -> x.cumsum(1));
        try (Tensor x = Tensor.ones(2000, 1000)) {
            calls.forEach((name, call) -> {
                // What is not compiled yet leaves more: the best of many short measurements counts.
                long best = Long.MAX_VALUE;
                long end = System.nanoTime() + LIMIT_NANOS;
                while (best > MOST_BYTES && System.nanoTime() < end) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < CALLS; i++) {
                        call.apply(x).close();
                    }
                    best = Math.min(best, (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
                }
                assertTrue(best <= MOST_BYTES, name + " leaves " + best + " bytes a call");
            });
        }
    }
}
