package dev.lanewise.bench.peers;

import dev.lanewise.bench.peers.Bar.Against;
import java.util.ArrayList;
import java.util.List;

/** Products of matrices: square, skinny, transposed, batched. */
final class ProductWorkloads {
    private static final double SMALL_AGAINST_RAW = 2.0;
    private static final double TWO_THREADS = 1 / 1.85;
    private static final int WORTH_THREADS = 512;

    private ProductWorkloads() {}

    static List<Workload> list() {
        List<Workload> all = new ArrayList<>();
        for (int n : new int[] {16, 32}) {
            all.add(square(n).atMost(SMALL_AGAINST_RAW, Against.RAW_BLAS).atMost(0.3, Against.LIBTORCH));
        }
        all.add(square(64).atMost(1.2, Against.RAW_BLAS).atMost(0.8, Against.LIBTORCH));
        for (int n : new int[] {128, 256, 512, 1024}) {
            all.add(square(n).atMost(1.05, Against.MKL));
        }
        all.add(square(2048).atMost(1.1, Against.MKL));
        for (int n : new int[] {512, 1024}) {
            Operand square = Operand.doubles(n, n);
            all.add(product("dgemm " + n, n, n, n, square, square).atMost(1.1, Against.MKL_OR_LIBTORCH));
        }
        Operand square = Operand.floats(512, 512);
        all.add(product("sgemm 512, A·Bᵀ", 512, 512, 512, square, square.t()).atMost(1.1, Against.MKL_OR_LIBTORCH));
        all.add(product("sgemm 512, Aᵀ·B", 512, 512, 512, square.t(), square).atMost(1.1, Against.MKL_OR_LIBTORCH));
        all.add(skinny(32, 784, 256).atMost(1.1, Against.MKL_OR_LIBTORCH));
        all.add(skinny(64, 512, 2048).atMost(1.1, Against.MKL_OR_LIBTORCH));
        all.add(Workload.of(
                        Workload.Group.PRODUCTS,
                        "bmm 64×128×64×128",
                        Work.BMM,
                        Operand.floats(64, 128, 64),
                        Operand.floats(64, 64, 128))
                .withCost(Cost.flops(2.0 * 64 * 128 * 64 * 128))
                .atMost(1.1, Against.MKL_OR_LIBTORCH));
        all.add(skinny(1, 4096, 4096).atMost(1.0));
        return withThreadBars(all);
    }

    /** From n = 512 on two threads should pay. */
    private static List<Workload> withThreadBars(List<Workload> all) {
        return all.stream()
                .map(w -> w.cost().flops() >= 2.0 * WORTH_THREADS * WORTH_THREADS * WORTH_THREADS
                        ? w.atMost(TWO_THREADS, Against.OWN_ONE_THREAD)
                        : w)
                .toList();
    }

    private static Workload square(int n) {
        return product("sgemm " + n, n, n, n, Operand.floats(n, n), Operand.floats(n, n));
    }

    private static Workload skinny(int rows, int inner, int columns) {
        String name = (rows == 1 ? "sgemv " : "sgemm ") + rows + "×" + inner + "×" + columns;
        return product(name, rows, inner, columns, Operand.floats(rows, inner), Operand.floats(inner, columns));
    }

    private static Workload product(String name, int rows, int inner, int columns, Operand a, Operand b) {
        double written = (double) rows * columns * a.kind().bytes();
        boolean wide = a.kind() == Operand.Kind.DOUBLE;
        return Workload.of(Workload.Group.PRODUCTS, name, Work.MM, a, b)
                .withCost(new Cost(2.0 * rows * inner * columns, a.bytes() + b.bytes(), written, wide));
    }
}
