package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.IndexingCalls.flag;
import static dev.lanewise.golden.IndexingCalls.tensor;

import dev.lanewise.Tensor;
import dev.lanewise.UniqueValues;
import dev.lanewise.ValuesIndices;
import java.util.ArrayList;
import java.util.List;

/** Sorting and searching. */
final class SortCalls {
    private SortCalls() {}

    static void fill() {
        for (String owner : List.of("torch.", "Tensor.")) {
            add(owner + "sort", a -> pair(sorted(a)));
            add(owner + "argsort", SortCalls::argsort);
            add(owner + "msort", a -> a.only().tensor(0).msort());
            add(
                    owner + "topk",
                    a -> pair(a.only("k", "dim", "largest", "sorted")
                            .tensor(0)
                            .topk(
                                    a.number(1, "k").longValue(),
                                    a.dim(2, "dim", -1),
                                    flag(a, 3, "largest", true),
                                    flag(a, 4, "sorted", true))));
            add(owner + "kthvalue", a -> {
                a.only("k", "dim", "keepdim");
                long k = a.number(1, "k").longValue();
                int dim = a.dim(2, "dim", -1);
                boolean keeps = flag(a, 3, "keepdim", false);
                return pair(
                        keeps
                                ? a.tensor(0).kthvalueKeepDim(k, dim)
                                : a.tensor(0).kthvalue(k, dim));
            });
            add(owner + "unique", SortCalls::unique);
            add(owner + "unique_consecutive", SortCalls::uniqueConsecutive);
        }
        search();
    }

    private static List<Tensor> pair(ValuesIndices both) {
        return List.of(both.values(), both.indices());
    }

    /** The overload with stable has it before dim. */
    private static ValuesIndices sorted(Arguments a) {
        a.only("dim", "descending", "stable");
        int shift = shift(a);
        return a.tensor(0).sort(a.dim(1 + shift, "dim", -1), flag(a, 2 + shift, "descending", false));
    }

    private static Tensor argsort(Arguments a) {
        a.only("dim", "descending", "stable");
        int shift = shift(a);
        return a.tensor(0).argsort(a.dim(1 + shift, "dim", -1), flag(a, 2 + shift, "descending", false));
    }

    private static int shift(Arguments a) {
        return a.positional().size() > 1 && a.positional().get(1) instanceof Boolean ? 1 : 0;
    }

    private static Object unique(Arguments a) {
        a.only("sorted", "return_inverse", "return_counts", "dim");
        boolean inOrder = flag(a, 1, "sorted", true);
        boolean inverse = flag(a, 2, "return_inverse", false);
        boolean counts = flag(a, 3, "return_counts", false);
        return outputs(
                hasDim(a, 4)
                        ? a.tensor(0).unique(inOrder, inverse, counts, a.dim(4, "dim", 0))
                        : a.tensor(0).unique(inOrder, inverse, counts));
    }

    private static Object uniqueConsecutive(Arguments a) {
        a.only("return_inverse", "return_counts", "dim");
        boolean inverse = flag(a, 1, "return_inverse", false);
        boolean counts = flag(a, 2, "return_counts", false);
        return outputs(
                hasDim(a, 3)
                        ? a.tensor(0).uniqueConsecutive(inverse, counts, a.dim(3, "dim", 0))
                        : a.tensor(0).uniqueConsecutive(inverse, counts));
    }

    private static boolean hasDim(Arguments a, int place) {
        return a.has(place, "dim") && a.get(place, "dim") != Arguments.NONE;
    }

    private static List<Tensor> outputs(UniqueValues result) {
        List<Tensor> outputs = new ArrayList<>(List.of(result.values()));
        if (result.inverse() != null) {
            outputs.add(result.inverse());
        }
        if (result.counts() != null) {
            outputs.add(result.counts());
        }
        return outputs;
    }

    private static void search() {
        add("torch.searchsorted", a -> {
            a.only("input", "self", "right", "out_int32", "side", "sorter");
            boolean right =
                    flag(a, 3, "right", false) || "right".equals(a.named().get("side"));
            Object sorter = a.named().getOrDefault("sorter", Arguments.NONE);
            Tensor sorted = a.tensor(0);
            Object values = a.get(1, a.named().containsKey("self") ? "self" : "input");
            return values instanceof Number number
                    ? Tensor.searchsorted(sorted, number, right)
                    : Tensor.searchsorted(
                            sorted,
                            (Tensor) values,
                            right,
                            sorter == Arguments.NONE ? null : (Tensor) sorter,
                            flag(a, 2, "out_int32", false));
        });
        add("torch.bucketize", a -> {
            a.only("boundaries", "out_int32", "right");
            Tensor x = a.get(0, "input") instanceof Number number ? Tensor.scalar(number) : a.tensor(0);
            return x.bucketize(tensor(a, 1, "boundaries"), flag(a, 3, "right", false), flag(a, 2, "out_int32", false));
        });
        add("torch.isin", a -> {
            a.only("elements", "element", "test_elements", "test_element", "assume_unique", "invert");
            boolean invert = flag(a, 3, "invert", false);
            Object elements = a.get(0, a.named().containsKey("element") ? "element" : "elements");
            Object set = a.get(1, a.named().containsKey("test_element") ? "test_element" : "test_elements");
            if (elements instanceof Number number) {
                return Tensor.isin(number, (Tensor) set, invert);
            }
            return set instanceof Number number
                    ? Tensor.isin((Tensor) elements, number, invert)
                    : Tensor.isin((Tensor) elements, (Tensor) set, invert);
        });
    }
}
