package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;

/** Orders of samples, and parts of data sets. */
class SamplerTest {
    private static final Dataset TEN = new TensorDataset(Tensor.arange(10));

    private static Generator seeded(long seed) {
        return new Generator().manualSeed(seed);
    }

    private static List<long[]> batches(Sampler sampler, long batch, boolean dropLast) {
        List<long[]> out = new ArrayList<>();
        DataLoader.Options options =
                DataLoader.batchSize(batch).sampler(sampler).dropLast(dropLast);
        new DataLoader(TEN, options).batchIndices().forEach(out::add);
        return out;
    }

    @Test
    void moreSamplesThanThereAreComeFromSeveralPermutations() {
        Generator expected = seeded(1);
        long[] drawn = new RandomSampler(4, false, 10, seeded(1)).toArray();
        assertArrayEquals(expected.randperm(4), Arrays.copyOf(drawn, 4));
        assertArrayEquals(expected.randperm(4), Arrays.copyOfRange(drawn, 4, 8));
        assertArrayEquals(Arrays.copyOf(expected.randperm(4), 2), Arrays.copyOfRange(drawn, 8, 10));
    }

    @Test
    void aPassDrawsAsItGoesOn() {
        Generator generator = seeded(2);
        PrimitiveIterator.OfLong pass = new RandomSampler(40, true, 40, generator).iterator();
        assertEquals(seeded(2).getState(), generator.getState(), "nothing is drawn before the first number");
        pass.nextLong();
        Generator expected = seeded(2);
        expected.randint(0, 40, 32);
        assertEquals(expected.getState(), generator.getState(), "32 numbers at a time");
        for (int i = 1; i < 40; i++) {
            pass.nextLong();
        }
        assertFalse(pass.hasNext());
        assertEquals(
                "Sampler: the pass is over.",
                assertThrows(NoSuchElementException.class, pass::nextLong).getMessage());
    }

    @Test
    void loadersTakeTheOrderOfASampler() {
        Sampler sampler = new SubsetRandomSampler(seeded(3), 7, 5, 9, 2, 4);
        long[] order = new SubsetRandomSampler(seeded(3), 7, 5, 9, 2, 4).toArray();
        List<long[]> got = batches(sampler, 2, false);
        assertEquals(3, got.size());
        assertArrayEquals(new long[] {order[0], order[1]}, got.get(0));
        assertArrayEquals(new long[] {order[4]}, got.get(2));
        assertEquals(2, batches(sampler, 2, true).size());
        assertEquals(1, batches(sampler, Integer.MAX_VALUE, false).size());
        assertEquals(3, new DataLoader(TEN, DataLoader.batchSize(2).sampler(sampler)).size());
    }

    @Test
    void weightsOfZeroAreNotDrawn() {
        long[] drawn = new WeightedRandomSampler(new double[] {0, 1, 0, 3}, 500, true, seeded(4)).toArray();
        assertEquals(500, drawn.length);
        assertEquals(2, Arrays.stream(drawn).distinct().count());
        assertEquals(375, (double) Arrays.stream(drawn).filter(x -> x == 3).count(), 50);
        long[] each = new WeightedRandomSampler(new double[] {1, 1, 1}, 3, false, seeded(4)).toArray();
        Arrays.sort(each);
        assertArrayEquals(new long[] {0, 1, 2}, each);
    }

    @Test
    void splitsCoverTheDataSet() {
        Subset[] parts = Subset.randomSplit(seeded(5), TEN, 7, 3);
        long[] order = seeded(5).randperm(10);
        assertArrayEquals(Arrays.copyOf(order, 7), parts[0].indices());
        assertArrayEquals(Arrays.copyOfRange(order, 7, 10), parts[1].indices());
        assertEquals((double) order[7], parts[1].get(0)[0].item());
        assertArrayEquals(new long[] {order[9], order[8]}, parts[1].batch(new long[] {2, 1})[0].toLongArray());
        Subset[] thirds = Subset.randomSplit(seeded(5), TEN, 1.0 / 3, 1.0 / 3, 1.0 / 3);
        assertArrayEquals(new long[] {4, 3, 3}, new long[] {thirds[0].size(), thirds[1].size(), thirds[2].size()});
    }

    @Test
    void wrongCallsAreNamed() {
        refused(
                "randomSplit: the lengths must sum to the number of samples, expected 10, got [7, 4].",
                () -> Subset.randomSplit(TEN, 7, 4));
        refused(
                "randomSplit: the fractions must not be negative and sum to 1, got [0.5, 0.4].",
                () -> Subset.randomSplit(TEN, 0.5, 0.4));
        refused(
                "RandomSampler: there must be at least one sample and one draw, got 0 samples and 0 draws.",
                () -> new RandomSampler(0));
        refused(
                "DataLoader: a loader with a sampler must not be shuffled. The sampler alone decides the order.",
                () -> DataLoader.batchSize(2).shuffle(true).sampler(new SequentialSampler(3)));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
