package dev.lanewise.data;

import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Some samples of a data set, by their numbers. Source: PyTorch's {@code torch.utils.data.Subset}. */
public final class Subset implements Dataset {
    private final Dataset dataset;
    private final long[] indices;

    /** The samples of these numbers, in this order. */
    public Subset(Dataset dataset, long... indices) {
        this.dataset = dataset;
        this.indices = indices.clone();
    }

    /**
     * A data set cut at random into parts of the given lengths, which sum to its size.
     *
     * <p>One permutation from the default generator, cut in order. Source: PyTorch's {@code torch.utils.data.random_split}.
     */
    public static Subset[] randomSplit(Dataset dataset, long... lengths) {
        return randomSplit(Generator.defaultGenerator(), dataset, lengths);
    }

    /** A data set cut at random into parts of the given lengths, which sum to its size. */
    public static Subset[] randomSplit(Generator generator, Dataset dataset, long... lengths) {
        if (LongStream.of(lengths).sum() != dataset.size()) {
            throw Check.argument("randomSplit", "the lengths must sum to the number of samples")
                    .expected(dataset.size())
                    .got(Arrays.toString(lengths))
                    .error();
        }
        long[] order = generator.randperm(dataset.size());
        Subset[] parts = new Subset[lengths.length];
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            int end = at + (int) lengths[i];
            parts[i] = new Subset(dataset, Arrays.copyOfRange(order, at, end));
            at = end;
        }
        return parts;
    }

    /**
     * A data set cut at random by fractions that sum to 1; samples left over by rounding down go to the first parts, one to
     * each.
     */
    public static Subset[] randomSplit(Dataset dataset, double... fractions) {
        return randomSplit(Generator.defaultGenerator(), dataset, fractions);
    }

    /** A data set cut at random by fractions that sum to 1. */
    public static Subset[] randomSplit(Generator generator, Dataset dataset, double... fractions) {
        if (Math.abs(DoubleStream.of(fractions).sum() - 1) > 1e-9
                || DoubleStream.of(fractions).anyMatch(f -> !(f >= 0))) {
            throw Check.argument("randomSplit", "the fractions must not be negative and sum to 1")
                    .got(Arrays.toString(fractions))
                    .error();
        }
        long[] lengths = new long[fractions.length];
        long left = dataset.size();
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (long) Math.floor(dataset.size() * fractions[i]);
            left -= lengths[i];
        }
        for (int i = 0; i < left; i++) {
            lengths[i % lengths.length]++;
        }
        return randomSplit(generator, dataset, lengths);
    }

    /** The numbers of the samples in the data set they were taken from, as a new array. */
    public long[] indices() {
        return indices.clone();
    }

    @Override
    public long size() {
        return indices.length;
    }

    @Override
    public Tensor[] get(long index) {
        return dataset.get(indices[Math.toIntExact(index)]);
    }

    @Override
    public Tensor[] batch(long[] numbers) {
        long[] inner = new long[numbers.length];
        for (int i = 0; i < inner.length; i++) {
            inner[i] = indices[Math.toIntExact(numbers[i])];
        }
        return dataset.batch(inner);
    }
}
