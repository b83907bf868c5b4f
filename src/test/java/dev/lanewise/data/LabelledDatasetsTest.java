package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options of data sets and splits that are not among the recordings, against values that scikit-learn gave for seed 7. */
class LabelledDatasetsTest {
    private static final long[] LABELS = {0, 1, 1, 2, 0, 1, 2, 2, 0, 0, 1, 1, 2, 1, 0, 0, 0, 0, 1, 2};

    private static void check(Labelled made, long[] y, double... x) {
        assertArrayEquals(y, made.yValues());
        assertArrayEquals(x, made.xValues(), 1e-12);
        assertEquals(y.length, made.x().size(0));
        assertEquals("int64", made.y().dtype().shortName());
    }

    @Test
    void moonsOfTwoSizes() {
        check(
                Datasets.makeMoons(MoonsOptions.of(2, 3).noise(0.2), 7),
                new long[] {0, 1, 1, 0, 1},
                0.9925799550099755,
                0.07989256978838367,
                0.7813116528176318,
                -0.6778068023878894,
                -0.031754124366349744,
                0.3372446945171423,
                -0.9959871226036155,
                -0.0699660265045123,
                1.9237825709819332,
                0.6661679725033898);
    }

    @Test
    void circlesInOrder() {
        check(
                Datasets.makeCircles(
                        CirclesOptions.of(2, 3).noise(0.1).factor(0.3).shuffle(false), 7),
                new long[] {0, 0, 1, 1, 1},
                1.1690525703800356,
                -0.04659373705408328,
                -0.9967179836321416,
                0.04075162829965091,
                0.22110769713742612,
                0.00020655729059481303,
                -0.1500890385857931,
                0.08433519050078953,
                -0.048234199433650815,
                -0.19975776954337657);
    }

    @Test
    void blobsOfTwoDeviations() {
        check(
                Datasets.makeBlobs(BlobsOptions.of(List.of(1, 2), 1).std(List.of(0.1, 1.0)), 7),
                new long[] {1, 1, 0},
                5.631196008480877,
                5.13243847426146,
                -8.30478164214082);
    }

    @Test
    void blobsAroundGivenCenters() {
        BlobsOptions options = BlobsOptions.of(5)
                .centers(List.of(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0)))
                .std(0)
                .shuffle(false);
        Labelled made = Datasets.makeBlobs(options, 0);
        assertArrayEquals(new long[] {0, 0, 0, 1, 1}, made.yValues());
        assertArrayEquals(new double[] {4, 5, 6}, Arrays.copyOfRange(made.xValues(), 12, 15));
    }

    @Test
    void classificationWithDrawnShiftAndScale() {
        ClassificationOptions options = ClassificationOptions.of(6, 3)
                .redundant(0)
                .repeated(1)
                .drawnShift()
                .drawnScale()
                .hypercube(false)
                .weights(List.of(0.3));
        check(
                Datasets.makeClassification(options, 7),
                new long[] {0, 1, 1, 1, 1, 1},
                -49.19065223796387,
                74.77050289841412,
                -42.88662873971674,
                -52.27349663211974,
                28.656010963512283,
                -45.66649979005492,
                -40.33324293885731,
                58.344927784659454,
                -34.899700908309086,
                8.53397908440089,
                51.55319903993035,
                9.164986907405535,
                -116.9040873343424,
                147.4743410726639,
                -103.94537640152282,
                43.517991015910106,
                56.489671207043386,
                40.71086777555655);
    }

    @Test
    void stratifiedSplits() {
        TrainTestSplit split = TrainTestSplit.stratified(TrainTestSplit.sizes(20, 0.3, null), LABELS, 7);
        assertArrayEquals(new long[] {0, 10, 15, 5, 6, 4, 2, 9, 16, 11, 19, 7, 13, 8}, split.train());
        assertArrayEquals(new long[] {3, 17, 12, 1, 14, 18}, split.test());
        split = TrainTestSplit.stratified(TrainTestSplit.sizes(20, 7, 9), LABELS, 7);
        assertArrayEquals(new long[] {16, 13, 0, 10, 17, 19, 11, 6, 8}, split.train());
        assertArrayEquals(new long[] {4, 15, 9, 12, 7, 2, 5}, split.test());
    }

    @Test
    void sizesAreFractionsOrNumbers() {
        assertEquals(new TrainTestSplit.Sizes(50, 37, 13), TrainTestSplit.sizes(50, null, null));
        assertEquals(new TrainTestSplit.Sizes(50, 38, 12), TrainTestSplit.sizes(50, null, 0.77));
        assertEquals(new TrainTestSplit.Sizes(50, 15, 10), TrainTestSplit.sizes(50, 0.2, 0.3));
        assertEquals(new TrainTestSplit.Sizes(50, 45, 5), TrainTestSplit.sizes(50, 5, null));
    }

    @Test
    void numbersAreChosenWithWeights() {
        assertArrayEquals(
                new long[] {0, 3, 2, 3, 3, 2, 2, 0, 1, 2, 3, 3},
                new NumPyRandom(7).choice(new double[] {0.1, 0.2, 0.3, 0.4}, 12));
    }

    @Test
    void wrongOptionsAreNamed() {
        refused(
                "makeMoons: sizes and noise must not be negative, got -1 and 3, noise 0.0.",
                () -> MoonsOptions.of(-1, 3));
        refused(
                "makeCircles: sizes and noise must not be negative and the factor in [0, 1),"
                        + " got 1 and 3, noise 0.0, factor 1.0.",
                () -> CirclesOptions.of(1, 3).factor(1));
        refused(
                "makeBlobs: there must be a size, a deviation and a center for each blob,"
                        + " got 3 sizes, 1 deviations, 0 centers.",
                () -> BlobsOptions.of(9).std(List.of(1.0)));
        refused(
                "makeClassification: there must be a corner of the cube for each cluster, expected at most 4, got 6."
                        + " Use more informative features or fewer clusters.",
                () -> Datasets.makeClassification(ClassificationOptions.of(9).classes(3), 0));
        refused(
                "trainTestSplit: every class must have two rows, and each part at least as many rows as there are classes,"
                        + " got 3 classes, the smallest of 5 rows, for 18 training and 2 test rows of 20.",
                () -> TrainTestSplit.stratified(TrainTestSplit.sizes(20, 2, null), LABELS, 0));
        refused(
                "choice: there cannot be more draws than numbers without replacement, expected at most 3, got 4.",
                () -> new NumPyRandom(0).choice(3, 4, false));
        refused(
                "choice: the probabilities must sum to 1, got 0.5.",
                () -> new NumPyRandom(0).choice(new double[] {0.5}, 4));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
