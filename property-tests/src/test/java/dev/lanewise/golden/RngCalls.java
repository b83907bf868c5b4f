package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Generator;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The rows for torch's own functions and for methods of tensors and generators. */
final class RngCalls {
    private RngCalls() {}

    static void fill(PythonCalls table) {
        make(table);
        draw(table);
        random(table);
        choose(table);
        change(table);
        adapt(table);
    }

    static Generator generator(Arguments a) {
        return a.named().get("generator") instanceof Generator given ? given : Generator.defaultGenerator();
    }

    static DType dtype(Arguments a, DType otherwise) {
        return a.named().get("dtype") instanceof DType given ? given : otherwise;
    }

    static double number(Arguments a, int place, String name, double otherwise) {
        return a.has(place, name) && a.get(place, name) instanceof Number given ? given.doubleValue() : otherwise;
    }

    static boolean flag(Arguments a, int place, String name, boolean otherwise) {
        return a.has(place, name) ? (Boolean) a.get(place, name) : otherwise;
    }

    /** A shape by name, as a list at a place, or as all numbers from the place on. */
    static long[] shape(Arguments a, int place) {
        return a.named().get("size") instanceof List<?> list
                ? list.stream().mapToLong(size -> ((Number) size).longValue()).toArray()
                : a.named().get("size") instanceof Number size ? new long[] {size.longValue()} : a.sizes(place);
    }

    private static void make(PythonCalls table) {
        table.add("torch.empty", a -> Tensor.empty(dtype(a, DType.FLOAT32), shape(a, 0)));
        table.add("torch.zeros", a -> Tensor.zeros(dtype(a, DType.FLOAT32), shape(a, 0)));
        table.add("torch.ones", a -> Tensor.ones(dtype(a, DType.FLOAT32), shape(a, 0)));
        table.add("torch.full", a -> {
            Number value = a.number(1, "fill_value");
            long[] shape = a.named().containsKey("size") ? shape(a, 0) : longs(a.get(0, "size"));
            return Tensor.full(dtype(a, value instanceof Double ? DType.FLOAT32 : DType.INT64), value, shape);
        });
        table.add("torch.arange", RngCalls::arange);
        table.add("torch.linspace", a -> {
            long steps = a.number(2, "steps").longValue();
            double from = a.number(0, "start").doubleValue();
            return Tensor.linspace(
                    dtype(a, DType.FLOAT32), from, a.number(1, "end").doubleValue(), steps);
        });
        table.add("torch.tensor", a -> tensor(a.get(0, "data"), dtype(a, null)));
        table.add("torch.cat", a -> Tensor.cat(a.dim(1, "dim", 0), a.tensors(0)));
        table.add("torch.stack", a -> Tensor.stack(a.dim(1, "dim", 0), a.tensors(0)));
        table.add("torch.Generator", a -> new Generator());
        table.add(
                "torch.manual_seed",
                a -> Lanewise.manualSeed(a.number(0, "seed").longValue()));
        table.add("torch.initial_seed", a -> Lanewise.initialSeed());
        table.add(
                "Generator.manual_seed",
                a -> ((Generator) a.get(0, "self"))
                        .manualSeed(a.number(1, "seed").longValue()));
        table.add("Generator.initial_seed", a -> ((Generator) a.get(0, "self")).initialSeed());
    }

    private static Tensor arange(Arguments a) {
        int count = a.positional().size();
        Number start = count > 1 ? a.number(0, "start") : (Number) a.named().getOrDefault("start", 0L);
        Number end = a.number(count > 1 ? 1 : 0, "end");
        Number step = a.has(2, "step") ? a.number(2, "step") : 1L;
        boolean whole = !(start instanceof Double) && !(end instanceof Double) && !(step instanceof Double);
        Tensor out = whole
                ? Tensor.arange(start.longValue(), end.longValue(), step.longValue())
                : Tensor.arange(start.doubleValue(), end.doubleValue(), step.doubleValue());
        return out.to(dtype(a, out.dtype()));
    }

