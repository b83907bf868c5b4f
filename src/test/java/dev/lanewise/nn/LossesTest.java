package dev.lanewise.nn;

import static dev.lanewise.DType.FLOAT32;
import static dev.lanewise.DType.FLOAT64;
import static dev.lanewise.DType.INT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.GradException;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossesTest {
    private static final double CLOSE = 1e-12;
    private static final double[] FIRST = {-2.5, -0.6, 0.1, 0.9, 1.7, 2.4};
    private static final double[] SECOND = {0.4, -1.1, 0.35, 0.55, -1.45, 0.8};

    private static Tensor x() {
        return Tensor.of(FLOAT64, FIRST).reshape(2, 3);
    }

    private static Tensor y() {
        return Tensor.of(FLOAT64, SECOND).reshape(2, 3);
    }

    private static Tensor signs() {
        return Tensor.of(FLOAT64, new double[] {1, -1, -1, 1, -1, 1}).reshape(2, 3);
    }

    // ------------------------------------------------------------------ derivatives

    /** Every loss of floating-point tensors that has a second derivative. */
    private static Map<String, Function<Tensor[], Tensor>> losses(Reduction r) {
        Tensor weight = Tensor.of(FLOAT64, new double[] {0.5, 1.25, 2});
        Tensor classes = Tensor.of(2, 0);
        Map<String, Function<Tensor[], Tensor>> losses = new LinkedHashMap<>();
        losses.put("mse", in -> Functional.mseLoss(in[0], in[1], r));
        losses.put("l1", in -> Functional.l1Loss(in[0], in[1], r));
        losses.put("smoothL1", in -> Functional.smoothL1Loss(in[0], in[1], r, 1.3));
        losses.put("huber", in -> Functional.huberLoss(in[0], in[1], r, 1.3));
        losses.put("bce", in -> Functional.binaryCrossEntropy(in[0].sigmoid(), in[1].sigmoid(), weight, r));
        losses.put("logits", in -> Functional.binaryCrossEntropyWithLogits(in[0], in[1], weight, r, null));
        losses.put("positives", in -> Functional.binaryCrossEntropyWithLogits(in[0], in[1], null, r, weight));
        losses.put("klDiv", in -> Functional.klDiv(in[0], in[1].exp(), r, false));
        losses.put("klDiv of logs", in -> Functional.klDiv(in[0], in[1], r, true));
        losses.put("poisson", in -> Functional.poissonNllLoss(in[0], in[1].exp(), true, true, 1e-8, r));
        losses.put("rates", in -> Functional.poissonNllLoss(in[0].exp(), in[1], false, false, 1e-3, r));
        losses.put("gaussian", in -> Functional.gaussianNllLoss(in[0], in[1].mul(2), in[1].exp(), true, 1e-6, r));
        losses.put("softMargin", in -> Functional.softMarginLoss(in[0], in[1], r));
        losses.put("hinge", in -> Functional.hingeEmbeddingLoss(in[0].mul(in[1]), signs(), 0.7, r));
        losses.put("nll", in -> Functional.nllLoss(in[0].mul(in[1]), classes, weight, 0, r));
        losses.put("crossEntropy", in -> Functional.crossEntropy(in[0].mul(in[1]), classes, weight, 1, r, 0.1));
        losses.put("probabilities", in -> Functional.crossEntropy(in[0], in[1], weight, -100, r, 0.2));
        losses.put("multiMargin", in -> Functional.multiMarginLoss(in[0].mul(in[1]), classes, 2, 0.9, weight, r));
        losses.put("multilabel", in -> Functional.multilabelMarginLoss(in[0].mul(in[1]), listed(), r));
        losses.put("labels", in -> Functional.multilabelSoftMarginLoss(in[0], in[1], weight, r));
        losses.put("ranking", in -> Functional.marginRankingLoss(in[0], in[1], signs(), 0.3, r));
        losses.put(
                "cosine",
                in -> Functional.cosineEmbeddingLoss(in[0], in[1], Tensor.of(FLOAT64, new double[] {1, -1}), -0.9, r));
        losses.put("triplet", in -> Functional.tripletMarginLoss(in[0], in[1], in[0].mul(in[1]), 3, 2, 1e-6, true, r));
        losses.put("similarity", in -> Functional.cosineSimilarity(in[0], in[1]));
        losses.put("distance", in -> Functional.pairwiseDistance(in[0], in[1], 3, 1e-6, true));
        return losses;
    }

    @ParameterizedTest
    @EnumSource(
            value = Reduction.class,
            names = {"NONE", "MEAN", "SUM"})
    void derivativesOfBothOrdersAreRight(Reduction reduction) {
        Map<String, Function<Tensor[], Tensor>> losses = losses(reduction);
        losses.forEach((name, loss) -> {
            GradCheck.Options options = GradCheck.Options.DEFAULT;
            GradCheck.Result first = GradCheck.firstOrder(name, options, loss, x(), y());
            GradCheck.Result second = GradCheck.secondOrder(name, options, loss, x(), y());
            assertTrue(first.passed(), first.message());
            assertTrue(second.passed(), second.message());
        });
        assertTrue(losses.size() > 20);
    }

    @Test
    void reductionsAreThoseOfTheValues() {
        Map<String, Function<Tensor[], Tensor>> each = losses(Reduction.NONE);
        Map<String, Function<Tensor[], Tensor>> sum = losses(Reduction.SUM);
        int checked = 0;
        for (String name : each.keySet()) {
            Tensor values = each.get(name).apply(new Tensor[] {x(), y()});
            Tensor total = sum.get(name).apply(new Tensor[] {x(), y()});
            if (total.dim() == 0) {
                assertEquals(values.sum().item(), total.item(), CLOSE, name);
                checked++;
            }
        }
        assertTrue(checked > 20);
        Tensor divergence = Functional.klDiv(x(), y().exp(), Reduction.BATCHMEAN, false);
        assertEquals(Functional.klDiv(x(), y().exp(), Reduction.SUM, false).item() / 2, divergence.item(), CLOSE);
    }

    @Test
    void smallAndPermutedTensorsGiveTheSameAsContiguousOnes() {
        losses(Reduction.NONE).forEach((name, loss) -> {
            Tensor[] turned = {x().t().contiguous().t(), y().t().contiguous().t()};
            assertArrayEquals(
                    loss.apply(new Tensor[] {x(), y()}).toDoubleArray(),
                    loss.apply(turned).toDoubleArray(),
                    CLOSE,
                    name);
        });
    }

    // ------------------------------------------------------------------ values

    @Test
    void piecesOfHuberAndSmoothL1MeetAtTheirBounds() {
        Tensor d = Tensor.of(FLOAT64, new double[] {0, 0.5, -0.5, 2, -2, 3, Double.NaN, Double.POSITIVE_INFINITY});
        Tensor zero = Tensor.zerosLike(d);
        double inf = Double.POSITIVE_INFINITY;
        double nan = Double.NaN;
        assertArrayEquals(
                new double[] {0, 0.0625, 0.0625, 1, 1, 2, nan, inf},
                Functional.smoothL1Loss(d, zero, Reduction.NONE, 2).toDoubleArray());
        assertArrayEquals(
                new double[] {0, 0.125, 0.125, 2, 2, 4, nan, inf},
                Functional.huberLoss(d, zero, Reduction.NONE, 2).toDoubleArray());
        Tensor leaf = d.clone().requiresGrad_();
        Functional.huberLoss(leaf, zero, Reduction.SUM, 2).backward();
        assertArrayEquals(
                new double[] {0, 0.5, -0.5, 2, -2, 2, nan, 2}, leaf.grad().toDoubleArray());
        assertArrayEquals(
                Functional.l1Loss(x(), y(), Reduction.NONE).toDoubleArray(),
                Functional.smoothL1Loss(x(), y(), Reduction.NONE, 0).toDoubleArray());
    }

    @Test
    void scoresOfAnySizeHaveAFiniteCrossEntropy() {
        Tensor scores = Tensor.of(FLOAT32, new double[] {-1000, -1, 0, 1, 1000});
        Tensor ones = Tensor.onesLike(scores);
        double ln = Math.log1p(Math.exp(-1));
        assertArrayEquals(
                new double[] {1000, 1 + ln, Math.log(2), ln, 0},
                Functional.binaryCrossEntropyWithLogits(scores, ones, null, Reduction.NONE, null)
                        .toDoubleArray(),
                1e-6);
        assertArrayEquals(
                new double[] {3000, 3 + 3 * ln, 3 * Math.log(2), 3 * ln, 0},
                Functional.binaryCrossEntropyWithLogits(scores, ones, null, Reduction.NONE, Tensor.scalar(3))
                        .toDoubleArray(),
                1e-5);
        Tensor sure = Tensor.of(FLOAT64, new double[] {0, 1}).requiresGrad_();
        Tensor loss =
                Functional.binaryCrossEntropy(sure, Tensor.of(FLOAT64, new double[] {1, 1}), null, Reduction.NONE);
        assertArrayEquals(new double[] {100, 0}, loss.toDoubleArray(), 0);
        loss.sum().backward();
        assertArrayEquals(new double[] {-1e12, 0}, sure.grad().toDoubleArray(), 0);
    }

    @Test
    void everyScoreHasTheCrossEntropyOfItsProbability() {
        Tensor x = Tensor.randn(FLOAT64, 1000).mul(3);
        Tensor y = Tensor.rand(FLOAT64, 1000);
        double[] scores = x.toDoubleArray();
        double[] targets = y.toDoubleArray();
        double[] expected = new double[scores.length];
        for (int i = 0; i < expected.length; i++) {
            double no = Math.log1p(Math.exp(scores[i]));
            expected[i] = no - targets[i] * scores[i];
        }
        Tensor got = Functional.binaryCrossEntropyWithLogits(x, y, null, Reduction.NONE, null);
        assertArrayEquals(expected, got.toDoubleArray(), CLOSE);
        Tensor single =
                Functional.binaryCrossEntropyWithLogits(x.to(FLOAT32), y.to(FLOAT32), null, Reduction.NONE, null);
        assertArrayEquals(expected, single.toDoubleArray(), 1e-5);
        Tensor probable = Functional.binaryCrossEntropy(x.sigmoid(), y, null, Reduction.NONE);
        assertArrayEquals(expected, probable.toDoubleArray(), 1e-9);
    }

    @Test
    void ignoredSamplesCountForNothing() {
        Tensor x = Tensor.randn(FLOAT64, 5, 3, 2).detach().requiresGrad_();
        Tensor target =
                Tensor.of(new long[] {2, -100, 0, 1, -100, -100, 1, 1, 0, 2}).reshape(5, 2);
        Tensor each = Functional.crossEntropy(x, target, Reduction.NONE);
        assertEquals(Shape.of(5, 2), each.shape());
        assertEquals(0, each.get(0).get(1).item());
        Tensor mean = Functional.crossEntropy(x, target);
        assertEquals(each.sum().item() / 7, mean.item(), CLOSE);
        mean.backward();
        assertEquals(0, x.grad().get(2).select(1, 1).abs().sum().item());
        assertTrue(x.grad().get(2).select(1, 0).abs().sum().item() == 0);
        assertTrue(x.grad().get(0).select(1, 0).abs().sum().item() > 0);
        Tensor none = Functional.crossEntropy(x, Tensor.full(INT64, -100, 5, 2));
        assertTrue(Double.isNaN(none.item()));
        assertEquals(
                0,
                Functional.crossEntropy(x, Tensor.full(INT64, -100, 5, 2), Reduction.SUM)
                        .item());
    }

    @Test
    void smoothedClassesAreProbabilities() {
        Tensor x = Tensor.randn(FLOAT64, 4, 3, 2);
        Tensor target = Tensor.of(new long[] {2, 1, 0, 1, 0, 0, 1, 2}).reshape(4, 2);
        Tensor shares =
                target.unsqueeze(1).eq(Tensor.arange(3).reshape(1, 3, 1)).to(FLOAT64);
        for (Reduction reduction : new Reduction[] {Reduction.NONE, Reduction.MEAN, Reduction.SUM}) {
            assertArrayEquals(
                    Functional.crossEntropy(x, shares, null, -100, reduction, 0.3)
                            .toDoubleArray(),
                    Functional.crossEntropy(x, target, null, -100, reduction, 0.3)
                            .toDoubleArray(),
                    CLOSE);
        }
    }

    @Test
    void aKinkGivesNoGradientToMarginsOfClasses() {
        Tensor x = Tensor.of(FLOAT64, new double[][] {{0.5, 1.5, 0}}).requiresGrad_();
        Functional.multiMarginLoss(x, Tensor.of(1L)).backward();
        assertArrayEquals(new double[] {0, 0, 0}, x.grad().toDoubleArray());
        x.setGrad(null);
        Functional.multilabelMarginLoss(x, Tensor.of(new long[][] {{1, -1, 2}})).backward();
        assertArrayEquals(new double[] {0, 0, 0}, x.grad().toDoubleArray());
    }

    private static Tensor listed() {
        return Tensor.of(new long[][] {{2, 0, -1}, {1, -1, 0}});
    }

    @Test
    void labelsAreListedUpToTheFirstMinusOne() {
        double[] row = {0.1, 0.2, 0.4, 0.8};
        Tensor x = Tensor.of(FLOAT64, row);
        Tensor loss = Functional.multilabelMarginLoss(x, Tensor.of(new long[] {3, 0, -1, 1}));
        double expected = 0;
        for (int right : new int[] {3, 0}) {
            for (int wrong : new int[] {1, 2}) {
                expected += Math.max(0, 1 - row[right] + row[wrong]) / 4;
            }
        }
        assertEquals(expected, loss.item(), CLOSE);
        assertEquals(
                0, Functional.multilabelMarginLoss(x, Tensor.full(INT64, -1, 4)).item());
    }

    @Test
    void aZeroVectorHasTheSlopeOfItsNeighbours() {
        Tensor zero = Tensor.zeros(FLOAT64, 1, 2).requiresGrad_();
        Tensor cosine = Functional.cosineSimilarity(zero, Tensor.of(FLOAT64, new double[][] {{3, 4}}));
        assertEquals(0, cosine.item());
        cosine.backward();
        assertArrayEquals(new double[] {0.6e8, 0.8e8}, zero.grad().toDoubleArray(), 1e-6);
        Tensor distance = Functional.pairwiseDistance(x(), y(), 1, 0, false);
        assertArrayEquals(x().sub(y()).abs().sum(1).toDoubleArray(), distance.toDoubleArray(), CLOSE);
    }

    @Test
    void triplesCompareDistances() {
        Tensor a = Tensor.of(FLOAT64, new double[][] {{0, 0}, {0, 0}});
        Tensor p = Tensor.of(FLOAT64, new double[][] {{3, 4}, {0, 1}});
        Tensor n = Tensor.of(FLOAT64, new double[][] {{3, 0}, {9, 0}});
        Tensor plain = Functional.tripletMarginLoss(a, p, n, 1, 2, 0, false, Reduction.NONE);
        assertArrayEquals(new double[] {3, 0}, plain.toDoubleArray(), CLOSE);
        Tensor swapped = Functional.tripletMarginLoss(a, n, p, 1, 2, 0, true, Reduction.NONE);
        assertArrayEquals(new double[] {0, 9}, swapped.toDoubleArray(), CLOSE);
    }

    @Test
    void manyElementsAndNone() {
        long n = 200_000;
        Tensor x = Tensor.ones(FLOAT64, n).mul(0.25);
        Tensor y = Tensor.ones(FLOAT64, n);
        assertEquals(-Math.log(0.25), Functional.binaryCrossEntropy(x, y).item(), 1e-10);
        assertEquals(0.75 * 0.75 / 2, Functional.huberLoss(x, y).item(), 1e-10);
        assertEquals(0.75 * 0.75 / 2, Functional.smoothL1Loss(x, y).item(), 1e-10);
        assertEquals(
                0.75 + Math.log1p(Math.exp(-0.25)) - 0.75,
                Functional.softMarginLoss(x, y).item(),
                1e-10);
        Tensor empty = Tensor.zeros(FLOAT64, 0, 3);
        for (Function<Tensor[], Tensor> loss : List.of(
                losses(Reduction.MEAN).get("huber"), losses(Reduction.MEAN).get("labels"))) {
            assertTrue(Double.isNaN(loss.apply(new Tensor[] {empty, empty}).item()));
        }
        Tensor noClasses = Tensor.zeros(INT64, 0);
        assertTrue(Double.isNaN(Functional.crossEntropy(empty, noClasses).item()));
        assertEquals(0, Functional.crossEntropy(empty, noClasses, Reduction.SUM).item());
        assertEquals(
                Shape.of(0),
                Functional.multilabelMarginLoss(empty, Tensor.zeros(INT64, 0, 3), Reduction.NONE)
                        .shape());
    }

    // ------------------------------------------------------------------ sequences

    /** Adds up the probabilities of all paths that spell the labels. */
    private static double spelled(Tensor logs, int blank, long... labels) {
        int times = (int) logs.size(0);
        int classes = (int) logs.size(1);
        double[] values = logs.contiguous().toDoubleArray();
        double total = 0;
        for (int path = 0; path < Math.pow(classes, times); path++) {
            List<Long> read = new ArrayList<>();
            double sum = 0;
            int last = blank;
            for (int t = 0, rest = path; t < times; t++, rest /= classes) {
                int c = rest % classes;
                sum += values[t * classes + c];
                if (c != blank && c != last) {
                    read.add((long) c);
                }
                last = c;
            }
            total += read.equals(Arrays.stream(labels).boxed().toList()) ? Math.exp(sum) : 0;
        }
        return -Math.log(total);
    }

    @Test
    void sequencesAddUpTheirAlignments() {
        Tensor logs = Tensor.randn(FLOAT64, 5, 3, 3).logSoftmax(2);
        double[] expected = {
            spelled(logs.select(1, 0), 2, 0, 0),
            spelled(logs.select(1, 1).narrow(0, 0, 3), 2, 1),
            spelled(logs.select(1, 2), 2)
        };
        Tensor times = Tensor.of(5, 3, 5);
        Tensor counts = Tensor.of(2, 1, 0);
        Tensor joined = Tensor.of(0, 0, 1);
        Tensor padded = Tensor.of(new long[][] {{0, 0}, {1, 7}, {-1, -1}});
        for (Tensor targets : new Tensor[] {joined, padded}) {
            Tensor each = Functional.ctcLoss(logs, targets, times, counts, 2, Reduction.NONE, false);
            assertArrayEquals(expected, each.toDoubleArray(), CLOSE);
            Tensor mean = Functional.ctcLoss(logs, targets, times, counts, 2, Reduction.MEAN, false);
            assertEquals((expected[0] / 2 + expected[1] + expected[2]) / 3, mean.item(), CLOSE);
        }
        Tensor one = Functional.ctcLoss(
                logs.select(1, 0), Tensor.of(0, 0), Tensor.of(5L), Tensor.of(2L), 2, Reduction.NONE, false);
        assertEquals(Shape.of(), one.shape());
        assertEquals(expected[0], one.item(), CLOSE);
    }

    @Test
    void labelsThatNoPathSpellsHaveAnInfiniteLoss() {
        Tensor x = Tensor.randn(FLOAT64, 2, 1, 3).detach().requiresGrad_();
        Tensor logs = x.logSoftmax(2);
        Tensor loss = Functional.ctcLoss(
                logs, Tensor.of(1, 1), Tensor.of(2L).reshape(1), Tensor.of(2L).reshape(1));
        assertEquals(Double.POSITIVE_INFINITY, loss.item());
        Tensor zero = Functional.ctcLoss(
                logs, Tensor.of(1, 1), Tensor.of(2L).reshape(1), Tensor.of(2L).reshape(1), 0, Reduction.SUM, true);
        assertEquals(0, zero.item());
        zero.backward();
        assertArrayEquals(new double[6], x.grad().toDoubleArray());
    }

    @Test
    void sequencesHaveNoSecondDerivative() {
        Tensor x = Tensor.randn(FLOAT64, 4, 1, 3);
        Function<Tensor[], Tensor> loss = in -> Functional.ctcLoss(
                in[0].logSoftmax(2),
                Tensor.of(1, 2),
                Tensor.of(4L).reshape(1),
                Tensor.of(2L).reshape(1));
        GradCheck.Result first = GradCheck.firstOrder("ctcLoss", GradCheck.Options.DEFAULT, loss, x);
        assertTrue(first.passed(), first.message());
        GradException refused = assertThrows(
                GradException.class, () -> GradCheck.secondOrder("ctcLoss", GradCheck.Options.DEFAULT, loss, x));
        assertEquals("ctcLoss: there is no second derivative.", refused.getMessage());
    }
}
