package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.DType;
import dev.lanewise.Index;
import dev.lanewise.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reading and writing at positions. */
final class IndexingCalls {
    private IndexingCalls() {}

    /** A method that writes slices: dimension, index, source. */
    private interface Slices {
        Tensor of(Tensor x, int dim, Tensor index, Tensor source);
    }

    static void fill() {
        items();
        elements();
        scatters();
        slices();
        masks();
        parts();
        changes();
    }

    private static void items() {
        add("Tensor.__getitem__", a -> a.tensor(0).index(parts(a, 1)));
        add("Tensor.__setitem__", a -> {
            Tensor x = a.tensor(0).clone();
            Object value = a.get(1, "value");
            return value instanceof Tensor tensor
                    ? x.indexPut_(tensor, parts(a, 2))
                    : x.indexPut_(number(value), parts(a, 2));
        });
        indexPut("Tensor.index_put", Tensor::indexPut);
        indexPut("torch.index_put", Tensor::indexPut);
        indexPut("Tensor.index_put_", (x, indices, values, sums) -> x.clone().indexPut_(indices, values, sums));
    }

    /** A method that writes at lists of positions. */
    private interface IndexPut {
        Tensor of(Tensor x, Tensor[] indices, Tensor values, boolean accumulate);
    }

    private static void indexPut(String op, IndexPut call) {
        add(op, a -> {
            a.only("indices", "values", "accumulate");
            List<?> items = (List<?>) a.get(1, "indices");
            Tensor[] indices = items.stream()
                    .map(item -> item == Arguments.NONE ? null : (Tensor) item)
                    .toArray(Tensor[]::new);
            return call.of(a.tensor(0), indices, tensor(a, 2, "values"), flag(a, 3, "accumulate", false));
        });
    }

    private static void elements() {
        add(
                "torch.gather",
                a -> a.only("dim", "index", "sparse_grad").tensor(0).gather(a.dim(1, "dim", 0), tensor(a, 2, "index")));
        for (String op : List.of("torch.take_along_dim", "Tensor.take_along_dim")) {
            add(op, a -> {
                a.only("indices", "dim");
                Tensor index = tensor(a, 1, "indices");
                return a.has(2, "dim") && a.get(2, "dim") != Arguments.NONE
                        ? a.tensor(0).takeAlongDim(index, a.dim(2, "dim", 0))
                        : a.tensor(0).takeAlongDim(index);
            });
        }
        add("torch.take", a -> a.only("index").tensor(0).take(tensor(a, 1, "index")));
        for (String op : List.of("Tensor.put", "torch.put")) {
            add(
                    op,
                    a -> a.only("index", "source", "accumulate")
                            .tensor(0)
                            .put(tensor(a, 1, "index"), tensor(a, 2, "source"), flag(a, 3, "accumulate", false)));
        }
        add(
                "Tensor.put_",
                a -> a.only("index", "source", "accumulate")
                        .tensor(0)
                        .clone()
                        .put_(tensor(a, 1, "index"), tensor(a, 2, "source"), flag(a, 3, "accumulate", false)));
    }

    private static void scatters() {
        for (String op : List.of("torch.scatter", "Tensor.scatter")) {
            add(op, a -> scatter(a, a.tensor(0), false));
        }
        add("Tensor.scatter_", a -> scatter(a, a.tensor(0).clone(), true));
        slices("torch.scatter_add", "src", Tensor::scatterAdd);
        slices("Tensor.scatter_add", "src", Tensor::scatterAdd);
        slices(
                "Tensor.scatter_add_",
                "src",
                (x, dim, index, source) -> x.clone().scatterAdd_(dim, index, source));
        for (String op : List.of("torch.scatter_reduce", "Tensor.scatter_reduce")) {
            add(
                    op,
                    a -> a.only("dim", "index", "src", "reduce", "include_self")
                            .tensor(0)
                            .scatterReduce(
                                    a.dim(1, "dim", 0),
                                    tensor(a, 2, "index"),
                                    tensor(a, 3, "src"),
                                    (String) a.get(4, "reduce"),
                                    flag(a, 5, "include_self", true)));
        }
        add(
                "Tensor.scatter_reduce_",
                a -> a.only("dim", "index", "src", "reduce", "include_self")
                        .tensor(0)
                        .clone()
                        .scatterReduce_(
                                a.dim(1, "dim", 0),
                                tensor(a, 2, "index"),
                                tensor(a, 3, "src"),
                                (String) a.get(4, "reduce"),
                                flag(a, 5, "include_self", true)));
    }

