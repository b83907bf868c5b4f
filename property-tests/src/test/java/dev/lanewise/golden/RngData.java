package dev.lanewise.golden;

import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.RandomSampler;
import dev.lanewise.data.Sampler;
import dev.lanewise.data.Subset;
import dev.lanewise.data.SubsetRandomSampler;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.data.WeightedRandomSampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows for torch.utils.data, whose results are lists of sample numbers. */
final class RngData {
    /** The seed that the recording gave its own generator. */
    private static final long OWN_SEED = 7;

    private RngData() {}

    static void fill(PythonCalls table) {
        table.add(
                "range",
                a -> new TensorDataset(Tensor.arange(a.number(0, "stop").longValue())));
        table.add("loader", RngData::loader);
        table.add("random_split", RngData::split);
        table.add("RandomSampler", a -> {
            a.only("replacement", "num_samples", "generator");
            long samples = ((Dataset) a.get(0, "data_source")).size();
            Object count = a.has(2, "num_samples") ? a.get(2, "num_samples") : Arguments.NONE;
            return list(new RandomSampler(
                    samples,
                    RngCalls.flag(a, 1, "replacement", false),
                    count instanceof Number number ? number.longValue() : samples,
                    generator(a)));
        });
        table.add("SubsetRandomSampler", a -> list(new SubsetRandomSampler(generator(a), longs(a.get(0, "indices")))));
        table.add(
                "WeightedRandomSampler",
                a -> list(new WeightedRandomSampler(
                        doubles(a.get(0, "weights")),
                        a.number(1, "num_samples").longValue(),
                        RngCalls.flag(a, 2, "replacement", true),
                        generator(a))));
    }

    private static Generator generator(Arguments a) {
        return a.named().get("generator") instanceof Generator given ? given : null;
    }

    // The batches of each pass; generator=True stands for one of its own, seeded as noted.
    private static Object loader(Arguments a) {
        a.only("epochs", "drop_last", "generator", "shuffle");
        DataLoader.Options options = DataLoader.batchSize(a.number(1, "batch").longValue())
                .shuffle(RngCalls.flag(a, 5, "shuffle", true))
                .dropLast(RngCalls.flag(a, 3, "drop_last", false));
        if (a.flag("generator")) {
            options = options.generator(new Generator().manualSeed(OWN_SEED));
        }
        long samples = a.number(0, "n").longValue();
        DataLoader loader = new DataLoader(new TensorDataset(Tensor.arange(samples)), options);
        List<Object> passes = new ArrayList<>();
        for (int pass = 0; pass < a.dim(2, "epochs", 1); pass++) {
            List<Object> batches = new ArrayList<>();
            for (long[] batch : loader.batchIndices()) {
                batches.add(list(batch));
            }
            passes.add(batches);
        }
        return passes;
    }

    private static Object split(Arguments a) {
        Dataset all = (Dataset) a.get(0, "dataset");
        Generator generator = RngCalls.generator(a);
        List<?> lengths = (List<?>) a.get(1, "lengths");
        Subset[] parts = lengths.stream().anyMatch(Double.class::isInstance)
                ? Subset.randomSplit(generator, all, doubles(lengths))
                : Subset.randomSplit(generator, all, longs(lengths));
        return Arrays.stream(parts).map(part -> list(part.indices())).toList();
    }

    private static List<Object> list(Sampler sampler) {
        return list(sampler.toArray());
    }

    private static List<Object> list(long[] numbers) {
        return Arrays.stream(numbers).mapToObj(x -> (Object) x).toList();
    }

    private static long[] longs(Object items) {
        return ((List<?>) items)
                .stream().mapToLong(x -> ((Number) x).longValue()).toArray();
    }

    private static double[] doubles(Object items) {
        return ((List<?>) items)
                .stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray();
    }
}
