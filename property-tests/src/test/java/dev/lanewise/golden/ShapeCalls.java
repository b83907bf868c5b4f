package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.PadMode;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Views, joins and rearrangements. */
final class ShapeCalls {
    private ShapeCalls() {}

    static void fill() {
        views();
        dimensions();
        copies();
        triangles();
        joins();
        splits();
        grids();
        patches();
        changes();
    }

    private static void views() {
        both("view", a -> a.tensor(0).view(longs(a, 1, "size")));
        both("view_as", a -> a.tensor(0).viewAs((Tensor) a.get(1, "other")));
        both("reshape", a -> a.tensor(0).reshape(longs(a, 1, "shape")));
        both("reshape_as", a -> a.tensor(0).reshapeAs((Tensor) a.get(1, "other")));
        both("flatten", a -> a.tensor(0).flatten(a.dim(1, "start_dim", 0), a.dim(2, "end_dim", -1)));
        both("unflatten", a -> a.tensor(0).unflatten(a.dim(1, "dim", 0), longs(a, 2, "sizes")));
        both("ravel", a -> a.tensor(0).ravel());
        both("expand", a -> a.tensor(0).expand(longs(a, 1, "size")));
        both("expand_as", a -> a.tensor(0).expandAs((Tensor) a.get(1, "other")));
        both("broadcast_to", a -> a.tensor(0).broadcastTo(longs(a, 1, "size")));
        add("torch.broadcast_tensors", a -> Tensor.broadcastTensors(tensors(a)));
        add(
                "Tensor.unfold",
                a -> a.tensor(0).unfold(a.dim(1, "dimension", 0), whole(a, 2, "size", 0), whole(a, 3, "step", 1)));
        both(
                "as_strided",
                a -> a.has(3, "storage_offset") && a.get(3, "storage_offset") != Arguments.NONE
                        ? a.tensor(0)
                                .asStrided(longs(a, 1, "size"), longs(a, 2, "stride"), whole(a, 3, "storage_offset", 0))
                        : a.tensor(0).asStrided(longs(a, 1, "size"), longs(a, 2, "stride")));
        both("narrow", a -> a.tensor(0).narrow(a.dim(1, "dim", 0), place(a, 2, "start"), whole(a, 3, "length", 0)));
        both("diagonal", a -> a.tensor(0).diagonal(a.dim(1, "offset", 0), a.dim(2, "dim1", 0), a.dim(3, "dim2", 1)));
    }

    private static void dimensions() {
        both("permute", a -> a.tensor(0).permute(ints(longs(a, 1, "dims"))));
        for (String name : List.of("movedim", "moveaxis")) {
            both(name, a -> a.tensor(0).movedim(a.dims(1, "source"), a.dims(2, "destination")));
        }
        both("transpose", a -> a.tensor(0).transpose(a.dim(1, "dim0", 0), a.dim(2, "dim1", 0)));
        both("swapdims", a -> a.tensor(0).swapdims(a.dim(1, "dim0", 0), a.dim(2, "dim1", 0)));
        both("swapaxes", a -> a.tensor(0).swapaxes(a.dim(1, "axis0", 0), a.dim(2, "axis1", 0)));
        both("t", a -> a.tensor(0).t());
        both(
                "squeeze",
                a -> a.size() > 1
                        ? a.tensor(0).squeeze(a.dim(1, "dim", 0))
                        : a.tensor(0).squeeze());
        both("unsqueeze", a -> a.tensor(0).unsqueeze(a.dim(1, "dim", 0)));
        atleast("torch.atleast_1d", Tensor::atleast1d);
        atleast("torch.atleast_2d", Tensor::atleast2d);
        atleast("torch.atleast_3d", Tensor::atleast3d);
    }

    private static void atleast(String op, Function<Tensor, Tensor> f) {
        add(op, a -> {
            if (a.size() == 1 && a.get(0, "input") instanceof Tensor one) {
                return f.apply(one);
            }
            return List.of(tensors(a)).stream().map(f).toList();
        });
    }

    private static void copies() {
        both("flip", a -> a.tensor(0).flip(ints(longs(a, 1, "dims"))));
        both("fliplr", a -> a.tensor(0).fliplr());
        both("flipud", a -> a.tensor(0).flipud());
        both("rot90", a -> {
            int[] dims = a.has(2, "dims") ? a.dims(2, "dims") : new int[] {0, 1};
            return a.tensor(0).rot90(a.dim(1, "k", 1), dims[0], dims[1]);
        });
        both("roll", a -> {
            long[] shifts = number(a, 1, "shifts");
            boolean flat = !a.has(2, "dims") || a.get(2, "dims") instanceof List<?> list && list.isEmpty();
            return flat && shifts.length == 1
                    ? a.tensor(0).roll(shifts[0])
                    : a.tensor(0).roll(shifts, flat ? new int[0] : a.dims(2, "dims"));
        });
        both("repeat", a -> a.tensor(0).repeat(longs(a, 1, "repeats")));
        both("tile", a -> a.tensor(0).tile(longs(a, 1, "dims")));
        both("repeat_interleave", ShapeCalls::repeatInterleave);
    }

