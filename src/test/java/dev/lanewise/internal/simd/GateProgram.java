package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.MapKernel;
import java.util.Random;

/** Run by {@link GateTest} in JVMs of its own: prints the gate's description and whether kernels of each kind are right. */
public final class GateProgram {
    private static final int N = 5003;

    private GateProgram() {}

    /** Runs the program. */
    public static void main(String[] args) {
        System.out.println(Simd.describe());
        Random random = new Random(1);
        Elements a = Elements.random(DType.FLOAT32, N, 0, random);
        Elements b = Elements.random(DType.FLOAT32, N, 1, random);
        Elements sum = new Elements(DType.FLOAT32, N, 0);
        Elements less = new Elements(DType.BOOL, N, 0);
        Elements picked = new Elements(DType.FLOAT32, N, 0);
        Elements whole = new Elements(DType.INT64, N, 0);
        for (int round = 0; round < 3; round++) {
            run(Kernels.binary(TestOps.ADD, DType.FLOAT32), sum, a, b, b);
            run(Kernels.compare(TestOps.LT, DType.FLOAT32), less, a, b, b);
            run(Kernels.where(DType.FLOAT32), picked, less, a, b);
            run(Kernels.cast(DType.FLOAT32, DType.INT64), whole, a, a, a);
        }
        Elements expected = new Elements(DType.FLOAT32, 1, 0);
        for (int i = 0; i < N; i++) {
            boolean isLess = a.getDouble(i) < b.getDouble(i);
            expected.set(0, a.getDouble(i) + b.getDouble(i));
            if (expected.bits(0) != sum.bits(i)
                    || less.getLong(i) != (isLess ? 1 : 0)
                    || picked.bits(i) != (isLess ? a : b).bits(i)
                    || whole.getLong(i) != (long) a.getDouble(i)) {
                System.out.println("wrong at " + i);
                return;
            }
        }
        System.out.println("all " + N + " right");
    }

    private static void run(MapKernel kernel, Elements out, Elements a, Elements b, Elements c) {
        Elementwise.contiguous(
                kernel, N, out.segment, out.start, a.segment, a.start, 1, b.segment, b.start, 1, c.segment, c.start, 1);
    }
}
