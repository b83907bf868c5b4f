package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Npz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loader's batches and draws against those recorded from PyTorch. */
class DataLoaderTest {
    /** A data set that counts from 0, sample i holding i and 10 i. */
    private record Counting(long size) implements Dataset {
        @Override
        public Tensor[] get(long index) {
            return new Tensor[] {Tensor.of(index), Tensor.of(10 * index)};
        }
    }

    private static DataLoader loader(int n, DataLoader.Options options) {
        return new DataLoader(new Counting(n), options);
    }

    private static List<List<Long>> pass(DataLoader loader) {
        List<List<Long>> out = new ArrayList<>();
        for (long[] batch : loader.batchIndices()) {
            out.add(Arrays.stream(batch).boxed().toList());
        }
        return out;
    }

    private static Map<String, Object> recorded(String seed, String id) {
        return Golden.maps(Golden.json("rng/torch_seed_" + seed + ".json").get("cases")).stream()
                .filter(c -> id.equals(c.get("id")))
                .findFirst()
                .orElseThrow();
    }

    private static void seedDefault(String seed) {
        Generator.defaultGenerator().manualSeed(Long.parseLong(seed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "100", "8589934597"})
    void ordersEqualTheRecordedOnes(String seed) {
        seedDefault(seed);
        DataLoader hundred = loader(100, DataLoader.batchSize(16).shuffle(true));
        assertEquals(recorded(seed, "dataloader_100_16").get("list"), List.of(pass(hundred), pass(hundred)));
        seedDefault(seed);
        DataLoader dropping = loader(10, DataLoader.batchSize(3).shuffle(true).dropLast(true));
        assertEquals(recorded(seed, "dataloader_10_3_drop_last").get("list"), List.of(pass(dropping), pass(dropping)));
        DataLoader own = loader(10, DataLoader.batchSize(4).shuffle(true).generator(new Generator().manualSeed(7)));
        assertEquals(recorded(seed, "dataloader_generator").get("list"), List.of(pass(own), pass(own)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "100", "8589934597"})
    void aPassLeavesTheDefaultGeneratorWhereItIsRecorded(String seed) {
        seedDefault(seed);
        pass(loader(10, DataLoader.batchSize(4).shuffle(true)));
        float[] after = new float[3];
        Generator.defaultGenerator().fillUniform(after, 0, 1);
        assertArrayEquals(Golden.floats(recorded(seed, "dataloader_then_rand").get("values")), after);
    }

    @Test
    void everyPassInOrderDrawsOnce() {
        Generator generator = new Generator().manualSeed(1);
        DataLoader loader = loader(5, DataLoader.batchSize(2).generator(generator));
        assertEquals(List.of(List.of(0L, 1L), List.of(2L, 3L), List.of(4L)), pass(loader));
        assertEquals(
                List.of(List.of(0L, 1L), List.of(2L, 3L)),
                pass(loader(5, loader.options().dropLast(true))));
        Generator expected = new Generator().manualSeed(1);
        expected.nextLong64();
        expected.nextLong64();
        assertEquals(expected.getState(), generator.getState());
    }

    @Test
    void aGeneratorOfItsOwnGivesASecondPermutationOnceSamplesRunOut() {
        Generator generator = new Generator().manualSeed(1);
        DataLoader loader = loader(4, DataLoader.batchSize(2).shuffle(true).generator(generator));
        Iterator<long[]> pass = loader.batchIndices().iterator();
        pass.next();
        pass.next();
        Generator expected = new Generator().manualSeed(1);
        expected.nextLong64();
        expected.randperm(4);
        assertEquals(expected.getState(), generator.getState());
        assertFalse(pass.hasNext());
        assertFalse(pass.hasNext());
        expected.randperm(4);
        assertEquals(expected.getState(), generator.getState());
        assertThrows(NoSuchElementException.class, pass::next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear_regression_seed0", "linear_regression_seed100", "linear_regression_seed0_f64"})
    void dataAndOrderOfTheRecordedTrainingAreExact(String name) {
        Map<String, Object> run = Golden.json("train/" + name + ".json");
        Regression made =
                Datasets.makeRegression(RegressionOptions.of(100, 1).noise(10).bias(14.5), 0);
        Map<String, Npz.Array> data = Golden.npz("train/" + run.get("npz"));
        assertArrayEquals(data.get("x").toDoubles(), made.xValues());
        assertArrayEquals(data.get("y").toDoubles(), made.yValues());
        assertEquals(Golden.number(run.get("coef")), made.coefValues()[0]);

        Generator generator = Generator.defaultGenerator().manualSeed((Long) run.get("seed"));
        DataLoader loader = loader(100, DataLoader.batchSize(16).shuffle(true));
        // The model is built between the loader and the first pass: one weight, then one bias.
        boolean isDouble = "float64".equals(run.get("dtype"));
        double bound = Math.sqrt(3) * Math.sqrt(2.0 / (1 + Math.pow(Math.sqrt(5), 2)));
        assertEquals(Golden.number(run.get("w0")), one(generator, isDouble, bound));
        assertEquals(Golden.number(run.get("b0")), one(generator, isDouble, 1));
        List<Object> passes = Golden.list(run.get("batches"));
        assertEquals(100, passes.size());
        for (Object expected : passes) {
            assertEquals(expected, pass(loader));
        }
    }

    private static double one(Generator generator, boolean isDouble, double bound) {
        double[] doubles = new double[1];
        float[] floats = new float[1];
        if (isDouble) {
            generator.fillUniform(doubles, -bound, bound);
            return doubles[0];
        }
        generator.fillUniform(floats, -bound, bound);
        return floats[0];
    }

    @Test
    void batchesHoldTheRowsOfEveryTensor() {
        Tensor x = Tensor.fromArray(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}).reshape(5, 2);
        Tensor y = Tensor.of(10L, 11L, 12L, 13L, 14L);
        DataLoader loader = new DataLoader(new TensorDataset(x, y), DataLoader.batchSize(3));
        assertEquals(2, loader.size());
        Iterator<Tensor[]> batches = loader.iterator();
        Tensor[] first = batches.next();
        assertArrayEquals(new long[] {3, 2}, first[0].shape().toArray());
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, first[0].toDoubleArray());
        assertArrayEquals(new double[] {10, 11, 12}, first[1].toDoubleArray());
        Tensor[] second = batches.next();
        assertArrayEquals(new double[] {6, 7, 8, 9}, second[0].toDoubleArray());
        assertArrayEquals(new long[] {2}, second[1].shape().toArray());
        assertFalse(batches.hasNext());
    }

    @Test
    void samplesOfAnyDataSetAreStacked() {
        DataLoader loader = loader(3, DataLoader.batchSize(2));
        Tensor[] first = loader.iterator().next();
        assertEquals(2, first.length);
        assertArrayEquals(new long[] {2, 1}, first[0].shape().toArray());
        assertArrayEquals(new double[] {0, 1}, first[0].toDoubleArray());
        assertArrayEquals(new double[] {0, 10}, first[1].toDoubleArray());
    }

    @Test
    void rowsOfATensorDataSetAreItsSamples() {
        TensorDataset data =
                new TensorDataset(Tensor.fromArray(new double[] {1, 2, 3, 4}).reshape(2, 2), Tensor.of(5L, 6L));
        assertEquals(2, data.size());
        assertArrayEquals(new double[] {3, 4}, data.get(1)[0].toDoubleArray());
        assertArrayEquals(new double[] {6}, data.get(1)[1].toDoubleArray());
        assertArrayEquals(new long[0], data.get(1)[1].shape().toArray());
    }

    @Test
    void sizesOfPassesAreCounted() {
        assertEquals(4, loader(10, DataLoader.batchSize(3)).size());
        assertEquals(3, loader(10, DataLoader.batchSize(3).dropLast(true)).size());
        assertEquals(2, loader(10, DataLoader.batchSize(5)).size());
        assertEquals(0, loader(0, DataLoader.batchSize(5)).size());
        assertFalse(loader(0, DataLoader.batchSize(5)).iterator().hasNext());
        assertEquals(List.of(), pass(loader(2, DataLoader.batchSize(5).dropLast(true))));
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertMessage("DataLoader: batch size must be at least 1, got 0.", () -> DataLoader.batchSize(0));
        assertMessage(
                "DataLoader: a shuffled data set must have at least one sample, got 0.",
                () -> loader(0, DataLoader.batchSize(1).shuffle(true)));
        assertMessage("TensorDataset: there must be at least one tensor, got 0.", TensorDataset::new);
        assertMessage(
                "TensorDataset: all tensors must have the same size along dimension 0 [first: int64[2], tensor 1:"
                        + " int64[3]].",
                () -> new TensorDataset(Tensor.of(1L, 2L), Tensor.of(1L, 2L, 3L)));
    }

    private static void assertMessage(String expected, Runnable call) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
