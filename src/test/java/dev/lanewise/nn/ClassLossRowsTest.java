package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.IndexException;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.NnOps;
import org.junit.jupiter.api.Test;

/** The loss of few rows, which is one pass, and of many, which is composed of other ops, against the loss of each row. */
class ClassLossRowsTest {
    @Test
    void sumsAndMeansAreThoseOfTheRows() {
        Lanewise.manualSeed(4);
        int checked = 0;
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16}) {
            for (long rows : new long[] {1, 7, 4096, 4097}) {
                Tensor x = Tensor.randn(3, rows).to(type).t();
                Tensor target = Tensor.randint(3, new long[] {2 * rows})
                        .reshape(rows, 2)
                        .select(1, 1);
                Tensor each = Functional.nllLoss(x, target, Reduction.NONE).to(DType.FLOAT64);
                double close = type == DType.BFLOAT16 ? 1e-2 : 1e-5;
                double sum = each.sum().item();
                assertEquals(sum, Functional.nllLoss(x, target, Reduction.SUM).item(), close * (1 + Math.abs(sum)));
                assertEquals(sum / rows, Functional.nllLoss(x, target).item(), close);
                checkGradient(x.contiguous(), target, rows);
                checked++;
            }
        }
        assertEquals(12, checked);
    }

    private static void checkGradient(Tensor x, Tensor target, long rows) {
        Tensor leaf = x.detach().requiresGrad_();
        Functional.nllLoss(leaf, target).backward();
        Tensor expected = Functional.oneHot(target, 3).to(x.dtype()).mul(-1.0 / rows);
        assertEquals(0, leaf.grad().sub(expected).abs().amax().item(), 1e-3 / rows);
    }

    @Test
    void classesOutOfRangeAreRefused() {
        Tensor x = Tensor.zeros(2, 3);
        for (long wrong : new long[] {-1, 3}) {
            NnOps.Targets targets = new NnOps.Targets(Tensor.of(0L, wrong), NnOps.Reduction.MEAN);
            assertThrows(IndexException.class, () -> Dispatch.apply(NnOps.NLL_LOSS, targets, x));
        }
    }
}