    private static void draw(PythonCalls table) {
        table.add("torch.rand", a -> Tensor.rand(named(a, "size").generator(a), dtype(a, DType.FLOAT32), shape(a, 0)));
        table.add(
                "torch.randn", a -> Tensor.randn(named(a, "size").generator(a), dtype(a, DType.FLOAT32), shape(a, 0)));
        table.add(
                "torch.rand_like",
                a -> Tensor.randLike(
                        a.only("dtype").tensor(0), dtype(a, a.tensor(0).dtype())));
        table.add(
                "torch.randn_like",
                a -> Tensor.randnLike(
                        a.only("dtype").tensor(0), dtype(a, a.tensor(0).dtype())));
        table.add("torch.randint", RngCalls::randint);
        table.add("torch.randint_like", a -> {
            boolean both = a.positional().size() > 2 || a.named().containsKey("low");
            long low = both ? a.number(1, "low").longValue() : 0;
            long high = a.number(both ? 2 : 1, "high").longValue();
            return Tensor.randintLike(
                    a.tensor(0), low, high, dtype(a, a.tensor(0).dtype()), generator(a));
        });
        table.add(
                "torch.randperm",
                a -> Tensor.randperm(
                        a.only("n", "dtype", "generator").number(0, "n").longValue(),
                        dtype(a, DType.INT64),
                        generator(a)));
        table.add("torch.normal", RngCalls::normal);
    }

    /** Where the generator of checked arguments is taken from. */
    private interface Checked {
        Generator generator(Arguments a);
    }

    private static Checked named(Arguments a, String... more) {
        List<String> names = new ArrayList<>(List.of(more));
        names.addAll(List.of("dtype", "generator", "requires_grad", "device"));
        a.only(names.toArray(String[]::new));
        return RngCalls::generator;
    }

    private static Tensor randint(Arguments a) {
        boolean sized = a.named().containsKey("size");
        int bounds = sized ? a.positional().size() : a.positional().size() - 1;
        boolean both = bounds > 1 || a.named().containsKey("low");
        long low = both ? a.number(0, "low").longValue() : 0;
        long high = a.named().containsKey("high")
                ? a.number(Integer.MAX_VALUE, "high").longValue()
                : a.number(both ? 1 : 0, "high").longValue();
        long[] shape = sized ? shape(a, 0) : longs(a.positional().get(bounds));
        return Tensor.randint(named(a, "low", "high", "size").generator(a), dtype(a, DType.INT64), low, high, shape);
    }

    private static Tensor normal(Arguments a) {
        Generator generator = named(a, "mean", "std", "size").generator(a);
        Object mean = a.get(0, "mean");
        Object std = a.has(1, "std") ? a.get(1, "std") : (Object) 1.0;
        if (mean instanceof Tensor means) {
            return std instanceof Tensor stds
                    ? Tensor.normal(means, stds, generator)
                    : Tensor.normal(means, ((Number) std).doubleValue(), generator);
        }
        double center = ((Number) mean).doubleValue();
        return std instanceof Tensor stds
                ? Tensor.normal(center, stds, generator)
                : Tensor.normal(generator, dtype(a, DType.FLOAT32), center, ((Number) std).doubleValue(), shape(a, 2));
    }

    private static void random(PythonCalls table) {
        table.add("Tensor.random_", a -> {
            Tensor x = a.only("from", "to", "generator").tensor(0);
            boolean from = a.positional().size() > 2 || a.named().containsKey("from");
            if (from) {
                Object to = a.get(2, "to");
                long low = a.number(1, "from").longValue();
                return to == Arguments.NONE
                        ? x.random_(low, (Long) null, generator(a))
                        : x.random_(low, ((Number) to).longValue(), generator(a));
            }
            return a.has(1, "to") ? x.random_(0, a.number(1, "to").longValue(), generator(a)) : x.random_(generator(a));
        });
    }

    private static void choose(PythonCalls table) {
        table.add("torch.bernoulli", a -> bernoulli(a.tensor(0), a));
        table.add("Tensor.bernoulli", a -> bernoulli(a.tensor(0), a));
        table.add("torch.multinomial", RngCalls::multinomial);
        table.add("Tensor.multinomial", RngCalls::multinomial);
        table.add("torch.poisson", a -> a.tensor(0).poisson(generator(a.only("generator"))));
    }

    private static Tensor bernoulli(Tensor x, Arguments a) {
        a.only("p", "generator");
        return a.has(1, "p") ? x.bernoulli(a.number(1, "p").doubleValue(), generator(a)) : x.bernoulli(generator(a));
    }

    private static Tensor multinomial(Arguments a) {
        a.only("num_samples", "replacement", "generator");
        return a.tensor(0)
                .multinomial(a.number(1, "num_samples").longValue(), flag(a, 2, "replacement", false), generator(a));
    }