    private static Tensor scatter(Arguments a, Tensor x, boolean inPlace) {
        a.only("dim", "index", "src", "value", "reduce");
        int dim = a.dim(1, "dim", 0);
        Tensor index = tensor(a, 2, "index");
        Object source = a.get(3, a.named().containsKey("value") ? "value" : "src");
        if (a.has(4, "reduce")) {
            String reduce = (String) a.get(4, "reduce");
            if (source instanceof Tensor tensor) {
                return inPlace ? x.scatter_(dim, index, tensor, reduce) : x.scatter(dim, index, tensor, reduce);
            }
            return inPlace
                    ? x.scatter_(dim, index, number(source), reduce)
                    : x.scatter(dim, index, number(source), reduce);
        }
        if (source instanceof Tensor tensor) {
            return inPlace ? x.scatter_(dim, index, tensor) : x.scatter(dim, index, tensor);
        }
        return inPlace ? x.scatter_(dim, index, number(source)) : x.scatter(dim, index, number(source));
    }

    private static void slices() {
        add(
                "torch.index_select",
                a -> a.only("dim", "index").tensor(0).indexSelect(a.dim(1, "dim", 0), tensor(a, 2, "index")));
        for (String owner : List.of("torch.", "Tensor.")) {
            add(
                    owner + "index_add",
                    a -> a.only("dim", "index", "source", "alpha")
                            .tensor(0)
                            .indexAdd(a.dim(1, "dim", 0), tensor(a, 2, "index"), tensor(a, 3, "source"), alpha(a)));
            slices(owner + "index_copy", "source", Tensor::indexCopy);
            add(owner + "index_fill", a -> indexFill(a, a.tensor(0), false));
            add(
                    owner + "index_reduce",
                    a -> a.only("dim", "index", "source", "reduce", "include_self")
                            .tensor(0)
                            .indexReduce(
                                    a.dim(1, "dim", 0),
                                    tensor(a, 2, "index"),
                                    tensor(a, 3, "source"),
                                    (String) a.get(4, "reduce"),
                                    flag(a, 5, "include_self", true)));
        }
    }

    private static void slices(String op, String source, Slices call) {
        add(op, a -> {
            a.only("dim", "index", source);
            return call.of(a.tensor(0), a.dim(1, "dim", 0), tensor(a, 2, "index"), tensor(a, 3, source));
        });
    }

    private static Tensor indexFill(Arguments a, Tensor x, boolean inPlace) {
        a.only("dim", "index", "value");
        int dim = a.dim(1, "dim", 0);
        Tensor index = tensor(a, 2, "index");
        Object value = a.get(3, "value");
        if (value instanceof Tensor tensor) {
            return inPlace ? x.indexFill_(dim, index, tensor) : x.indexFill(dim, index, tensor);
        }
        return inPlace ? x.indexFill_(dim, index, number(value)) : x.indexFill(dim, index, number(value));
    }

    private static Number alpha(Arguments a) {
        return a.has(4, "alpha") ? a.number(4, "alpha") : 1;
    }

    private static void masks() {
        add("torch.masked_select", a -> a.only("mask").tensor(0).maskedSelect(tensor(a, 1, "mask")));
        for (String op : List.of("Tensor.masked_scatter", "torch.masked_scatter")) {
            add(
                    op,
                    a -> a.only("mask", "source")
                            .tensor(0)
                            .maskedScatter(tensor(a, 1, "mask"), tensor(a, 2, "source")));
        }
        add(
                "Tensor.masked_scatter_",
                a -> a.only("mask", "source")
                        .tensor(0)
                        .clone()
                        .maskedScatter_(tensor(a, 1, "mask"), tensor(a, 2, "source")));
        for (String op : List.of("torch.nonzero", "Tensor.nonzero")) {
            add(
                    op,
                    a -> flag(a.only("as_tuple"), 1, "as_tuple", false)
                            ? a.tensor(0).nonzeroTuple()
                            : a.tensor(0).nonzero());
        }
        one("torch.argwhere", Tensor::argwhere);
        triangle("torch.tril_indices", Tensor::trilIndices);
        triangle("torch.triu_indices", Tensor::triuIndices);
    }

    private static void one(String op, UnaryOperator<Tensor> call) {
        add(op, a -> call.apply(a.only().tensor(0)));
    }

    /** A function that makes the positions of a triangle. */
    private interface Triangle {
        Tensor of(DType dtype, long rows, long columns, long offset);
    }

