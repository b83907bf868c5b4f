package dev.lanewise.bench.peers;

import dev.lanewise.bench.peers.Bar.Against;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A function of each element with a new result. */
final class ElementwiseWorkloads {
    private static final long[] SIZES = {1_000, 100_000, 1_000_000, 20_000_000};
    /** One ratio for each size, against libtorch as it is delivered. */
    private static final double[] BARS = {0.2, 0.9, 0.95, 0.5};

    private ElementwiseWorkloads() {}

    static List<Workload> list() {
        List<Workload> all = new ArrayList<>();
        for (Work work : List.of(Work.ADD, Work.MUL, Work.RELU, Work.SQRT)) {
            for (int i = 0; i < SIZES.length; i++) {
                Workload workload = of(work, SIZES[i]).atMost(BARS[i], Against.LIBTORCH);
                all.add(i == SIZES.length - 1 ? workload.atMost(1.0, Against.LIBTORCH_KEPT) : workload);
            }
        }
        all.add(of(Work.EXP, SIZES[1]).atMost(1.0));
        all.add(of(Work.TANH, SIZES[1]).atMost(1.0));
        all.add(of(Work.SIGMOID, SIZES[1]).atMost(0.5));
        all.add(of(Work.GELU, SIZES[1]).atMost(0.5));
        all.add(of(Work.TIMES_TWO_PLUS_ONE, SIZES[0]).atMost(0.1));
        all.add(of(Work.TIMES_TWO_PLUS_ONE, SIZES[1]).atMost(0.7));
        return all;
    }

    private static Workload of(Work work, long size) {
        Operand operand = work == Work.SQRT ? Operand.positive(size) : Operand.floats(size);
        boolean two = work == Work.ADD || work == Work.MUL;
        Operand[] operands = two ? new Operand[] {operand, operand} : new Operand[] {operand};
        return Workload.of(Workload.Group.ELEMENTWISE, name(work) + " " + Sizes.text(size), work, operands)
                .withCost(Cost.bytes(operands.length * operand.bytes(), operand.bytes()));
    }

    private static String name(Work work) {
        return work == Work.TIMES_TWO_PLUS_ONE ? "x*2+1" : work.name().toLowerCase(Locale.ROOT);
    }
}
