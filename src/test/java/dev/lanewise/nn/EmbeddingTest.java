package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.IndexException;
import dev.lanewise.Lanewise;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Tables, bags and one-hot rows where the recorded cases do not look. */
class EmbeddingTest {
    private static final EmbeddingOptions PLAIN = EmbeddingOptions.DEFAULT;

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    private static Tensor table(long rows, long columns) {
        return Tensor.arange(rows * columns)
                .to(DType.FLOAT64)
                .reshape(rows, columns)
                .requiresGrad_();
    }

    @Test
    void gradientsAddUpLeaveOutPaddingAndDivideByFrequency() {
        Tensor numbers = Tensor.of(1L, 3, 1, 0, 1, 3);
        Tensor w = table(4, 2);
        Functional.embedding(numbers, w).sum().backward();
        assertArrayEquals(new double[] {1, 1, 3, 3, 0, 0, 2, 2}, w.grad().toDoubleArray());
        w.setGrad(null);
        Functional.embedding(numbers, w, PLAIN.paddingIdx(-3)).sum().backward();
        assertArrayEquals(new double[] {1, 1, 0, 0, 0, 0, 2, 2}, w.grad().toDoubleArray());
        w.setGrad(null);
        Functional.embedding(numbers, w, PLAIN.scaleGradByFreq(true))
                .mul(2)
                .sum()
                .backward();
        assertArrayEquals(new double[] {2, 2, 2, 2, 0, 0, 2, 2}, w.grad().toDoubleArray(), 1e-12);
    }

    @Test
    void derivativesOfBothOrdersAreRight() {
        Tensor numbers = Tensor.of(1L, 3, 1, 0).reshape(2, 2);
        Tensor w = Tensor.linspace(DType.FLOAT64, -1, 1, 12).reshape(4, 3).requiresGrad_();
        GradCheck.check(in -> Functional.embedding(numbers, in[0]).pow(3), w);
        // A row that is not looked up, for a number that stands for padding has no gradient on purpose.
        GradCheck.check(
                in -> Functional.embedding(numbers, in[0], PLAIN.paddingIdx(2)).pow(2), w);
        for (BagMode mode : BagMode.values()) {
            EmbeddingBagOptions options = EmbeddingBagOptions.DEFAULT.mode(mode);
            GradCheck.check(
                    in -> Functional.embeddingBag(numbers, in[0], null, options, null)
                            .pow(2),
                    w);
        }
        Tensor factors = Tensor.linspace(DType.FLOAT64, 0.5, 2, 4).reshape(2, 2).requiresGrad_();
        EmbeddingBagOptions sums = EmbeddingBagOptions.DEFAULT.mode(BagMode.SUM);
        GradCheck.check(in -> Functional.embeddingBag(numbers, in[0], null, sums, in[1]), w, factors);
    }

    @Test
    void rowsOfALargeNormAreScaledInTheTable() {
        Tensor w = Tensor.of(new double[][] {{3, 4}, {0.3, 0.4}, {6, 8}}).to(DType.FLOAT64);
        Tensor y = Functional.embedding(Tensor.of(0L, 1), w, PLAIN.maxNorm(1));
        assertArrayEquals(new double[] {0.6, 0.8, 0.3, 0.4}, y.toDoubleArray(), 1e-6);
        assertArrayEquals(new double[] {0.6, 0.8, 0.3, 0.4, 6, 8}, w.toDoubleArray(), 1e-6);
        Functional.embedding(Tensor.of(2L), w, PLAIN.maxNorm(7).normType(1));
        assertArrayEquals(new double[] {3, 4}, w.get(2).toDoubleArray(), 1e-6);
    }

    @Test
    void bagsMayBeEmptyPaddedAndEndEarly() {
        Tensor w = table(5, 2);
        Tensor numbers = Tensor.of(4L, 1, 0, 1, 2);
        Tensor offsets = Tensor.of(0L, 3, 3, 5);
        EmbeddingBagOptions padded =
                EmbeddingBagOptions.DEFAULT.table(PLAIN.paddingIdx(0)).includeLastOffset(true);
        Tensor sums = Functional.embeddingBag(numbers, w, offsets, padded.mode(BagMode.SUM), null);
        assertArrayEquals(new double[] {10, 12, 0, 0, 6, 8}, sums.toDoubleArray());
        Tensor means = Functional.embeddingBag(numbers, w, offsets, padded, null);
        assertArrayEquals(new double[] {5, 6, 0, 0, 3, 4}, means.toDoubleArray());
        Tensor largest = Functional.embeddingBag(numbers, w, offsets, padded.mode(BagMode.MAX), null);
        assertArrayEquals(new double[] {8, 9, 0, 0, 4, 5}, largest.toDoubleArray());
        largest.sum().backward();
        assertArrayEquals(new double[] {0, 0, 0, 0, 1, 1, 0, 0, 1, 1}, w.grad().toDoubleArray());
        Tensor weights = Tensor.of(new double[] {1, 2, 3, 4, 5}).to(DType.FLOAT64);
        Tensor weighted = Functional.embeddingBag(numbers, w, offsets, padded.mode(BagMode.SUM), weights);
        assertArrayEquals(new double[] {12, 15, 0, 0, 28, 37}, weighted.toDoubleArray());
        Tensor first = Functional.embeddingBag(
                numbers, w, Tensor.of(0L, 2), padded.table(PLAIN).mode(BagMode.SUM), null);
        assertArrayEquals(new double[] {10, 12}, first.toDoubleArray());
    }

