package dev.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.simd.AllocationProbe;
import dev.lanewise.internal.simd.Kernels;
import dev.lanewise.internal.simd.Simd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernels of all elementwise ops allocate nothing once they are warm: no vector becomes a heap object. */
@Tag("slow")
class BoxingTest {
    private static final String WARMUP = "background";
    private static final Duration WARM_LIMIT = Duration.ofMinutes(1);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final int ELEMENTS = 1007;
    private static final int WARMING = 120_000;

    @Test
    void warmKernelsAllocateNothing() {
        assumeTrue(Simd.isOn(), Simd.reason());
        assumeTrue(System.getProperty("lanewise.warmup", WARMUP).equals(WARMUP), "warm-up is not in the background");
        assumeTrue(AllocationProbe.works(), "this VM does not count allocation");
        MemorySegment memory = Arena.ofAuto().allocate(4L * WARMING * Double.BYTES, 64);
        Map<String, MapKernel> kernels = kernels();
        kernels.values().forEach(kernel -> run(kernel, WARMING, memory));
        // Not all need be: what the JIT cannot compile well in vectors of some width stays scalar.
        boolean allTried = Kernels.awaitWarm(WARM_LIMIT);
        List<String> allocating = new ArrayList<>();
        int cold = 0;
        for (Map.Entry<String, MapKernel> entry : kernels.entrySet()) {
            cold += Kernels.isWarm(entry.getValue()) ? 0 : 1;
            long bytes = AllocationProbe.bytesPerCall(CALL_LIMIT, () -> run(entry.getValue(), ELEMENTS, memory));
            if (bytes != 0) {
                allocating.add(entry.getKey() + ": " + bytes + " bytes per call");
            }
        }
        System.out.println(kernels.size() + " kernels, " + cold + " of them scalar");
        assertEquals(List.of(), allocating);
        assertTrue(kernels.size() > 400, "only " + kernels.size() + " kernels were found");
        assertTrue(
                cold <= kernels.size() / 4,
                cold + " of " + kernels.size() + " kernels stayed scalar" + (allTried ? "" : " within " + WARM_LIMIT));
    }

    private static Map<String, MapKernel> kernels() {
        Map<String, MapKernel> kernels = new LinkedHashMap<>();
        for (Op op : Ops.all()) {
            boolean elementwise = op instanceof UnaryOp
                    || op instanceof BinaryOp
                    || op instanceof CompareOp
                    || op instanceof TernaryOp;
            for (DType type : DType.values()) {
                if (elementwise && takes(op.dtypes(), type)) {
                    kernels.put(op.name() + " " + type, op.kernel(type));
                }
            }
        }
        return kernels;
    }

    private static boolean takes(Op.DTypeRule rule, DType type) {
        return switch (rule) {
            case FLOATING -> type.isFloatingPoint();
            case NUMERIC -> type != DType.BOOL;
            case ANY -> true;
            case INTEGERS -> type.isIntegral();
            case BITS -> !type.isFloatingPoint();
        };
    }

    private static void run(MapKernel kernel, int n, MemorySegment memory) {
        long part = (long) WARMING * Double.BYTES;
        kernel.run(n, memory, 0, memory, part, 1, memory, 2 * part, 1, memory, 3 * part, 1);
    }
}
