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
        return ofCounts(rows, rows - testRows, testRows, randomState);
    }

    /** A split by numbers of rows; together they may be fewer than there are. */
    public static TrainTestSplit ofCounts(int rows, int trainRows, int testRows, long randomState) {
        check(rows, trainRows, testRows);
        long[] order = new NumPyRandom(randomState).permutation(rows);
        return new TrainTestSplit(
                Arrays.copyOfRange(order, testRows, testRows + trainRows), Arrays.copyOfRange(order, 0, testRows));
    }

    /** A split without shuffling: the first rows for training, the last {@code ceil(testSize * rows)} for the test. */
    public static TrainTestSplit inOrder(int rows, double testSize) {
        int testRows = testRows(rows, testSize);
        check(rows, rows - testRows, testRows);
        long[] order = new long[rows];
        Arrays.setAll(order, i -> i);
        return new TrainTestSplit(
                Arrays.copyOfRange(order, 0, rows - testRows), Arrays.copyOfRange(order, rows - testRows, rows));
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
        if (!(testSize > 0 && testSize < 1)) {
            throw Check.argument("trainTestSplit", "test size must be between 0 and 1")
                    .got(testSize)
                    .error();
        }
        return (int) Math.ceil(testSize * rows);
    }

    private static void check(int rows, int trainRows, int testRows) {
        if (trainRows < 1 || testRows < 1 || (long) trainRows + testRows > rows) {
            throw Check.argument("trainTestSplit", "both parts must have a row and together not more than there are")
                    .got(trainRows + " training and " + testRows + " test rows of " + rows)
                    .error();
        }
    }
}