    private static void triangle(String op, Triangle call) {
        add(
                op,
                a -> call.of(
                        a.only("row", "col", "offset", "dtype").dtype("dtype", DType.INT64),
                        a.number(0, "row").longValue(),
                        a.number(1, "col").longValue(),
                        a.dim(2, "offset", 0)));
    }

    private static void parts() {
        add(
                "torch.select",
                a -> a.only("dim", "index")
                        .tensor(0)
                        .select(a.dim(1, "dim", 0), a.number(2, "index").longValue()));
        add(
                "torch.select_scatter",
                a -> a.only("src", "dim", "index")
                        .tensor(0)
                        .selectScatter(
                                tensor(a, 1, "src"),
                                a.dim(2, "dim", 0),
                                a.number(3, "index").longValue()));
        add(
                "torch.slice_scatter",
                a -> a.only("src", "dim", "start", "end", "step")
                        .tensor(0)
                        .sliceScatter(
                                tensor(a, 1, "src"),
                                a.dim(2, "dim", 0),
                                bound(a, 3, "start", 0),
                                bound(a, 4, "end", Index.OPEN),
                                bound(a, 5, "step", 1)));
        add(
                "torch.diagonal_scatter",
                a -> a.only("src", "offset", "dim1", "dim2")
                        .tensor(0)
                        .diagonalScatter(
                                tensor(a, 1, "src"), a.dim(2, "offset", 0), a.dim(3, "dim1", 0), a.dim(4, "dim2", 1)));
    }

    private static long bound(Arguments a, int place, String name, long otherwise) {
        boolean given = a.has(place, name) && a.get(place, name) != Arguments.NONE;
        return given ? a.number(place, name).longValue() : otherwise;
    }

    private static void changes() {
        add(
                "Tensor.index_add_",
                a -> a.only("dim", "index", "source", "alpha")
                        .tensor(0)
                        .clone()
                        .indexAdd_(a.dim(1, "dim", 0), tensor(a, 2, "index"), tensor(a, 3, "source"), alpha(a)));
        slices(
                "Tensor.index_copy_",
                "source",
                (x, dim, index, rows) -> x.clone().indexCopy_(dim, index, rows));
        add("Tensor.index_fill_", a -> indexFill(a, a.tensor(0).clone(), true));
    }

    /** A tensor by place or name. */
    static Tensor tensor(Arguments a, int place, String name) {
        return (Tensor) a.get(place, name);
    }

    /** A truth by place or name. */
    static boolean flag(Arguments a, int place, String name, boolean otherwise) {
        return a.has(place, name) ? Boolean.TRUE.equals(a.get(place, name)) : otherwise;
    }

    /** A Python number; truths are numbers. */
    private static Number number(Object value) {
        return value instanceof Boolean truth ? (Number) (truth ? 1 : 0) : (Number) value;
    }

    private static Index[] parts(Arguments a, int from) {
        return a.positional().subList(from, a.positional().size()).stream()
                .map(IndexingCalls::part)
                .toArray(Index[]::new);
    }

    private static Index part(Object part) {
        if (part instanceof Boolean truth) {
            return Index.of(Tensor.scalar(truth));
        }
        if (part instanceof Number number) {
            return Index.at(number.longValue());
        }
        if (part instanceof Tensor tensor) {
            return Index.of(tensor);
        }
        if (part instanceof Arguments.Slice slice) {
            long start = slice.start() == null ? 0 : slice.start();
            long stop = slice.stop() == null ? Index.OPEN : slice.stop();
            return Index.range(start, stop, slice.step() == null ? 1 : slice.step());
        }
        if (part instanceof List<?> list) {
            return Index.of(listed(list));
        }
        if (part == Arguments.NONE) {
            return Index.newAxis();
        }
        if (part == Arguments.ELLIPSIS) {
            return Index.ellipsis();
        }
        throw new Unsupported("an index of kind " + part.getClass().getSimpleName());
    }

    /** A list, perhaps of lists, as the tensor that indexing makes of it. */
    private static Tensor listed(List<?> list) {
        if (list.isEmpty()) {
            return Tensor.of(new long[0]);
        }
        Tensor[] items = list.stream()
                .map(item -> switch (item) {
                    case List<?> inner -> listed(inner);
                    case Tensor tensor -> tensor;
                    case Boolean truth -> Tensor.scalar(truth);
                    default -> Tensor.scalar((Number) item);
                })
                .toArray(Tensor[]::new);
        return Tensor.stack(0, items);
    }
}
