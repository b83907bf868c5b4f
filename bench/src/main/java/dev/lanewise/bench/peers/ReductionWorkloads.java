package dev.lanewise.bench.peers;

import dev.lanewise.bench.peers.Workload.Group;
import java.util.List;

/** Reductions, running sums, sorting, rows. */
final class ReductionWorkloads {
    private static final long SIDE = 4000;
    private static final Operand MATRIX = Operand.floats(SIDE, SIDE);
    private static final Operand ROWS = Operand.floats(1000, 1000);
    private static final Operand SQUARE = Operand.floats(2000, 2000);

    private ReductionWorkloads() {}

    static List<Workload> list() {
        Operand million = Operand.floats(1_000_000);
        Operand many = Operand.floats(20_000_000);
        return List.of(
                reduction("sum 1e6", Work.SUM, million).atMost(1.0),
                reduction("sum 2e7", Work.SUM, many).atMost(1.0),
                reduction("sum of columns 4000×4000", Work.SUM_DIM0, MATRIX).atMost(0.9),
                reduction("sum of rows 4000×4000", Work.SUM_DIM1, MATRIX).atMost(0.9),
                reduction("amax of rows 4000×4000", Work.AMAX_DIM1, MATRIX).atMost(0.8),
                reduction("max with index of rows 4000×4000", Work.MAX_DIM1, MATRIX)
                        .atMost(0.2),
                reduction("argmax of rows 4000×4000", Work.ARGMAX_DIM1, MATRIX).atMost(0.2),
                reduction("var of rows 4000×4000", Work.VAR_DIM1, MATRIX).atMost(0.06),
                same(Group.REDUCTIONS, "cumsum down columns 4000×4000", Work.CUMSUM_DIM0, MATRIX)
                        .atMost(0.15),
                same(Group.REDUCTIONS, "cumsum along rows 4000×4000", Work.CUMSUM_DIM1, MATRIX)
                        .atMost(0.6),
                Workload.of(Group.REDUCTIONS, "sort 1e6", Work.SORT, million)
                        .withCost(Cost.bytes(million.bytes(), 3.0 * million.bytes()))
                        .atMost(0.2),
                reduction("topk 100 of 1e6", Work.TOPK_100, million).atMost(0.2),
                reduction("topk 10 of rows 1000×1000", Work.TOPK_10, ROWS).atMost(0.2),
                same(Group.ROWS, "softmax 1000×1000", Work.SOFTMAX, ROWS).atMost(0.6),
                same(Group.ROWS, "logSoftmax 1000×1000", Work.LOG_SOFTMAX, ROWS).atMost(0.6),
                Workload.of(
                                Group.ROWS,
                                "layer norm 1000×1024",
                                Work.LAYER_NORM,
                                Operand.floats(1000, 1024),
                                Operand.floats(1024),
                                Operand.floats(1024))
                        .withCost(Cost.bytes(1000 * 1024 * 4, 1000 * 1024 * 4))
                        .atMost(0.8),
                Workload.of(Group.ROWS, "a + b.t() 2000×2000", Work.ADD, SQUARE, SQUARE.t())
                        .withCost(Cost.bytes(2.0 * SQUARE.bytes(), SQUARE.bytes()))
                        .atMost(0.5),
                same(Group.ROWS, "contiguous of a transpose 2000×2000", Work.CONTIGUOUS, SQUARE.t())
                        .atMost(0.4));
    }

    private static Workload reduction(String name, Work work, Operand operand) {
        return Workload.of(Group.REDUCTIONS, name, work, operand).withCost(Cost.bytes(operand.bytes(), 0));
    }

    /** With a result of the operand's size. */
    private static Workload same(Group group, String name, Work work, Operand operand) {
        return Workload.of(group, name, work, operand).withCost(Cost.bytes(operand.bytes(), operand.bytes()));
    }
}
