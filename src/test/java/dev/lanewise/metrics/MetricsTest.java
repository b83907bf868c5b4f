package dev.lanewise.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.IndexException;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The examples of scikit-learn's documentation, batches against the whole, and refusals. */
class MetricsTest {
    private static final double NEAR = 1e-12;

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    private static double of(Metric metric, Tensor predictions, Tensor targets) {
        metric.update(predictions, targets);
        return metric.compute();
    }

    @Test
    void accuracyOfClassesAndOfTheBestScores() {
        Tensor targets = Tensor.of(0L, 1, 2, 2);
        assertEquals(0.5, of(new Accuracy(), Tensor.of(0L, 2, 1, 2), targets), NEAR);
        Tensor scores = Tensor.of(new double[][] {{0.5, 0.2, 0.1}, {0.3, 0.4, 0.2}, {0.2, 0.4, 0.3}, {0.7, 0.2, 0.1}});
        assertEquals(0.5, of(new Accuracy(), scores, targets), NEAR);
        assertEquals(0.75, of(new Accuracy(2), scores, targets), NEAR);
        assertEquals(1, of(new Accuracy(3), scores, targets), NEAR);
    }

    @Test
    void confusionsAreCountedByTrueAndPredictedClass() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        matrix.update(Tensor.of(0L, 0, 2, 2, 0, 2), Tensor.of(2L, 0, 2, 2, 0, 1));
        assertArrayEquals(
                new long[] {2, 0, 0, 0, 0, 1, 1, 0, 2}, matrix.compute().toLongArray());
        matrix.reset();
        assertArrayEquals(new long[9], matrix.compute().toLongArray());
    }

    @Test
    void precisionRecallAndTheirMeanByAverage() {
        Tensor targets = Tensor.of(0L, 1, 2, 0, 1, 2);
        Tensor predictions = Tensor.of(0L, 2, 1, 0, 0, 1);
        FScore macro = new FScore(3, Average.MACRO);
        assertEquals(0.8 / 3, of(macro, predictions, targets), NEAR);
        assertEquals(2.0 / 9, macro.precision(), NEAR);
        assertEquals(1.0 / 3, macro.recall(), NEAR);
        FScore micro = new FScore(3, Average.MICRO);
        assertEquals(1.0 / 3, of(micro, predictions, targets), NEAR);
        assertEquals(1.0 / 3, micro.precision(), NEAR);
        FScore weighted = new FScore(3, Average.WEIGHTED, 0.5);
        assertEquals(10.0 / 42, of(weighted, predictions, targets), NEAR);
        // A class that does not occur has no part in the mean.
        assertEquals(0.8 / 3, of(new FScore(5, Average.MACRO), predictions, targets), NEAR);
        FScore binary = new FScore();
        assertEquals(2.0 / 3, of(binary, Tensor.of(0L, 1, 1, 0), Tensor.of(0L, 1, 0, 0)), NEAR);
        assertEquals(0.5, binary.precision(), NEAR);
        assertEquals(1, binary.recall(), NEAR);
        assertEquals(0, of(new FScore(), Tensor.of(0L, 0), Tensor.of(1L, 1)), NEAR);
    }

    @Test
    void areaUnderTheCurveCountsTiesHalf() {
        Tensor targets = Tensor.of(0L, 0, 1, 1);
        assertEquals(0.75, of(new RocAuc(), Tensor.of(new double[] {0.1, 0.4, 0.35, 0.8}), targets), NEAR);
        assertEquals(0.5, of(new RocAuc(), Tensor.of(new double[] {1, 1, 1, 1}), targets), NEAR);
        assertEquals(0.875, of(new RocAuc(), Tensor.of(new double[] {0, 1, 1, 2}), targets), NEAR);
        RocAuc area = new RocAuc();
        area.update(Tensor.ones(2), Tensor.of(1L, 1));
        refused(IllegalStateException.class, "RocAuc: there must be samples of both classes.", area::compute);
    }

    @Test
    void errorsOfNumbers() {
        Tensor predictions = Tensor.of(new double[] {2.5, 0, 2, 8});
        Tensor targets = Tensor.of(new double[] {3, -0.5, 2, 7});
        assertEquals(0.375, of(new RegressionError(RegressionError.Kind.MSE), predictions, targets), NEAR);
        assertEquals(Math.sqrt(0.375), of(new RegressionError(RegressionError.Kind.RMSE), predictions, targets), NEAR);
        assertEquals(0.5, of(new RegressionError(RegressionError.Kind.MAE), predictions, targets), NEAR);
        RegressionError r2 = new RegressionError(RegressionError.Kind.R2);
        assertEquals(0.9486081370449679, of(r2, predictions, targets), NEAR);
        r2.reset();
        assertEquals(1, of(r2, Tensor.ones(3), Tensor.ones(3)), NEAR);
        r2.reset();
        assertEquals(0, of(r2, Tensor.zeros(3), Tensor.ones(3)), NEAR);
        r2.reset();
        assertTrue(Double.isNaN(of(r2, Tensor.zeros(1), Tensor.ones(1))));
    }

    @Test
    void batchesGiveWhatTheWholeGives() {
        SplittableRandom random = new SplittableRandom(4);
        int n = 500;
        Tensor classes = Tensor.of(random.longs(n, 0, 2).toArray());
        Tensor guesses = Tensor.of(random.longs(n, 0, 2).toArray());
        Tensor scores = Tensor.of(random.ints(n, 0, 50).asDoubleStream().toArray());
        Tensor numbers = Tensor.of(random.doubles(n).toArray());
        List<Metric> metrics =
                List.of(new Accuracy(), new FScore(), new RocAuc(), new RegressionError(RegressionError.Kind.R2));
        List<Tensor> predictions = List.of(guesses, guesses, scores, scores);
        List<Tensor> targets = List.of(classes, classes, classes, numbers);
        for (int m = 0; m < metrics.size(); m++) {
            Metric metric = metrics.get(m);
            double whole = of(metric, predictions.get(m), targets.get(m));
            metric.reset();
            for (long from = 0; from < n; from += 70) {
                long size = Math.min(70, n - from);
                metric.update(
                        predictions.get(m).narrow(0, from, size), targets.get(m).narrow(0, from, size));
            }
            assertEquals(whole, metric.compute(), 1e-9, metric.getClass().getSimpleName());
        }
    }

    @Test
    void refusesWhatIsNoBatch() {
        refused(
                IllegalStateException.class,
                "Accuracy: there were no samples yet. Call update first.",
                () -> new Accuracy().compute());
        refused(
                ShapeException.class,
                "Accuracy: there must be one target for each sample, expected [2], got [3].",
                () -> new Accuracy().update(Tensor.of(0L, 1), Tensor.of(0L, 1, 1)));
        refused(
                ShapeException.class,
                "Accuracy: there must be a class or a row of scores for each sample [predictions: float32[2]]. "
                        + "Compare probabilities with a threshold first, for example with gt(0.5).",
                () -> new Accuracy().update(Tensor.ones(2), Tensor.of(0L, 1)));
        refused(
                IndexException.class,
                "ConfusionMatrix: there is no such class, expected 0 to 1, got 2.",
                () -> new ConfusionMatrix(2).update(Tensor.of(0L, 2), Tensor.of(0L, 1)));
        refused(
                ShapeException.class,
                "RegressionError: there must be one prediction for each target "
                        + "[predictions: float32[2], targets: float32[2, 1]].",
                () -> new RegressionError(RegressionError.Kind.MSE).update(Tensor.ones(2), Tensor.ones(2, 1)));
        refused(
                IllegalArgumentException.class,
                "FScore: there must be two classes for the average BINARY, got 3.",
                () -> new FScore(3, Average.BINARY));
    }
}