    private static void change(PythonCalls table) {
        table.add(
                "Tensor.uniform_",
                a -> a.only("from", "to", "generator")
                        .tensor(0)
                        .uniform_(number(a, 1, "from", 0), number(a, 2, "to", 1), generator(a)));
        table.add(
                "Tensor.normal_",
                a -> a.only("mean", "std", "generator")
                        .tensor(0)
                        .normal_(number(a, 1, "mean", 0), number(a, 2, "std", 1), generator(a)));
        table.add("Tensor.bernoulli_", a -> {
            Tensor x = a.only("p", "generator").tensor(0);
            return a.has(1, "p") && a.get(1, "p") instanceof Tensor p
                    ? x.bernoulli_(p, generator(a))
                    : x.bernoulli_(number(a, 1, "p", 0.5), generator(a));
        });
        table.add(
                "Tensor.exponential_",
                a -> a.only("lambd", "generator").tensor(0).exponential_(number(a, 1, "lambd", 1), generator(a)));
        table.add(
                "Tensor.geometric_",
                a -> a.only("p", "generator")
                        .tensor(0)
                        .geometric_(a.number(1, "p").doubleValue(), generator(a)));
        table.add(
                "Tensor.cauchy_",
                a -> a.only("median", "sigma", "generator")
                        .tensor(0)
                        .cauchy_(number(a, 1, "median", 0), number(a, 2, "sigma", 1), generator(a)));
        table.add(
                "Tensor.log_normal_",
                a -> a.only("mean", "std", "generator")
                        .tensor(0)
                        .logNormal_(number(a, 1, "mean", 1), number(a, 2, "std", 2), generator(a)));
    }

    private static void adapt(PythonCalls table) {
        table.add("Tensor.t", a -> a.tensor(0).t());
        table.add("Tensor.sum", a -> a.only().tensor(0).sum());
        table.add("Tensor.mean", a -> a.only().tensor(0).mean());
        table.add("Tensor.item", a -> a.only().tensor(0).item());
        table.add("Tensor.transpose", a -> a.tensor(0).transpose(a.dims(1, "dim0")[0], a.dims(2, "dim1")[0]));
        table.add("Tensor.permute", a -> {
            long[] order = a.sizes(1);
            int[] dims = new int[order.length];
            for (int i = 0; i < dims.length; i++) {
                dims[i] = (int) order[i];
            }
            return a.tensor(0).permute(dims);
        });
        table.add("Tensor.view", a -> a.tensor(0).view(a.sizes(1)));
        table.add("Tensor.reshape", a -> a.tensor(0).reshape(a.sizes(1)));
        table.add("Tensor.contiguous", a -> a.tensor(0).contiguous());
        table.add("Tensor.clone", a -> a.tensor(0).clone());
        table.add("Tensor.double", a -> a.tensor(0).to(DType.FLOAT64));
        table.add("Tensor.float", a -> a.tensor(0).to(DType.FLOAT32));
        table.add("Tensor.half", a -> a.tensor(0).to(DType.FLOAT16));
        table.add("Tensor.long", a -> a.tensor(0).to(DType.INT64));
        table.add("Tensor.to", a -> a.tensor(0).to((DType) a.get(1, "dtype")));
    }

    private static long[] longs(Object shape) {
        return shape instanceof List<?> list
                ? list.stream().mapToLong(size -> ((Number) size).longValue()).toArray()
                : new long[] {((Number) shape).longValue()};
    }

    /** A tensor of nested lists, with the dtype that Python's numbers get if none is given. */
    static Tensor tensor(Object data, DType dtype) {
        if (data instanceof Tensor tensor) {
            return tensor.to(dtype == null ? tensor.dtype() : dtype);
        }
        List<Long> shape = new ArrayList<>();
        for (Object level = data; level instanceof List<?> list; level = list.isEmpty() ? null : list.get(0)) {
            shape.add((long) list.size());
        }
        List<Object> flat = new ArrayList<>();
        flatten(data, flat);
        boolean floating = flat.isEmpty() || flat.stream().anyMatch(Double.class::isInstance);
        boolean truth = !flat.isEmpty() && flat.stream().allMatch(Boolean.class::isInstance);
        DType type = dtype != null ? dtype : floating ? DType.FLOAT32 : truth ? DType.BOOL : DType.INT64;
        Tensor values = floating
                ? Tensor.of(
                        type,
                        flat.stream()
                                .mapToDouble(x -> ((Number) x).doubleValue())
                                .toArray())
                : Tensor.of(
                        type, (Object) flat.stream().mapToLong(RngCalls::whole).toArray());
        return values.reshape(shape.stream().mapToLong(Long::longValue).toArray());
    }

    private static long whole(Object value) {
        return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).longValue();
    }

    private static void flatten(Object data, List<Object> into) {
        if (data instanceof List<?> list) {
            list.forEach(item -> flatten(item, into));
        } else {
            into.add(data);
        }
    }
}