    @Test
    void aBagOfNothingHasAGradientOfZeros() {
        for (BagMode mode : BagMode.values()) {
            Tensor w = table(3, 2);
            EmbeddingBagOptions options = EmbeddingBagOptions.DEFAULT.mode(mode);
            Tensor none = Functional.embeddingBag(Tensor.of(new long[0]), w, Tensor.of(0L, 0), options, null);
            assertArrayEquals(new double[4], none.toDoubleArray());
            none.sum().backward();
            assertArrayEquals(new double[6], w.grad().toDoubleArray());
        }
    }

    @Test
    void layersPrintAndKeepTheirTable() {
        assertEquals("Embedding(10, 3)", new Embedding(10, 3).toString());
        EmbeddingOptions all = PLAIN.paddingIdx(-1).maxNorm(1).normType(1).scaleGradByFreq(true);
        assertEquals(
                "Embedding(10, 3, padding_idx=9, max_norm=1.0, norm_type=1.0, scale_grad_by_freq=True)",
                new Embedding(10, 3, all).toString());
        assertEquals("EmbeddingBag(6, 3, mode='mean')", new EmbeddingBag(6, 3).toString());
        EmbeddingBagOptions bag = EmbeddingBagOptions.DEFAULT.mode(BagMode.SUM).table(PLAIN.paddingIdx(2));
        assertEquals("EmbeddingBag(6, 3, mode='sum', padding_idx=2)", new EmbeddingBag(6, 3, bag).toString());
        Tensor given = Tensor.ones(4, 2);
        Embedding frozen = Embedding.fromPretrained(given, true);
        assertSame(given.storage(), frozen.weight().storage());
        assertFalse(frozen.weight().requiresGrad());
        assertEquals(List.of("weight"), List.copyOf(frozen.stateDict().keySet()));
        assertArrayEquals(new float[] {1, 1}, frozen.forward(Tensor.of(3L)).toFloatArray());
        EmbeddingBag bags = EmbeddingBag.fromPretrained(given, false, bag);
        assertArrayEquals(
                new float[] {2, 2},
                bags.forward(Tensor.of(0L, 3, 2), Tensor.of(0L)).toFloatArray());
    }

    @Test
    void drawsAreThoseOfNormalWithARowOfZeros() {
        Lanewise.manualSeed(3);
        Tensor expected = Tensor.randn(5, 2);
        Lanewise.manualSeed(3);
        Tensor drawn = new Embedding(5, 2, PLAIN.paddingIdx(1)).weight().detach();
        expected.select(0, 1).fill_(0);
        assertArrayEquals(expected.toFloatArray(), drawn.toFloatArray());
        Lanewise.manualSeed(3);
        assertArrayEquals(
                expected.toFloatArray(),
                new EmbeddingBag(5, 2, EmbeddingBagOptions.DEFAULT.table(PLAIN.paddingIdx(1)))
                        .weight()
                        .detach()
                        .toFloatArray());
    }

    @Test
    void oneHotRowsStandForNumbers() {
        Tensor numbers = Tensor.of(1L, 0, 2).to(DType.INT64);
        assertArrayEquals(
                new long[] {0, 1, 0, 1, 0, 0, 0, 0, 1},
                Functional.oneHot(numbers).toLongArray());
        assertArrayEquals(new long[] {3, 4}, Functional.oneHot(numbers, 4).sizes());
        assertArrayEquals(
                new long[] {0, 4}, Functional.oneHot(Tensor.of(new long[0]), 4).sizes());
        assertArrayEquals(new long[] {3}, Functional.oneHot(Tensor.scalar(2), 3).sizes());
    }

    @Test
    void refusesWhatIsNoRowOrBag() {
        Tensor w = Tensor.zeros(4, 3);
        refused(
                IndexException.class,
                "embedding: index out of range, expected an index in [0, 4) for dimension 0, got 4.",
                () -> Functional.embedding(Tensor.of(4L), w));
        refused(
                DTypeException.class,
                "embedding: the numbers of rows must be int64 or int32, got float32 [input: float32[1]]. "
                        + "Convert them with to(DType.INT64).",
                () -> Functional.embedding(Tensor.zeros(1), w));
        refused(
                ShapeException.class,
                "embedding: the weight must have a row for each number [weight: float32[3]].",
                () -> Functional.embedding(Tensor.of(0L), Tensor.zeros(3)));
        refused(
                IllegalArgumentException.class,
                "Embedding: paddingIdx must be a row of the table, expected -4 to 3, got 4.",
                () -> new Embedding(4, 3, PLAIN.paddingIdx(4)));
        refused(
                ShapeException.class,
                "embeddingBag: without offsets each row of the input is a bag [input: int64[1]].",
                () -> Functional.embeddingBag(Tensor.of(0L), w));
        refused(
                IllegalArgumentException.class,
                "embeddingBag: the offsets must rise from 0 to at most the length of the input, expected 0 to 2, "
                        + "got [0, 2, 1].",
                () -> Functional.embeddingBag(Tensor.of(0L, 1), w, Tensor.of(0L, 2, 1)));
        refused(
                IllegalArgumentException.class,
                "embeddingBag: only sums can be weighted, expected SUM, got MEAN.",
                () -> Functional.embeddingBag(
                        Tensor.of(0L, 1), w, Tensor.of(0L), EmbeddingBagOptions.DEFAULT, Tensor.ones(2)));
        refused(
                IllegalArgumentException.class,
                "oneHot: the numbers must be classes, expected 0 to 2, got 3 [input: int64[2]].",
                () -> Functional.oneHot(Tensor.of(0L, 3), 3));
        refused(
                IllegalArgumentException.class,
                "oneHot: the numbers must be classes, expected 0 or more, got -1 [input: int64[2]].",
                () -> Functional.oneHot(Tensor.of(0L, -1)));
    }
}