    private static Tensor repeatInterleave(Arguments a) {
        Object times = a.get(1, "repeats");
        boolean flat = !a.has(2, "dim") || a.get(2, "dim") == Arguments.NONE;
        if (times instanceof Tensor each) {
            return flat ? a.tensor(0).repeatInterleave(each) : a.tensor(0).repeatInterleave(each, a.dim(2, "dim", 0));
        }
        long all = ((Number) times).longValue();
        return flat ? a.tensor(0).repeatInterleave(all) : a.tensor(0).repeatInterleave(all, a.dim(2, "dim", 0));
    }

    private static void triangles() {
        both("tril", a -> a.tensor(0).tril(whole(a, 1, "diagonal", 0)));
        both("triu", a -> a.tensor(0).triu(whole(a, 1, "diagonal", 0)));
        both("diag", a -> a.tensor(0).diag(whole(a, 1, "diagonal", 0)));
        both(
                "diag_embed",
                a -> a.tensor(0).diagEmbed(whole(a, 1, "offset", 0), a.dim(2, "dim1", -2), a.dim(3, "dim2", -1)));
        both("trace", a -> a.tensor(0).trace());
    }

    private static void joins() {
        for (String name : List.of("cat", "concat", "concatenate")) {
            add("torch." + name, a -> Tensor.cat(a.dim(1, "dim", 0), tensors(a)));
        }
        add("torch.stack", a -> Tensor.stack(a.dim(1, "dim", 0), tensors(a)));
        add("torch.hstack", a -> Tensor.hstack(tensors(a)));
        for (String name : List.of("vstack", "row_stack")) {
            add("torch." + name, a -> Tensor.vstack(tensors(a)));
        }
        add("torch.dstack", a -> Tensor.dstack(tensors(a)));
        add("torch.column_stack", a -> Tensor.columnStack(tensors(a)));
        add("torch.block_diag", a -> Tensor.blockDiag(tensors(a)));
    }

    private static void splits() {
        for (String name : List.of("torch.split", "Tensor.split")) {
            add(name, a -> {
                String argument = name.startsWith("torch") ? "split_size_or_sections" : "split_size";
                int dim = a.dim(2, "dim", 0);
                return a.get(1, argument) instanceof Number length
                        ? a.tensor(0).split(length.longValue(), dim)
                        : a.tensor(0).split(number(a, 1, argument), dim);
            });
        }
        both("split_with_sizes", a -> a.tensor(0).split(number(a, 1, "split_sizes"), a.dim(2, "dim", 0)));
        both("chunk", a -> a.tensor(0).chunk(a.dim(1, "chunks", 0), a.dim(2, "dim", 0)));
        both("unbind", a -> a.tensor(0).unbind(a.dim(1, "dim", 0)));
        both("tensor_split", a -> {
            Object parts = parts(a);
            int dim = a.dim(2, "dim", 0);
            if (parts instanceof Tensor tensor) {
                return a.tensor(0).tensorSplit(tensor, dim);
            }
            return parts instanceof Number sections
                    ? a.tensor(0).tensorSplit(sections.intValue(), dim)
                    : a.tensor(0).tensorSplit(numbers(parts), dim);
        });
        split("hsplit", Tensor::hsplit, Tensor::hsplit);
        split("vsplit", Tensor::vsplit, Tensor::vsplit);
        split("dsplit", Tensor::dsplit, Tensor::dsplit);
    }

    private static void split(
            String name,
            BiFunction<Tensor, Integer, List<Tensor>> sections,
            BiFunction<Tensor, long[], List<Tensor>> positions) {
        both(
                name,
                a -> parts(a) instanceof Number count
                        ? sections.apply(a.tensor(0), count.intValue())
                        : positions.apply(a.tensor(0), numbers(parts(a))));
    }

    private static Object parts(Arguments a) {
        for (String name : List.of("sections", "indices", "indices_or_sections")) {
            if (a.named().containsKey(name)) {
                return a.named().get(name);
            }
        }
        return a.get(1, "sections");
    }

    private static void grids() {
        add(
                "torch.meshgrid",
                a -> a.named().containsKey("indexing")
                        ? Tensor.meshgrid((String) a.named().get("indexing"), tensors(a))
                        : Tensor.meshgrid(tensors(a)));
        add("torch.cartesian_prod", a -> Tensor.cartesianProd(tensors(a)));
        add(
                "torch.combinations",
                a -> a.tensor(0)
                        .combinations(
                                a.dim(1, "r", 2),
                                a.has(2, "with_replacement") && Boolean.TRUE.equals(a.get(2, "with_replacement"))));
        add("torch.vander", a -> {
            Tensor x = a.tensor(0);
            boolean own = !a.has(1, "N") || a.get(1, "N") == Arguments.NONE;
            boolean increasing = a.has(2, "increasing") && Boolean.TRUE.equals(a.get(2, "increasing"));
            return x.vander(own ? x.numel() : whole(a, 1, "N", 0), increasing);
        });
    }

