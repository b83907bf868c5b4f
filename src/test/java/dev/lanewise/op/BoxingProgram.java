package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.simd.AllocationProbe;
import dev.lanewise.internal.simd.Kernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Warms the kernels of all elementwise ops in all dtypes and prints the bytes per call of each that allocates, then the number
 * of kernels, of those that stayed scalar, and whether the time was enough to try them all.
 */
final class BoxingProgram {
    private static final Duration WARM_LIMIT = Duration.ofSeconds(40);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final int ELEMENTS = 1007;
    private static final int WARMING = 120_000;

    private BoxingProgram() {}

    public static void main(String[] args) {
        MemorySegment memory = Arena.ofAuto().allocate(4L * WARMING * Double.BYTES, 64);
        Map<String, MapKernel> kernels = kernels();
        kernels.values().forEach(kernel -> run(kernel, WARMING, memory));
        // Not all need be: what the JIT cannot compile well in vectors of some width stays scalar.
        boolean allTried = Kernels.awaitWarm(WARM_LIMIT);
        int cold = 0;
        for (Map.Entry<String, MapKernel> entry : kernels.entrySet()) {
            cold += Kernels.isWarm(entry.getValue()) ? 0 : 1;
            long bytes = AllocationProbe.bytesPerCall(CALL_LIMIT, () -> run(entry.getValue(), ELEMENTS, memory));
            if (bytes != 0) {
                System.out.println(entry.getKey() + ": " + bytes + " bytes per call");
            }
        }
        System.out.println(
                kernels.size() + " kernels, " + cold + " scalar, " + (allTried ? "all tried" : "not all tried"));
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
                    kernels.put(op.name() + " " + type.shortName(), op.kernel(type));
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
