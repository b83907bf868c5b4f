package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What reading and writing at positions refuses, word for word, and that nothing is written before. */
class IndexingRefusalsTest {
    private final Tensor x = Tensor.arange(12).reshape(3, 4);

    private static Tensor list(long... positions) {
        return Tensor.of(positions);
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void positionsOutsideAreNamedByTheOpThatWasCalled() {
        Tensor bad = list(0, 3);
        Tensor along = list(0, 0, 0, 3).reshape(1, 4);
        String range = ": index out of range, expected an index in [0, 3) for dimension 0, got 3.";
        String around = ": positions must be inside the dimension, expected -3 to 2, got 3.";
        Tensor rows = Tensor.zeros(DType.INT64, 2, 4);
        Tensor row = Tensor.zeros(DType.INT64, 1, 4);
        refused(IndexException.class, "indexSelect" + range, () -> x.indexSelect(0, bad));
        refused(IndexException.class, "gather" + range, () -> x.gather(0, along));
        refused(IndexException.class, "scatter" + range, () -> x.scatter(0, along, row));
        refused(IndexException.class, "scatter_" + range, () -> x.scatter_(0, along, row));
        refused(IndexException.class, "scatterAdd" + range, () -> x.scatterAdd(0, along, row));
        refused(IndexException.class, "scatterReduce" + range, () -> x.scatterReduce(0, along, row, "amax"));
        refused(IndexException.class, "indexAdd" + range, () -> x.indexAdd(0, bad, rows));
        refused(IndexException.class, "indexCopy_" + range, () -> x.indexCopy_(0, bad, rows));
        refused(IndexException.class, "indexReduce" + range, () -> x.indexReduce(0, bad, rows, "prod", true));
        refused(IndexException.class, "indexFill" + around, () -> x.indexFill(0, bad, 1));
        refused(IndexException.class, "index" + around, () -> x.index(Index.at(0, 3)));
        refused(IndexException.class, "indexPut_" + around, () -> x.indexPut_(1, Index.at(0, 3)));
        refused(
                IndexException.class,
                "take: positions must be inside the dimension, expected -12 to 11, got 12.",
                () -> x.take(list(12)));
        refused(
                IndexException.class,
                "put: positions must be inside the dimension, expected -12 to 11, got -13.",
                () -> x.put(list(-13), list(0), false));
    }

    @Test
    void lists() {
        refused(
                IndexException.class,
                "index: the index tensors must broadcast, expected sizes that are equal or 1 in each dimension, counted"
                        + " from the last, got [[2], [3]]. Use reshape or unsqueeze to line the dimensions up.",
                () -> x.index(Index.at(0, 1), Index.at(0, 1, 2)));
        refused(
                IndexException.class,
                "index: index tensors must be int64 or bool, got int32 [index: int32[1]]. Convert positions with"
                        + " to(DType.INT64), a mask with ne(0).",
                () -> x.index(Index.of(list(1).to(DType.INT32))));
        refused(
                IndexException.class,
                "index: there must be at most one ellipsis, expected at most 2, got 0 [self: int64[3, 4]].",
                () -> x.index(Index.ellipsis(), Index.ellipsis()));
    }

    @Test
    void indexAndSourceOfElements() {
        refused(
                ShapeException.class,
                "gather: the index must not be larger than self but in dimension 0 [self: int64[3, 4], index: int64[1, 5]].",
                () -> x.gather(0, Tensor.zeros(DType.INT64, 1, 5)));
        refused(
                ShapeException.class,
                "scatter: the index must have the dimensions of the source and not be larger [index: int64[2, 4], source: "
                        + "int64[1, 4]].",
                () -> x.scatter(0, Tensor.zeros(DType.INT64, 2, 4), Tensor.zeros(DType.INT64, 1, 4)));
        refused(
                DTypeException.class,
                "scatterAdd: the source must have the dtype of self, expected int64, got float32 [self: int64[3, 4], "
                        + "source: float32[1, 4]]. Convert it with to(DType.INT64).",
                () -> x.scatterAdd(0, Tensor.zeros(DType.INT64, 1, 4), Tensor.zeros(1, 4)));
    }

    @Test
    void valuesAndSlices() {
        refused(
                DTypeException.class,
                "indexPut_: the source must have the dtype of self, expected int64, got float32 [self: int64[3, 4], "
                        + "source: float32[4]]. Convert it with to(DType.INT64).",
                () -> x.indexPut_(Tensor.zeros(4), Index.at(0, 1)));
        refused(
                ShapeException.class,
                "indexAdd: the source must have one slice for each position, expected [2, 4], got [3, 4] [self: "
                        + "int64[3, 4], index: int64[2]].",
                () -> x.indexAdd(0, list(0, 1), x));
        refused(
                ShapeException.class,
                "indexPut_: the value must broadcast to what is selected, expected [2, 4], got [3, 2, 4] [self: "
                        + "int64[3, 4]].",
                () -> x.indexPut_(Tensor.zeros(DType.INT64, 3, 2, 4), Index.at(0, 1)));
    }

    @Test
    void masksAndParts() {
        refused(
                ShapeException.class,
                "maskedScatter: the source must have an element for each place of the mask, expected at least 12, got 1 "
                        + "[source: int64[1]].",
                () -> x.maskedScatter(x.ge(0), list(1)));
        refused(
                DTypeException.class,
                "maskedSelect: the mask must be bool, got int64 [mask: int64[3, 4]]. Compare first, for example with ne(0).",
                () -> x.maskedSelect(x));
        refused(
                ShapeException.class,
                "selectScatter: the source must have the shape of the part it replaces, expected [4], got [3] [self: "
                        + "int64[3, 4]].",
                () -> x.selectScatter(list(1, 2, 3), 0, 1));
    }

    @Test
    void reductionsAndFactors() {
        refused(
                IllegalArgumentException.class,
                "scatterReduce: the reduction must be known, expected sum, prod, mean, amax or amin, got add.",
                () -> x.scatterReduce(0, Tensor.zeros(DType.INT64, 1, 4), x, "add"));
        refused(
                IllegalArgumentException.class,
                "scatter: the reduction must be known, expected add or multiply, got sum.",
                () -> x.scatter(0, Tensor.zeros(DType.INT64, 1, 4), x, "sum"));
        refused(
                IllegalArgumentException.class,
                "indexAdd: alpha must be a whole number for integers, got 0.5 [self: int64[3, 4]].",
                () -> x.indexAdd(0, list(0), Tensor.zeros(DType.INT64, 1, 4), 0.5));
    }

    @Test
    void nothingIsWrittenBeforeARefusal() {
        Tensor before = x.clone();
        int version = x.storage().version();
        Tensor along = list(0, 0, 0, 9).reshape(1, 4);
        Tensor row = Tensor.zeros(DType.INT64, 1, 4);
        List<Executable> calls = List.of(
                () -> x.scatter_(0, along, row),
                () -> x.scatterAdd_(0, along, row),
                () -> x.scatterReduce_(0, along, row, "prod", false),
                () -> x.indexAdd_(1, list(0, 9), Tensor.ones(DType.INT64, 3, 2)),
                () -> x.indexCopy_(1, list(0, 9), Tensor.ones(DType.INT64, 3, 2)),
                () -> x.indexFill_(1, list(0, 9), 7),
                () -> x.indexPut_(7, Index.at(0, 9)),
                () -> x.indexPut_(Tensor.ones(DType.INT64, 5), Index.of(x.ge(0))),
                () -> x.put_(list(0, 99), list(7, 7), false));
        for (Executable call : calls) {
            assertThrows(RuntimeException.class, call);
            assertArrayEquals(before.toLongArray(), x.toLongArray());
            assertEquals(version, x.storage().version());
        }
    }
}
