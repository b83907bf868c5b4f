package dev.lanewise.golden;

import dev.lanewise.Tensor;
import dev.lanewise.data.NumPyRandom;
import java.util.List;
import java.util.function.IntFunction;

/** The rows for NumPy's RandomState, whose arrays are tensors here. */
final class RngNumPy {
    private RngNumPy() {}

    static void fill(PythonCalls table) {
        table.add(
                "numpy.random.RandomState",
                a -> new NumPyRandom(a.number(0, "seed").longValue()));
        table.add("np.arange", a -> Tensor.arange(a.number(0, "stop").longValue()));
        table.add("arange", a -> Tensor.arange(a.number(0, "stop").longValue()));
        table.add("RandomState.rand", a -> array(a.sizes(1), random(a)::rand));
        table.add("RandomState.randn", a -> array(a.sizes(1), random(a)::randn));
        table.add("RandomState.random_sample", a -> array(size(a, 1), random(a)::randomSample));
        table.add("RandomState.standard_normal", a -> array(size(a, 1), random(a)::standardNormal));
        table.add("RandomState.uniform", a -> {
            double low = RngCalls.number(a, 1, "low", 0);
            double high = RngCalls.number(a, 2, "high", 1);
            return array(size(a, 3), n -> random(a).uniform(low, high, n));
        });
        table.add("RandomState.normal", a -> {
            double mean = RngCalls.number(a, 1, "loc", 0);
            double std = RngCalls.number(a, 2, "scale", 1);
            return array(size(a, 3), n -> random(a).normal(mean, std, n));
        });
        table.add("RandomState.exponential", a -> {
            double scale = RngCalls.number(a, 1, "scale", 1);
            return array(size(a, 2), n -> random(a).exponential(scale, n));
        });
        integers(table);
    }

    private static void integers(PythonCalls table) {
        table.add("RandomState.randint", a -> {
            boolean both = a.has(2, "high") && a.get(2, "high") != Arguments.NONE;
            long low = both ? a.number(1, "low").longValue() : 0;
            long high = a.number(both ? 2 : 1, both ? "high" : "low").longValue();
            return whole(size(a, 3), n -> random(a).randint(low, high, n));
        });
        table.add(
                "RandomState.permutation",
                a -> a.get(1, "x") instanceof Tensor values
                        ? Tensor.of(random(a).permutation(values.toLongArray()))
                        : Tensor.of(random(a).permutation(a.number(1, "x").intValue())));
        table.add("RandomState.shuffle", a -> {
            long[] values = a.tensor(1).toLongArray();
            random(a).shuffle(values);
            return Tensor.of(values);
        });
        table.add("RandomState.choice", a -> {
            a.only("a", "size", "replace", "p");
            boolean replace = RngCalls.flag(a, 3, "replace", true);
            if (a.has(4, "p")) {
                if (!replace) {
                    throw new Unsupported("weights without replacement");
                }
                double[] p = ((List<?>) a.get(4, "p"))
                        .stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray();
                return whole(size(a, 2), n -> random(a).choice(p, n));
            }
            return whole(size(a, 2), n -> random(a).choice(a.number(1, "a").intValue(), n, replace));
        });
    }

    private static NumPyRandom random(Arguments a) {
        return (NumPyRandom) a.get(0, "self");
    }

    private static long[] size(Arguments a, int place) {
        if (!a.has(place, "size") || a.get(place, "size") == Arguments.NONE) {
            return new long[0];
        }
        return a.get(place, "size") instanceof List<?> list
                ? list.stream().mapToLong(x -> ((Number) x).longValue()).toArray()
                : new long[] {a.number(place, "size").longValue()};
    }

    private static Tensor array(long[] shape, IntFunction<double[]> draw) {
        return Tensor.fromArray(draw.apply(count(shape))).reshape(shape);
    }

    private static Tensor whole(long[] shape, IntFunction<long[]> draw) {
        return Tensor.of(draw.apply(count(shape))).reshape(shape);
    }

    private static int count(long[] shape) {
        int count = 1;
        for (long size : shape) {
            count = Math.multiplyExact(count, Math.toIntExact(size));
        }
        return count;
    }
}
