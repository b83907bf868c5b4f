package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.autograd.Autograd;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.NnOps;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What wrong calls say, word for word: the op, what must hold, what was expected and got, the operands, what to do. */
class ErrorTextTest {
    private static final Pattern FORM =
            Pattern.compile("\\w+: [^.]*[^ .](\\.[^. ][^.]*)*( \\[.*])?\\.( [A-Z-][^\\n]*\\.)?", Pattern.DOTALL);

    private final Tensor x = Tensor.zeros(2, 3);
    private final Tensor y = Tensor.zeros(4, 5);

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        String got = assertThrows(type, call).getMessage();
        assertEquals(message, got);
        assertTrue(FORM.matcher(got).matches(), "not of the form `op: rule, expected, got [operands]. Hint.`: " + got);
    }

    @Test
    void shapesOfElementwiseOps() {
        refused(
                ShapeException.class,
                "add: shapes must broadcast, expected sizes that are equal or 1 in each dimension, counted from the"
                        + " last, got 2 and 4 in dimension -2 [a: [2, 3], b: [4, 5]]. Use reshape or unsqueeze to line the"
                        + " dimensions up.",
                () -> x.add(y));
        refused(
                ShapeException.class,
                "add_: result shape [2, 3] does not fit into self [3] [self: float32[3], other: float32[2, 3]]. "
                        + "Use add to get a new tensor.",
                () -> Tensor.zeros(3).add_(x));
        refused(
                ShapeException.class,
                "copy_: result shape [2, 3] does not fit into self [3] [self: float32[3], other: float32[2, 3]]. "
                        + "Only self decides the shape.",
                () -> Tensor.zeros(3).copy_(x));
        refused(
                IllegalArgumentException.class,
                "add_: self must not have elements that share memory [self: float32[2, 3]]. "
                        + "Call clone() on an expanded tensor first.",
                () -> Tensor.zeros(1, 3).expand(2, 3).add_(1));
    }

    @Test
    void products() {
        refused(
                ShapeException.class,
                "matmul: inner sizes must match, expected b.size(-2) = 3, got 4 [a: float32[2, 3], b: float32[4, 5]].",
                () -> x.matmul(y));
        refused(
                ShapeException.class,
                "matmul: both operands must have at least 1 dimension [a: float32[2, 3], b: float32[]]. "
                        + "Use mul for a 0-d tensor.",
                () -> x.matmul(Tensor.scalar(2.0)));
        refused(
                ShapeException.class,
                "mm: both operands must have 2 dimensions, got 2 and 1 [a: float32[2, 3], b: float32[3]]. "
                        + "Use matmul for other ranks.",
                () -> x.mm(Tensor.zeros(3)));
        refused(
                ShapeException.class,
                "bmm: batch sizes must match, expected b.size(0) = 2, got 3 [a: float32[2, 3, 4], b: float32[3, 4,"
                        + " 5]].",
                () -> Tensor.zeros(2, 3, 4).bmm(Tensor.zeros(3, 4, 5)));
        refused(
                DTypeException.class,
                "mm: both operands must have the same numeric dtype [a: float32[2, 3], b: float64[3, 2]]. "
                        + "Convert one with to(...).",
                () -> x.mm(Tensor.zeros(DType.FLOAT64, 3, 2)));
    }

    @Test
    void viewsAndReshapes() {
        refused(
                ShapeException.class,
                "view: sizes must hold all elements, expected 6 elements, got [4, 2] = 8 elements.",
                () -> x.view(4, 2));
        refused(
                ShapeException.class,
                "view: sizes must fit the memory layout, expected sizes that keep together what the strides [1, 3] "
                        + "separate, got [6] [self: [3, 2]]. Use reshape, which copies where it must.",
                () -> x.t().view(6));
        refused(
                ShapeException.class,
                "reshape: sizes must hold all elements, expected 6 elements, got [5] = 5 elements.",
                () -> x.reshape(5));
        refused(
                ShapeException.class,
                "expand: only dimensions of size 1 expand, expected 3 or -1 in dimension 1, got [2, 4] [self: [2, 3]].",
                () -> x.expand(2, 4));
        refused(
                IndexException.class,
                "squeeze: dim must be within the rank 2, expected -2 to 1, got 2.",
                () -> x.squeeze(2));
        refused(
                IndexException.class,
                "permute: dims must not repeat, expected each dim once, got [0, 0] for rank 2.",
                () -> x.permute(0, 0));
        refused(
                ShapeException.class,
                "t: the tensor must have at most 2 dimensions, got 3 [self: float32[2, 2, 2]]. Use transpose or"
                        + " permute.",
                () -> Tensor.zeros(2, 2, 2).t());
        refused(
                ShapeException.class,
                "sumToSize: the shape must be one that broadcasts to that of self, got [4] [self: float32[2, 3]].",
                () -> x.sumToSize(4));
    }

    @Test
    void positions() {
        refused(
                IndexException.class,
                "select: index must lie in dimension 0 of size 2, expected -2 to 1, got 2 [self: [2, 3]].",
                () -> x.get(2));
        refused(
                IndexException.class,
                "narrow: the range must lie inside dim 1, expected start and length within 3, got start 2, length 3 "
                        + "[self: float32[2, 3]].",
                () -> x.narrow(1, 2, 3));
        refused(
                IndexException.class,
                "index: too many parts, expected at most 2, got 3 [self: float32[2, 3]].",
                () -> x.index("0, 0, 0"));
        refused(
                IndexException.class,
                "index: positions must be inside the dimension, expected -2 to 1, got 7.",
                () -> x.index(Index.at(0, 7)));
        refused(
                IndexException.class,
                "index: the mask must have the sizes of the dimensions it selects from, expected 2 in dim 0, got 3 "
                        + "[mask: bool[3], self: float32[2, 3]].",
                () -> x.index(Tensor.of(true, false, true)));
        refused(
                ShapeException.class,
                "indexPut_: shapes must broadcast, expected sizes that are equal or 1 in each dimension, counted from"
                        + " the last, got 3 and 4 in dimension -1 [a: [3], b: [4]]. Use reshape or unsqueeze to line the"
                        + " dimensions up.",
                () -> x.indexPut_(Tensor.zeros(4), Index.at(0)));
        refused(
                IndexException.class,
                "gather: index out of range, expected an index in [0, 2) for dimension 0, got 5.",
                () -> x.gather(0, Tensor.of((Object) new long[][] {{5}})));
        refused(
                IndexException.class,
                "getDouble: position must be inside dim 1, expected -3 to 2, got 3 [self: float32[2, 3]].",
                () -> x.getDouble(0, 3));
    }

    @Test
    void joins() {
        refused(
                ShapeException.class,
                "cat: sizes must match except in dim 0, expected the other sizes of [2, 3], got [4, 5] for tensor 1 "
                        + "[first: float32[2, 3], tensor 1: float32[4, 5]].",
                () -> Tensor.cat(0, x, y));
        refused(
                ShapeException.class,
                "stack: all tensors must have the same shape, expected [2, 3], got [4, 5] for tensor 1. "
                        + "Use cat to join tensors of different sizes.",
                () -> Tensor.stack(0, x, y));
        refused(IllegalArgumentException.class, "cat: there must be at least one tensor.", () -> Tensor.cat(0));
    }

    @Test
    void dtypes() {
        Tensor ints = Tensor.of(1, 2);
        refused(
                DTypeException.class,
                "requiresGrad_: only floating-point tensors have gradients [self: int64[2]]. "
                        + "Convert with to(DType.FLOAT32) first.",
                ints::requiresGrad_);
        refused(
                DTypeException.class,
                "softmax: the dtype must be floating point [self: int64[2]]. Convert with to(DType.FLOAT32) first.",
                () -> ints.softmax(0));
        refused(
                DTypeException.class,
                "where: the condition must be bool, got int64 [condition: int64[2]]. "
                        + "Compare first, for example with ne(0).",
                () -> Tensor.where(ints, ints, ints));
        refused(
                DTypeException.class,
                "add_: the result must fit the dtype of self, expected at most int64, got float32 [self: int64[2]]. "
                        + "Convert self with to(DType.FLOAT32), or use the form without underscore.",
                () -> ints.add_(0.5));
        refused(
                IllegalArgumentException.class,
                "pow: integers to negative integer powers are not allowed, got -1 [self: int64[2]]. "
                        + "Convert with to(DType.FLOAT32) first.",
                () -> ints.pow(-1));
        refused(
                IllegalArgumentException.class,
                "pow_: integers to negative integer powers are not allowed, got -2 [self: int64[2]]. "
                        + "Convert with to(DType.FLOAT32) first.",
                () -> ints.pow_(-2));
        refused(
                DTypeException.class,
                "neg: must be called on numbers, expected a numeric dtype, got bool. "
                        + "Convert with to(DType.UINT8) or use a logical operation.",
                () -> Tensor.of(true, false).neg());
        refused(
                DTypeException.class,
                "add: alpha must be a whole number for integer tensors, got 0.5 [self: int64[2], other: int64[2]].",
                () -> ints.add(ints, 0.5));
    }

    @Test
    void gradients() {
        refused(
                GradException.class,
                "add_: a leaf that requires grad cannot be changed in place [self: float32[2]]. "
                        + "Do it inside GradMode.noGrad(...), or use the form without underscore.",
                () -> leaf().add_(1));
        refused(
                GradException.class,
                "backward: sum has freed what it saved. Pass retainGraph the first time to go backward twice.",
                () -> {
                    Tensor loss = leaf().square().sum();
                    loss.backward();
                    loss.backward();
                });
        refused(
                GradException.class,
                "backward: a gradient is made up only for an output of one element, got 2 elements [output:"
                        + " float32[2]]. Reduce it first, for example with sum(), or pass the gradient of the output.",
                () -> leaf().mul(2).backward());
        refused(
                GradException.class,
                "backward: the tensor must require grad or come from one that does [tensor: float32[]]. "
                        + "Call requiresGrad_() on a leaf before the computation, outside noGrad.",
                () -> x.sum().backward());
        refused(
                ShapeException.class,
                "backward: the gradient must have the shape of the output, expected [2], got [3] "
                        + "[gradient: float32[3], output: float32[2]].",
                () -> leaf().mul(2).backward(Tensor.ones(3)));
        refused(
                GradException.class,
                "backward: mul saved input 0 float32[2] at version 0, now at version 1 after relu_. "
                        + "Use relu, or clone before relu_.",
                () -> {
                    Tensor middle = leaf().mul(1);
                    Tensor product = middle.mul(middle);
                    middle.relu_();
                    product.sum().backward();
                });
        refused(
                GradException.class,
                "backward: exp saved its result float32[2] at version 0, now at version 1 after fill_. Clone before"
                        + " fill_.",
                () -> {
                    Tensor result = leaf().exp();
                    result.detach().fill_(1);
                    result.sum().backward();
                });
        refused(
                GradException.class,
                "grad: every input must have been used to compute the outputs, got no path to input 0 "
                        + "[input: float32[2]]. Allow it with withAllowUnused(true); its gradient is then null.",
                () -> Autograd.grad(leaf().sum(), leaf()));
    }

    private static Tensor leaf() {
        return Tensor.of(1.0, 2.0).requiresGrad_();
    }

    @Test
    void reductionsAndLosses() {
        refused(
                ShapeException.class,
                "item: the tensor must have one element, got 6 [self: float32[2, 3]]. "
                        + "Use toFloatArray() and its like for more.",
                x::item);
        refused(IndexException.class, "sum: dim must be within the rank 2, expected -2 to 1, got 5.", () -> x.sum(5));
        refused(
                IndexException.class,
                "argmax: there must be an element to choose [self: float32[0]]. Name a dimension whose size is not 0.",
                () -> Tensor.zeros(0).argmax());
        refused(
                DTypeException.class,
                "mean: the dtype must be floating point, got int64 [self: int64[2]]. "
                        + "Convert with to(DType.FLOAT32) first.",
                () -> Tensor.of(1, 2).mean());
        refused(
                ShapeException.class,
                "nllLoss: there must be one class per row of log-probabilities "
                        + "[input: float32[2, 3], target: int64[3]]. The input is [N, C], the target [N].",
                () -> nll(Tensor.of(0, 1, 2)));
        refused(
                DTypeException.class,
                "nllLoss: the target must be int64 [target: float32[2]]. Convert it with to(DType.INT64).",
                () -> nll(Tensor.of(0.0, 1.0)));
    }

    private void nll(Tensor target) {
        Dispatch.apply(NnOps.NLL_LOSS, new NnOps.Targets(target, NnOps.Reduction.MEAN), x);
    }

    @Test
    void valuesAndMemory() {
        refused(
                ShapeException.class,
                "of: all rows must have the same length, expected 2, got 1 at [1].",
                () -> Tensor.of((Object) new double[][] {{1, 2}, {3}}));
        refused(
                IllegalArgumentException.class,
                "of: the values must be numbers or booleans, or nested arrays of them, got String.",
                () -> Tensor.of("1, 2"));
        refused(
                IllegalArgumentException.class,
                "wrap: the segment must hold all elements, expected 3 elements of 4 bytes, got 8 bytes "
                        + "[result: float32[3]].",
                () -> Tensor.wrap(Arena.ofAuto().allocate(8), DType.FLOAT32, 3));
        refused(
                IllegalArgumentException.class,
                "wrap: memory must be off-heap, got a heap segment [dtype: float32]. Copy it into a new tensor.",
                () -> Tensor.wrap(MemorySegment.ofArray(new float[3]), DType.FLOAT32, 3));
        refused(
                IllegalArgumentException.class,
                "segment: the tensor must be contiguous [self: float32[3, 2]]. "
                        + "Use contiguous().segment(), which is a copy.",
                () -> x.t().segment());
        refused(
                ClosedException.class,
                "storage: memory must not be used after it was freed, got one freed when scope \"step\" closed "
                        + "[storage: float32[300]]. Keep what must outlive a scope with scope.keep(tensor). "
                        + "-Dlanewise.scopes=trace tells where it was created.",
                () -> madeInScope().add(1));
        refused(
                ClosedException.class,
                "storage: memory must not be used after it was freed, got one that was closed [storage: float32[3]]. "
                        + "-Dlanewise.scopes=trace tells where it was created.",
                () -> {
                    Tensor closed = Tensor.zeros(3);
                    closed.close();
                    closed.add(1);
                });
    }

    private static Tensor madeInScope() {
        try (var scope = Scope.open("step")) {
            return Tensor.zeros(300);
        }
    }
}
