package dev.lanewise.nn;

import static dev.lanewise.DType.FLOAT64;
import static dev.lanewise.DType.INT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DTypeException;
import dev.lanewise.IndexException;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LossModulesTest {
    private static final Tensor X = Tensor.of(FLOAT64, new double[][] {{0.2, 0.7, 0.4}, {0.9, 0.3, 0.6}});
    private static final Tensor Y = Tensor.of(FLOAT64, new double[][] {{0.5, 0.1, 0.8}, {0.4, 0.2, 0.7}});
    private static final Tensor CLASSES = Tensor.of(2, 0);
    private static final Tensor WEIGHT = Tensor.of(FLOAT64, new double[] {0.5, 1.5, 2});

    // ------------------------------------------------------------------ modules

    private static void same(Tensor expected, Tensor got) {
        assertArrayEquals(expected.toDoubleArray(), got.toDoubleArray());
    }

    @Test
    void modulesOfTwoTensorsCallTheirFunctions() {
        same(Functional.mseLoss(X, Y), new MSELoss().forward(X, Y));
        same(Functional.l1Loss(X, Y), new L1Loss().forward(X, Y));
        same(Functional.smoothL1Loss(X, Y), new SmoothL1Loss().forward(X, Y));
        same(Functional.huberLoss(X, Y), new HuberLoss().forward(X, Y));
        same(Functional.binaryCrossEntropy(X, Y), new BCELoss().forward(X, Y));
        same(Functional.binaryCrossEntropyWithLogits(X, Y), new BCEWithLogitsLoss().forward(X, Y));
        same(Functional.klDiv(X, Y), new KLDivLoss().forward(X, Y));
        same(Functional.poissonNllLoss(X, Y), new PoissonNLLLoss().forward(X, Y));
        same(Functional.softMarginLoss(X, Y), new SoftMarginLoss().forward(X, Y));
        same(Functional.hingeEmbeddingLoss(X, Y), new HingeEmbeddingLoss().forward(X, Y));
        same(Functional.crossEntropy(X, CLASSES), new CrossEntropyLoss().forward(X, CLASSES));
        same(Functional.nllLoss(X, CLASSES), new NLLLoss().forward(X, CLASSES));
        same(Functional.multiMarginLoss(X, CLASSES), new MultiMarginLoss().forward(X, CLASSES));
        same(Functional.multilabelSoftMarginLoss(X, Y), new MultiLabelSoftMarginLoss().forward(X, Y));
        Tensor labels = Tensor.of(new long[][] {{1, -1, 0}, {2, 0, -1}});
        same(Functional.multilabelMarginLoss(X, labels), new MultiLabelMarginLoss().forward(X, labels));
        same(Functional.cosineSimilarity(X, Y), new CosineSimilarity().forward(X, Y));
        same(Functional.pairwiseDistance(X, Y), new PairwiseDistance().forward(X, Y));
    }

    @Test
    void modulesOfMoreTensorsCallTheirFunctions() {
        Tensor sign = Tensor.of(FLOAT64, new double[] {1, -1});
        Tensor signs = sign.reshape(2, 1).expand(2, 3);
        same(Functional.gaussianNllLoss(X, Y, Y), new GaussianNLLLoss().forward(X, Y, Y));
        same(Functional.marginRankingLoss(X, Y, signs), new MarginRankingLoss().forward(X, Y, signs));
        same(Functional.cosineEmbeddingLoss(X, Y, sign), new CosineEmbeddingLoss().forward(X, Y, sign));
        same(Functional.tripletMarginLoss(X, Y, X), new TripletMarginLoss().forward(X, Y, X));
        Tensor logs = Tensor.randn(FLOAT64, 4, 2, 3).logSoftmax(2);
        Tensor targets = Tensor.of(new long[][] {{1, 2}, {2, 1}});
        Tensor times = Tensor.of(4, 4);
        Tensor counts = Tensor.of(2, 1);
        same(Functional.ctcLoss(logs, targets, times, counts), new CTCLoss().forward(logs, targets, times, counts));
        assertEquals(Reduction.SUM, new CTCLoss(Reduction.SUM).reduction());
    }

    @Test
    void weightsAreBuffers() {
        CrossEntropyLoss loss = new CrossEntropyLoss(WEIGHT, 1, Reduction.SUM, 0.1);
        assertEquals(Set.of("weight"), loss.stateDict().keySet());
        same(Functional.crossEntropy(X, CLASSES, WEIGHT, 1, Reduction.SUM, 0.1), loss.forward(X, CLASSES));
        BCEWithLogitsLoss both = new BCEWithLogitsLoss(WEIGHT, Reduction.NONE, WEIGHT);
        assertEquals(
                List.of("weight", "pos_weight"), List.copyOf(both.stateDict().keySet()));
        same(Functional.binaryCrossEntropyWithLogits(X, Y, WEIGHT, Reduction.NONE, WEIGHT), both.forward(X, Y));
        same(Functional.nllLoss(X, CLASSES, WEIGHT, -100, Reduction.MEAN), new NLLLoss(WEIGHT).forward(X, CLASSES));
        same(
                Functional.multiMarginLoss(X, CLASSES, 2, 0.5, WEIGHT, Reduction.SUM),
                new MultiMarginLoss(2, 0.5, WEIGHT, Reduction.SUM).forward(X, CLASSES));
        assertNull(new BCELoss().weight());
        assertEquals(Set.of(), new NLLLoss().stateDict().keySet());
    }

    @Test
    void modulesPrintTheirNames() {
        assertEquals("CrossEntropyLoss()", new CrossEntropyLoss(WEIGHT).toString());
        assertEquals("SmoothL1Loss()", new SmoothL1Loss(Reduction.SUM, 0.5).toString());
        assertEquals("TripletMarginLoss()", new TripletMarginLoss().toString());
        assertEquals("CTCLoss()", new CTCLoss().toString());
    }

    // ------------------------------------------------------------------ refusals

    private static void refused(Class<? extends Exception> kind, String message, Executable call) {
        assertEquals(message, assertThrows(kind, call).getMessage());
    }

    @Test
    void wrongNumbersAreRefused() {
        refused(
                IllegalArgumentException.class,
                "smoothL1Loss: beta must not be below 0, got -1.0.",
                () -> Functional.smoothL1Loss(X, Y, Reduction.MEAN, -1));
        refused(
                IllegalArgumentException.class,
                "huberLoss: delta must be above 0, got 0.0.",
                () -> Functional.huberLoss(X, Y, Reduction.MEAN, 0));
        refused(
                IllegalArgumentException.class,
                "mseLoss: only klDiv takes the reduction BATCHMEAN. Use MEAN.",
                () -> Functional.mseLoss(X, Y, Reduction.BATCHMEAN));
        refused(
                IllegalArgumentException.class,
                "reduction: the name must be known, expected none, mean, sum or batchmean, got max.",
                () -> Reduction.of("max"));
        refused(
                IllegalArgumentException.class,
                "crossEntropy: the label smoothing must be between 0 and 1, got 1.5.",
                () -> Functional.crossEntropy(X, CLASSES, null, -100, Reduction.MEAN, 1.5));
        refused(
                IllegalArgumentException.class,
                "crossEntropy: no class can be ignored where the target is probabilities, got 1.",
                () -> Functional.crossEntropy(X, Y, null, 1, Reduction.MEAN, 0));
        refused(
                IllegalArgumentException.class,
                "multiMarginLoss: p must be 1 or 2, got 3.",
                () -> Functional.multiMarginLoss(X, CLASSES, 3, 1, null, Reduction.MEAN));
        refused(
                IllegalArgumentException.class,
                "gaussianNllLoss: no variance must be below 0 [variance: float64[2, 3]].",
                () -> Functional.gaussianNllLoss(X, Y, Y.neg()));
        refused(
                IllegalArgumentException.class,
                "binaryCrossEntropy: every probability must be between 0 and 1 [input: float64[2, 3]]. "
                        + "Apply sigmoid first, or use binaryCrossEntropyWithLogits.",
                () -> Functional.binaryCrossEntropy(X.add(0.5), Y));
    }

    @Test
    void wrongShapesAreRefused() {
        refused(
                ShapeException.class,
                "binaryCrossEntropy: input and target must have the same sizes "
                        + "[input: float64[2, 3], target: float64[3]].",
                () -> Functional.binaryCrossEntropy(X, WEIGHT));
        refused(
                ShapeException.class,
                "nllLoss: there must be one weight per class, expected [3] [weight: float64[2, 3]].",
                () -> Functional.nllLoss(X, CLASSES, Y, -100, Reduction.MEAN));
        refused(
                ShapeException.class,
                "multilabelMarginLoss: input and target must have the same sizes "
                        + "[input: float64[2, 3], target: int64[2]].",
                () -> Functional.multilabelMarginLoss(X, CLASSES));
        refused(
                ShapeException.class,
                "gaussianNllLoss: the variance must have the sizes of the input, but for the last "
                        + "[input: float64[2, 3], variance: float64[3]].",
                () -> Functional.gaussianNllLoss(X, Y, WEIGHT));
        refused(
                ShapeException.class,
                "marginRankingLoss: all inputs must have the same number of dimensions "
                        + "[first: float64[2, 3], second: float64[2, 3], target: int64[2]].",
                () -> Functional.marginRankingLoss(X, Y, CLASSES));
        refused(
                ShapeException.class,
                "cosineEmbeddingLoss: inputs must be [N, D] and the target [N], or [D] and 0-d "
                        + "[input1: float64[2, 3], input2: float64[2, 3], target: float64[2, 3]].",
                () -> Functional.cosineEmbeddingLoss(X, Y, Y));
    }

    @Test
    void wrongTypesAndClassesAreRefused() {
        refused(
                DTypeException.class,
                "crossEntropy: a target of the input's sizes must be probabilities "
                        + "[input: float64[2, 3], target: int64[2, 3]]. "
                        + "Give classes in [N], or convert with to(DType.FLOAT32).",
                () -> Functional.crossEntropy(X, Y.to(INT64)));
        refused(
                DTypeException.class,
                "binaryCrossEntropyWithLogits: input and target must be floating point "
                        + "[input: float64[2, 3], target: int64[2, 3]]. Convert the target with to(input.dtype()).",
                () -> Functional.binaryCrossEntropyWithLogits(X, Y.to(INT64)));
        refused(
                IndexException.class,
                "multiMarginLoss: every class must be one of the input's, expected 0 to 2, got 3 [target: int64[2]].",
                () -> Functional.multiMarginLoss(X, Tensor.of(0, 3)));
        refused(
                IndexException.class,
                "nllLoss: every class must be one of the input's, expected 0 to 2, got -1 [target: int64[2]].",
                () -> Functional.nllLoss(X, Tensor.of(-1, 0)));
    }

    @Test
    void wrongSequencesAreRefused() {
        Tensor logs = Tensor.randn(FLOAT64, 4, 2, 3).logSoftmax(2);
        Tensor two = Tensor.of(2, 2);
        refused(
                IllegalArgumentException.class,
                "ctcLoss: the blank must be one of the classes, expected 0 to 2, got 3.",
                () -> Functional.ctcLoss(logs, Tensor.of(1, 2, 1, 2), two, two, 3, Reduction.MEAN, false));
        refused(
                IllegalArgumentException.class,
                "ctcLoss: inputLengths must be between 0 and what is there, expected at most 4, got 5.",
                () -> Functional.ctcLoss(logs, Tensor.of(1, 2, 1, 2), Tensor.of(4, 5), two));
        refused(
                ShapeException.class,
                "ctcLoss: the targets must be as many as their lengths add up to, expected 4 [targets: int64[3]].",
                () -> Functional.ctcLoss(logs, Tensor.of(1, 2, 1), two, two));
        refused(
                IndexException.class,
                "ctcLoss: every label must be one of the classes, expected 0 to 2, got 4.",
                () -> Functional.ctcLoss(logs, Tensor.of(1, 2, 1, 4), two, two));
        refused(
                DTypeException.class,
                "ctcLoss: the log-probabilities must be floating point, the targets int64 or int32 "
                        + "[logProbs: float64[4, 2, 3], targets: float64[3]].",
                () -> Functional.ctcLoss(logs, WEIGHT, two, two));
        refused(
                ShapeException.class,
                "ctcLoss: there must be one length per sequence, expected [2] [targetLengths: int64[3]].",
                () -> Functional.ctcLoss(logs, Tensor.of(1, 2), two, Tensor.of(1, 1, 0)));
    }
}
