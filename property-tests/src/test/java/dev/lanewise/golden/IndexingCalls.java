package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.map;

import dev.lanewise.Index;
import dev.lanewise.Tensor;

/** Reading and writing at positions. */
final class IndexingCalls {
    private IndexingCalls() {}

    static void fill() {
        add("Tensor.__getitem__", a -> a.tensor(0).index(parts(a, 1)));
        add("Tensor.__setitem__", a -> {
            for (Object part : a.positional().subList(2, a.positional().size())) {
                if (part instanceof Tensor) {
                    throw new Unsupported("assignment to positions in a tensor");
                }
            }
            Tensor x = a.tensor(0).clone();
            Object value = a.get(1, "value");
            return value instanceof Number number
                    ? x.indexPut_(number, parts(a, 2))
                    : x.indexPut_(a.tensor(1), parts(a, 2));
        });
        add("torch.gather", a -> a.tensor(0).gather(a.dim(1, "dim", 0), a.tensor(2)));
        add("torch.index_select", a -> a.tensor(0).indexSelect(a.dim(1, "dim", 0), a.tensor(2)));
        add(
                "torch.select",
                a -> a.tensor(0).select(a.dim(1, "dim", 0), a.number(2, "index").longValue()));
    }

    private static Index[] parts(Arguments a, int from) {
        return a.positional().subList(from, a.positional().size()).stream()
                .map(IndexingCalls::part)
                .toArray(Index[]::new);
    }

    private static Index part(Object part) {
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
        if (part == Arguments.NONE) {
            return Index.newAxis();
        }
        if (part == Arguments.ELLIPSIS) {
            return Index.ellipsis();
        }
        throw new Unsupported("an index of kind " + part.getClass().getSimpleName());
    }
}
