package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.MapKernel;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Warms a kernel of each template and compute type, and prints those that allocate, and how many stayed scalar. */
final class WarmUpProgram {
    static final Pattern COUNTS = Pattern.compile("(\\d+) kernels, (\\d+) scalar");
    static final DType[] COMPUTED = {
        DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64, DType.BFLOAT16, DType.FLOAT16, DType.UINT8
    };
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private WarmUpProgram() {}

    public static void main(String[] args) {
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
        Elements memory = Elements.random(DType.FLOAT32, 1 << 16, 0, new Random(3));
        kernels.values().forEach(kernel -> run(kernel, 120_000, memory));
        useUntilWarm(kernels.values(), LIMIT, () -> kernels.values().forEach(kernel -> run(kernel, 10, memory)));
        int cold = 0;
        for (Map.Entry<String, MapKernel> entry : kernels.entrySet()) {
            cold += Kernels.isWarm(entry.getValue()) ? 0 : 1;
            long bytes = AllocationProbe.bytesPerCall(Duration.ofSeconds(5), () -> run(entry.getValue(), 1007, memory));
            if (bytes != 0) {
                System.out.println(entry.getKey() + ": " + bytes + " bytes a call");
            }
        }
        System.out.println(kernels.size() + " kernels, " + cold + " scalar");
    }

    /**
     * Uses kernels, for those in use are warmed first: other tests may have left kernels behind that the JIT never compiles
     * well.
     */
    static void useUntilWarm(Collection<MapKernel> kernels, Duration limit, Runnable use) {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end && !kernels.stream().allMatch(Kernels::isWarm)) {
            use.run();
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Calls over {@code n} elements, of at most 4,096 each: an operand has 64 KB of the memory. */
    static void run(MapKernel kernel, int n, Elements memory) {
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
