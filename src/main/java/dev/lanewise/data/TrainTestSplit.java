package dev.lanewise.data;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/**
 * The rows of a data set cut at random into a training and a test part, as scikit-learn cuts them.
 *
 * <p>Of one permutation of the rows the first are the test part and the next the training part. Source: scikit-learn's
 * {@code train_test_split}.
 */
public final class TrainTestSplit {
    /**
     * How many rows there are and how many go into either part; together these may be fewer.
     *
     * @param rows number of rows
     * @param train rows of the training part, at least 1
     * @param test rows of the test part, at least 1
     */
    public record Sizes(int rows, int train, int test) {
        /** Checks that both parts have a row. */
        public Sizes {
            if (train < 1 || test < 1 || (long) train + test > rows) {
                throw Check.argument(
                                "trainTestSplit", "both parts must have a row and together not more than there are")
                        .got(train + " training and " + test + " test rows of " + rows)
                        .error();
            }
        }
    }

    private final long[] train;
    private final long[] test;

    private TrainTestSplit(long[] train, long[] test) {
        this.train = train;
        this.test = test;
    }

    /**
     * A split by fraction: {@code ceil(testSize * rows)} test rows, all others for training.
     *
     * @param rows number of rows
     * @param testSize the fraction that is the test part, between 0 and 1
     * @param randomState a seed in [0, 2^32 - 1]
     */
    public static TrainTestSplit of(int rows, double testSize, long randomState) {
        int testRows = testRows(rows, testSize);
        return of(new Sizes(rows, rows - testRows, testRows), randomState);
    }

    /** A split by numbers of rows; together they may be fewer than there are. */
    public static TrainTestSplit ofCounts(int rows, int trainRows, int testRows, long randomState) {
        return of(new Sizes(rows, trainRows, testRows), randomState);
    }

    /** A split by numbers of rows. */
    public static TrainTestSplit of(Sizes sizes, long randomState) {
        long[] order = new NumPyRandom(randomState).permutation(sizes.rows());
        int test = sizes.test();
        return new TrainTestSplit(
                Arrays.copyOfRange(order, test, test + sizes.train()), Arrays.copyOfRange(order, 0, test));
    }

    /** A split without shuffling: the first rows for training, the last {@code ceil(testSize * rows)} for the test. */
    public static TrainTestSplit inOrder(int rows, double testSize) {
        int testRows = testRows(rows, testSize);
        return inOrder(new Sizes(rows, rows - testRows, testRows));
    }

    /** A split without shuffling: the first rows for training, those that follow for the test. */
    public static TrainTestSplit inOrder(Sizes sizes) {
        long[] order = new long[sizes.train() + sizes.test()];
        Arrays.setAll(order, i -> i);
        return new TrainTestSplit(
                Arrays.copyOfRange(order, 0, sizes.train()), Arrays.copyOfRange(order, sizes.train(), order.length));
    }

    /**
     * A split in which both parts have, as nearly as can be, the share of each class that all rows have.
     *
     * <p>Source: scikit-learn's {@code train_test_split} with {@code stratify}.
     *
     * @param labels the class of each row; every class has at least two rows, and either part a row for each class
     */
    public static TrainTestSplit stratified(Sizes sizes, long[] labels, long randomState) {
        long[][] parts = new Strata(labels, new NumPyRandom(randomState)).split(sizes);
        return new TrainTestSplit(parts[0], parts[1]);
    }

    /**
     * Numbers of rows from what scikit-learn takes as sizes: a number of rows, a fraction of them, or null.
     *
     * <p>A fraction is rounded up for the test part and down for the training part; what is null is the rest, and if both
     * are, the test part is a quarter.
     */
    public static Sizes sizes(int rows, Number testSize, Number trainSize) {
        Number given = testSize == null && trainSize == null ? (Number) 0.25 : testSize;
        int test = given == null ? 0 : given instanceof Double share ? testRows(rows, share) : given.intValue();
        int train = trainSize == null
                ? rows - test
                : trainSize instanceof Double share ? (int) Math.floor(fraction(share) * rows) : trainSize.intValue();
        return new Sizes(rows, train, given == null ? rows - train : test);
    }

    /** Numbers of the training rows, in their order, as a new array. */
    public long[] train() {
        return train.clone();
    }

    /** Numbers of the test rows, in their order, as a new array. */
    public long[] test() {
        return test.clone();
    }

    /** The training rows of a tensor, a copy. */
    public Tensor train(Tensor data) {
        return data.indexSelect(0, Tensor.of(train));
    }

    /** The test rows of a tensor, a copy. */
    public Tensor test(Tensor data) {
        return data.indexSelect(0, Tensor.of(test));
    }

    private static int testRows(int rows, double testSize) {
        return (int) Math.ceil(fraction(testSize) * rows);
    }

    private static double fraction(double size) {
        if (!(size > 0 && size < 1)) {
            throw Check.argument("trainTestSplit", "test size must be between 0 and 1")
                    .got(size)
                    .error();
        }
        return size;
    }
}