    private static void patches() {
        add("F.pad", a -> {
            long[] pads = longs(a, 1, "pad");
            String name = a.has(2, "mode") ? (String) a.get(2, "mode") : "constant";
            PadMode mode = PadMode.valueOf(name.toUpperCase(Locale.ROOT));
            boolean filled = a.has(3, "value") && a.get(3, "value") != Arguments.NONE;
            return filled
                    ? Functional.pad(a.tensor(0), pads, mode, a.number(3, "value"))
                    : Functional.pad(a.tensor(0), pads, mode);
        });
        add(
                "F.unfold",
                a -> Functional.unfold(
                        a.tensor(0),
                        number(a, 1, "kernel_size"),
                        number(a, 2, "dilation", 1),
                        number(a, 3, "padding", 0),
                        number(a, 4, "stride", 1)));
        add(
                "F.fold",
                a -> Functional.fold(
                        a.tensor(0),
                        number(a, 1, "output_size"),
                        number(a, 2, "kernel_size"),
                        number(a, 3, "dilation", 1),
                        number(a, 4, "padding", 0),
                        number(a, 5, "stride", 1)));
        for (String room : List.of("F.", "torch.")) {
            add(room + "pixel_shuffle", a -> Functional.pixelShuffle(a.tensor(0), whole(a, 1, "upscale_factor", 1)));
            add(
                    room + "pixel_unshuffle",
                    a -> Functional.pixelUnshuffle(a.tensor(0), whole(a, 1, "downscale_factor", 1)));
            add(room + "channel_shuffle", a -> Functional.channelShuffle(a.tensor(0), whole(a, 1, "groups", 1)));
        }
    }

    /** Methods that change the view of their tensor, called on a clone. */
    private static void changes() {
        change("t_", (x, a) -> x.t_());
        change("transpose_", (x, a) -> x.transpose_(a.dim(1, "dim0", 0), a.dim(2, "dim1", 0)));
        change("swapaxes_", (x, a) -> x.swapaxes_(a.dim(1, "axis0", 0), a.dim(2, "axis1", 0)));
        change("swapdims_", (x, a) -> x.swapdims_(a.dim(1, "dim0", 0), a.dim(2, "dim1", 0)));
        change("squeeze_", (x, a) -> a.size() > 1 ? x.squeeze_(a.dim(1, "dim", 0)) : x.squeeze_());
        change("unsqueeze_", (x, a) -> x.unsqueeze_(a.dim(1, "dim", 0)));
        change("tril_", (x, a) -> x.tril_(whole(a, 1, "diagonal", 0)));
        change("triu_", (x, a) -> x.triu_(whole(a, 1, "diagonal", 0)));
        change("fill_diagonal_", (x, a) -> {
            boolean wrap = a.has(2, "wrap") && Boolean.TRUE.equals(a.get(2, "wrap"));
            return x.fillDiagonal_(a.number(1, "fill_value"), wrap);
        });
    }

    private static void change(String name, BiFunction<Tensor, Arguments, Tensor> f) {
        add("Tensor." + name, a -> f.apply(a.tensor(0).clone(), a));
    }

    // ------------------------------------------------------------------ arguments

    /** A function that is a method too. */
    private static void both(String name, Function<Arguments, Object> call) {
        add("torch." + name, call);
        add("Tensor." + name, call);
    }

    /** A whole number, or the value otherwise. */
    static long whole(Arguments a, int place, String name, long otherwise) {
        return a.has(place, name) ? a.number(place, name).longValue() : otherwise;
    }

    /** A whole number, or a 0-d tensor of one. */
    private static long place(Arguments a, int place, String name) {
        return a.get(place, name) instanceof Tensor tensor ? tensor.itemLong() : whole(a, place, name, 0);
    }

    /** Whole numbers given one by one from a place on, as a list there, or by name. */
    static long[] longs(Arguments a, int place, String name) {
        return a.named().containsKey(name) ? numbers(a.named().get(name)) : a.sizes(place);
    }

    /** A whole number or a list of them. */
    private static long[] number(Arguments a, int place, String name) {
        return numbers(a.get(place, name));
    }

    private static long[] number(Arguments a, int place, String name, long otherwise) {
        return a.has(place, name) ? numbers(a.get(place, name)) : new long[] {otherwise};
    }

    private static long[] numbers(Object given) {
        if (given instanceof Tensor tensor) {
            return tensor.to(DType.INT64).toLongArray();
        }
        List<?> items = given instanceof List<?> list ? list : List.of(given);
        return items.stream().mapToLong(item -> ((Number) item).longValue()).toArray();
    }

    private static int[] ints(long[] values) {
        int[] out = new int[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.toIntExact(values[i]);
        }
        return out;
    }

    /** Tensors given one by one or as a list. */
    private static Tensor[] tensors(Arguments a) {
        if (a.positional().isEmpty() || a.positional().get(0) instanceof List<?>) {
            List<?> list = (List<?>) a.get(0, "tensors");
            return list.toArray(Tensor[]::new);
        }
        return a.positional().stream()
                .filter(Tensor.class::isInstance)
                .map(Tensor.class::cast)
                .toArray(Tensor[]::new);
    }
}
