package dev.lanewise.data;

import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The rows of each class, and a split that takes from every class its share. */
final class Strata {
    private final NumPyRandom random;
    private final int rows;
    private final long[][] rowsOfClass;

    Strata(long[] labels, NumPyRandom random) {
        this.random = random;
        rows = labels.length;
        long[] classes = Arrays.stream(labels).sorted().distinct().toArray();
        int[] counts = new int[classes.length];
        int[] classOf = new int[rows];
        for (int row = 0; row < rows; row++) {
            classOf[row] = Arrays.binarySearch(classes, labels[row]);
            counts[classOf[row]]++;
        }
        rowsOfClass = new long[classes.length][];
        for (int c = 0; c < classes.length; c++) {
            rowsOfClass[c] = new long[counts[c]];
            counts[c] = 0;
        }
        for (int row = 0; row < rows; row++) {
            rowsOfClass[classOf[row]][counts[classOf[row]]++] = row;
        }
    }

    /** The rows of the training part and of the test part. */
    long[][] split(TrainTestSplit.Sizes sizes) {
        check(sizes);
        int[] left = Arrays.stream(rowsOfClass).mapToInt(each -> each.length).toArray();
        int[] train = shares(left, sizes.train());
        for (int c = 0; c < left.length; c++) {
            left[c] -= train[c];
        }
        int[] test = shares(left, sizes.test());
        long[] trainRows = new long[sizes.train()];
        long[] testRows = new long[sizes.test()];
        int trained = 0;
        int tested = 0;
        for (int c = 0; c < left.length; c++) {
            long[] order = random.permutation(rowsOfClass[c].length);
            for (int i = 0; i < train[c] + test[c]; i++) {
                long row = rowsOfClass[c][(int) order[i]];
                if (i < train[c]) {
                    trainRows[trained++] = row;
                } else {
                    testRows[tested++] = row;
                }
            }
        }
        random.shuffle(trainRows);
        random.shuffle(testRows);
        return new long[][] {trainRows, testRows};
    }

    // The whole part of each class's share; the rest goes to the largest fractions, equal ones in random order.
    private int[] shares(int[] counts, int draws) {
        double all = Arrays.stream(counts).sum();
        int[] out = new int[counts.length];
        double[] fractions = new double[counts.length];
        int missing = draws;
        for (int c = 0; c < out.length; c++) {
            double share = counts[c] / all * draws;
            out[c] = (int) Math.floor(share);
            fractions[c] = share - out[c];
            missing -= out[c];
        }
        double[] values = Arrays.stream(fractions).sorted().distinct().toArray();
        for (int v = values.length - 1; v >= 0 && missing > 0; v--) {
            double value = values[v];
            int[] tied = IntStream.range(0, out.length)
                    .filter(c -> fractions[c] == value)
                    .toArray();
            int added = Math.min(tied.length, missing);
            for (long place : random.choice(tied.length, added, false)) {
                out[tied[(int) place]]++;
            }
            missing -= added;
        }
        return out;
    }

    private void check(TrainTestSplit.Sizes sizes) {
        int least =
                Arrays.stream(rowsOfClass).mapToInt(each -> each.length).min().orElse(0);
        int classes = rowsOfClass.length;
        if (sizes.rows() != rows || least < 2 || sizes.train() < classes || sizes.test() < classes) {
            throw Check.argument(
                            "trainTestSplit",
                            "every class must have two rows, and each part at least as many rows as there are classes")
                    .got(classes + " classes, the smallest of " + least + " rows, for " + sizes.train()
                            + " training and " + sizes.test() + " test rows of " + rows)
                    .error();
        }
    }
}
