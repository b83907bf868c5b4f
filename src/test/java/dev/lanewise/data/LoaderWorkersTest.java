package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Generator;
import dev.lanewise.IndexException;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches made ahead by worker threads, streams, and what else decides the batches. */
class LoaderWorkersTest {
    /** Sample i holds i; the earlier of two neighbours takes longer. */
    private record Uneven(long size) implements Dataset {
        @Override
        public Tensor[] get(long index) {
            if (index % 2 == 0) {
                LockSupport.parkNanos(20_000);
            }
            return new Tensor[] {Tensor.scalar(index)};
        }
    }

    private static List<List<Long>> all(Iterable<Tensor[]> batches) {
        List<List<Long>> out = new ArrayList<>();
        for (Tensor[] batch : batches) {
            out.add(Arrays.stream(batch[0].toLongArray()).boxed().toList());
        }
        return out;
    }

    private static IterableDataset counting(long samples) {
        return () -> LongStream.range(0, samples)
                .mapToObj(i -> new Tensor[] {Tensor.scalar(i)})
                .iterator();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void theOrderIsTheSameWhateverTheNumberOfWorkers(int workers) {
        DataLoader.Options options = DataLoader.batchSize(4).shuffle(true);
        Dataset data = new Uneven(103);
        Generator.defaultGenerator().manualSeed(5);
        List<List<Long>> expected = all(new DataLoader(data, options));
        List<List<Long>> second = all(new DataLoader(data, options));
        assertEquals(26, expected.size());
        Generator.defaultGenerator().manualSeed(5);
        DataLoader threaded = new DataLoader(data, options.numWorkers(workers).prefetchFactor(3));
        assertEquals(expected, all(threaded));
        assertEquals(second, all(threaded));
    }

    @Test
    void aWorkerThatDrawsDrawsTheSameInEveryRun() {
        Dataset noisy = new Dataset() {
            @Override
            public long size() {
                return 20;
            }

            @Override
            public Tensor[] get(long index) {
                WorkerInfo worker = WorkerInfo.current();
                return new Tensor[] {Tensor.scalar(worker.generator().randomInt64())};
            }
        };
        DataLoader loader = new DataLoader(noisy, DataLoader.batchSize(3).numWorkers(3));
        Generator.defaultGenerator().manualSeed(1);
        List<List<Long>> first = all(loader);
        Generator.defaultGenerator().manualSeed(1);
        assertEquals(first, all(loader));
        assertEquals(7, first.size());
        Generator.defaultGenerator().manualSeed(1);
        long seed = Generator.defaultGenerator().randomInt64();
        assertEquals(first.get(1).get(0), new Generator().manualSeed(seed + 1).randomInt64());
        assertNull(WorkerInfo.current());
    }

    @Test
    void aFailureOfTheDataSetArrivesInItsPlace() {
        IllegalArgumentException broken = new IllegalArgumentException("sample 9 is broken");
        Dataset data = new Dataset() {
            @Override
            public long size() {
                return 20;
            }

            @Override
            public Tensor[] get(long index) {
                if (index == 9) {
                    throw broken;
                }
                return new Tensor[] {Tensor.scalar(index)};
            }
        };
        Iterator<Tensor[]> pass = new DataLoader(data, DataLoader.batchSize(4).numWorkers(2)).iterator();
        assertEquals(0, pass.next()[0].toLongArray()[0]);
        assertEquals(4, pass.next()[0].toLongArray()[0]);
        assertSame(broken, assertThrows(IllegalArgumentException.class, pass::next));
        assertEquals(12, pass.next()[0].toLongArray()[0]);
        assertEquals(16, pass.next()[0].toLongArray()[0]);
        assertFalse(pass.hasNext());
        assertEquals(
                "DataLoader: the pass is over.",
                assertThrows(NoSuchElementException.class, pass::next).getMessage());
    }

    @Test
    void aStreamIsCutIntoBatches() {
        assertEquals(
                List.of(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L), List.of(6L)),
                all(new DataLoader(counting(7), DataLoader.batchSize(3))));
        assertEquals(
                List.of(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L)),
                all(new DataLoader(counting(7), DataLoader.batchSize(3).dropLast(true))));
        assertEquals(List.of(), all(new DataLoader(counting(0), DataLoader.batchSize(3))));
    }

    @Test
    void everyWorkerGoesThroughTheStreamUnlessItTakesItsPart() {
        DataLoader twice = new DataLoader(counting(4), DataLoader.batchSize(3).numWorkers(2));
        List<List<Long>> whole = List.of(List.of(0L, 1L, 2L), List.of(0L, 1L, 2L), List.of(3L), List.of(3L));
        assertEquals(whole, all(twice));
        IterableDataset parts = () -> {
            WorkerInfo worker = WorkerInfo.current();
            return LongStream.range(0, 5)
                    .filter(i -> i % worker.numWorkers() == worker.id())
                    .mapToObj(i -> new Tensor[] {Tensor.scalar(i)})
                    .iterator();
        };
        assertEquals(
                List.of(List.of(0L, 2L), List.of(1L, 3L), List.of(4L)),
                all(new DataLoader(parts, DataLoader.batchSize(2).numWorkers(2))));
    }

    @Test
    void batchSamplersAndCollateDecideTheBatches() {
        BatchSampler sampler = BatchSampler.of(new SequentialSampler(5), 2, false);
        assertEquals(3, sampler.size());
        DataLoader pairs = new DataLoader(new Uneven(5), DataLoader.batchSampler(sampler));
        assertEquals(3, pairs.size());
        assertEquals(List.of(List.of(0L, 1L), List.of(2L, 3L), List.of(4L)), all(pairs));
        Collate sums = samples -> {
            Tensor sum = samples.get(0)[0];
            for (Tensor[] more : samples.subList(1, samples.size())) {
                sum = sum.add(more[0]);
            }
            return new Tensor[] {sum};
        };
        assertEquals(
                List.of(List.of(3L), List.of(7L)),
                all(new DataLoader(new Uneven(5), DataLoader.batchSize(3).collate(sums))));
        assertEquals(
                List.of(List.of(3L), List.of(7L)),
                all(new DataLoader(
                        new Uneven(5), DataLoader.batchSize(3).collate(sums).numWorkers(2))));
    }

    @Test
    void dataSetsOneAfterTheOther() {
        TensorDataset two = new TensorDataset(Tensor.of(10, 11));
        TensorDataset none = new TensorDataset(Tensor.zeros(DType.INT64, 0));
        TensorDataset one = new TensorDataset(Tensor.of(new long[] {12}));
        ConcatDataset joined = new ConcatDataset(none, two, none, one);
        assertEquals(3, joined.size());
        assertEquals(List.of(List.of(10L, 11L), List.of(12L)), all(new DataLoader(joined, DataLoader.batchSize(2))));
        assertEquals(4, joined.datasets().size());
        assertEquals(
                "ConcatDataset: number must be in [0, 3), got 3.",
                assertThrows(IndexException.class, () -> joined.get(3)).getMessage());
        assertEquals(
                "ConcatDataset: there must be at least one data set, got 0.",
                assertThrows(IllegalArgumentException.class, ConcatDataset::new).getMessage());
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        BatchSampler sampler = BatchSampler.of(new SequentialSampler(5), 2, false);
        assertRefused(
                "DataLoader: a loader with a batch sampler must not be shuffled, have a sampler or drop batches."
                        + " The batch sampler alone decides the batches.",
                () -> DataLoader.batchSampler(sampler).shuffle(true));
        assertRefused(
                "DataLoader: an iterable data set must not be shuffled or have a sampler."
                        + " Its iterator alone decides the order.",
                () -> new DataLoader(counting(3), DataLoader.batchSize(2).shuffle(true)));
        assertRefused(
                "DataLoader: there must be no fewer than 0 workers and 1 batch that each may be ahead,"
                        + " got -1 workers and 2 ahead.",
                () -> DataLoader.batchSize(2).numWorkers(-1));
        assertRefused(
                "BatchSampler: batch size must be at least 1, got 0.",
                () -> BatchSampler.of(new SequentialSampler(5), 0, false));
        DataLoader stream = new DataLoader(counting(3), DataLoader.batchSize(2));
        assertEquals(
                "DataLoader: an iterable data set has no size.",
                assertThrows(UnsupportedOperationException.class, stream::size).getMessage());
        assertTrue(stream.iterator().hasNext());
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
