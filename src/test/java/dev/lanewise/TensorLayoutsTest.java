package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.autograd.GradCheck;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Views by strides, and changes of a tensor's own view: memory, histories, refusals. */
class TensorLayoutsTest {
    private static Tensor leaf(long... shape) {
        return Tensor.arange(DType.FLOAT64, 1, Shape.of(shape).numel() + 1)
                .reshape(shape)
                .requiresGrad_();
    }

    private static Tensor weights(long... shape) {
        return Tensor.arange(DType.FLOAT64, 2, 2 * Shape.of(shape).numel() + 2, 2)
                .reshape(shape);
    }

    private static void same(Tensor expected, Tensor got) {
        assertEquals(expected.shape(), got.shape());
        assertArrayEquals(expected.toDoubleArray(), got.toDoubleArray());
    }

    private static void refused(Class<? extends RuntimeException> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    // ------------------------------------------------------------------ in-place views

    @Test
    void shapesAndMemory() {
        Tensor x = Tensor.arange(6).reshape(2, 3).clone();
        Tensor whole = x.detach();
        assertSame(x, x.t_());
        assertEquals(Shape.of(3, 2), x.shape());
        assertArrayEquals(new long[] {1, 3}, x.stride());
        assertFalse(x.isContiguous());
        x.index("2, 0").fill_(20);
        assertEquals(20, whole.getLong(0, 2));
        assertEquals(Shape.of(3, 1, 2), x.unsqueeze_(-2).shape());
        assertEquals(Shape.of(2, 1, 3), x.transpose_(0, -1).shape());
        assertEquals(Shape.of(2, 1, 3), x.squeeze_(0).shape());
        assertEquals(Shape.of(2, 3), x.squeeze_().shape());
        assertTrue(x.isContiguous());
        assertEquals(Shape.of(3, 2), x.swapaxes_(0, 1).shape());
        assertEquals(Shape.of(2, 3), x.swapdims_(1, 0).shape());
        assertFalse(x.isView());
        assertEquals(Shape.of(), Tensor.scalar(1).t_().squeeze_().shape());
        assertEquals(Shape.of(0, 2), Tensor.zeros(2, 0).t_().shape());
    }

    @Test
    void historyOfAResult() {
        Tensor x = leaf(2, 3);
        Tensor y = x.mul(2).t_();
        assertEquals("<TBackward0>", y.gradFn().toString());
        y.mul(weights(3, 2)).sum().backward();
        same(weights(3, 2).t().mul(2), x.grad());
    }

    @Test
    void changesThroughAViewThatChangedItsView() {
        Tensor x = leaf(3, 2);
        Tensor y = x.mul(1);
        Tensor part = y.narrow(0, 0, 2).t_();
        part.mul_(weights(2, 2));
        y.sum().backward();
        Tensor expected = Tensor.ones(DType.FLOAT64, 3, 2);
        expected.narrow(0, 0, 2).copy_(weights(2, 2).t());
        same(expected, x.grad());
    }

    @Test
    void viewsOfATensorThatChangedItsView() {
        Tensor x = leaf(2, 3);
        Tensor y = x.mul(1);
        Tensor row = y.get(1);
        y.t_();
        row.mul_(5);
        y.mul(weights(3, 2)).sum().backward();
        Tensor expected = weights(3, 2).t().clone();
        expected.get(1).mul_(5);
        same(expected, x.grad());
    }

    @Test
    void anotherViewKeepsItsGradient() {
        Tensor x = leaf(2, 3);
        Tensor y = x.mul(1);
        Tensor row = y.get(1);
        y.unsqueeze_(0);
        row.mul(weights(3)).sum().backward();
        Tensor expected = Tensor.zeros(DType.FLOAT64, 2, 3);
        expected.get(1).copy_(weights(3));
        same(expected, x.grad());
    }

    @Test
    void secondDerivatives() {
        Function<Tensor[], Tensor> f = in -> {
            Tensor y = in[0].square();
            Tensor view = y.narrow(1, 1, 2);
            view.unsqueeze_(0).transpose_(0, 2);
            view.mul_(in[0].narrow(1, 0, 2).t().unsqueeze(2));
            y.t_();
            return y.mul(in[0].t());
        };
        Tensor x = leaf(2, 3).detach().div(3);
        assertTrue(
                GradCheck.firstOrder("views", GradCheck.Options.DEFAULT, f, x).passed());
        assertTrue(
                GradCheck.secondOrder("views", GradCheck.Options.DEFAULT, f, x).passed());
    }

    @Test
    void aSavedTensorIsNotReadInItsNewShape() {
        Tensor x = leaf(2, 3);
        Tensor y = x.mul(2);
        Tensor loss = y.square().sum();
        y.t_();
        refused(
                GradException.class,
                "backward: square saved input 0 float64[3, 2] at version 0, now at version 1 after t_. "
                        + "Use t, or clone before t_.",
                loss::backward);
    }

    @Test
    void withoutRecordingTheHistoryIsKept() {
        Tensor x = leaf(2, 3);
        Tensor y = x.mul(2);
        Tensor view = y.get(0);
        GradMode.noGrad(() -> {
            y.t_();
            view.unsqueeze_(0);
        });
        y.mul(weights(3, 2)).sum().add(view.sum()).backward();
        Tensor expected = weights(3, 2).t().mul(2);
        expected.get(0).add_(2);
        same(expected, x.grad());
    }

    @Test
    void leavesAreRefusedWhileRecording() {
        Tensor x = leaf(2, 3);
        String rest = "a leaf that requires grad cannot be changed in place [self: float64[2, 3]]. "
                + "Do it inside GradMode.noGrad(...), or use the form without underscore.";
        refused(GradException.class, "t_: " + rest, x::t_);
        refused(GradException.class, "unsqueeze_: " + rest, () -> x.view(2, 3).unsqueeze_(0));
        GradMode.noGrad(() -> x.t_());
        assertEquals(Shape.of(3, 2), x.shape());
        assertTrue(x.isLeaf());
        x.mul(weights(3, 2)).sum().backward();
        same(weights(3, 2), x.grad());
    }

    @Test
    void wrongDimensions() {
        refused(
                ShapeException.class,
                "t_: the tensor must have at most 2 dimensions, got 3 [self: float32[1, 2, 3]]. Use transpose "
                        + "or permute.",
                () -> Tensor.zeros(1, 2, 3).t_());
        Tensor x = Tensor.zeros(2, 3);
        refused(
                IndexException.class,
                "transpose: dim must be within the rank 2, expected -2 to 1, got 2.",
                () -> x.transpose_(0, 2));
        assertEquals(Shape.of(2, 3), x.shape());
        assertEquals(0, x.storage().version());
    }

    // ------------------------------------------------------------------ asStrided and unfold

    @Test
    void viewsByStrides() {
        Tensor x = Tensor.arange(12);
        Tensor view = x.asStrided(new long[] {3, 2}, new long[] {2, 3}, 1);
        assertArrayEquals(new long[] {1, 4, 3, 6, 5, 8}, view.toLongArray());
        view.fill_(-1);
        assertEquals(-1, x.getLong(8));
        Tensor tail = x.narrow(0, 6, 6);
        assertArrayEquals(
                new long[] {7, -1},
                tail.asStrided(new long[] {2}, new long[] {1}, 7).toLongArray());
        assertArrayEquals(
                new long[] {-1, 7},
                tail.asStrided(new long[] {2}, new long[] {1}).toLongArray());
        assertEquals(0, x.asStrided(new long[] {0, 5}, new long[] {100, 100}, 3).numel());
        assertArrayEquals(
                new long[] {0, 0},
                x.asStrided(new long[] {2}, new long[] {0}, 0).toLongArray());
    }

    @Test
    void stridedGradientsWhereElementsMeet() {
        Tensor x = leaf(2, 3).detach();
        List<Function<Tensor[], Tensor>> calls = List.of(
                in -> in[0].mul(1)
                        .asStrided(new long[] {4, 3}, new long[] {1, 1})
                        .square(),
                in -> in[0].mul(1)
                        .asStrided(new long[] {2, 2}, new long[] {0, 3})
                        .square(),
                in -> in[0].mul(1)
                        .narrow(1, 1, 1)
                        .asStrided(new long[] {1}, new long[] {1})
                        .square(),
                in -> in[0].mul(1)
                        .get(1)
                        .asStrided(new long[] {2}, new long[] {1}, 3)
                        .square(),
                in -> in[0].get(0)
                        .mul(1)
                        .expand(4, 3)
                        .asStrided(new long[] {3}, new long[] {1})
                        .square(),
                in -> in[0].unfold(1, 2, 1).square(),
                in -> in[0].flatten().unfold(0, 3, 2).unfold(0, 1, 1).square());
        for (int i = 0; i < calls.size(); i++) {
            GradCheck.Result first = GradCheck.firstOrder("call " + i, GradCheck.Options.DEFAULT, calls.get(i), x);
            GradCheck.Result second = GradCheck.secondOrder("call " + i, GradCheck.Options.DEFAULT, calls.get(i), x);
            assertTrue(first.passed(), first.message());
            assertTrue(second.passed(), second.message());
        }
    }

    @Test
    void windowsAreViews() {
        Tensor x = Tensor.arange(7);
        Tensor windows = x.unfold(0, 3, 2);
        assertArrayEquals(new long[] {0, 1, 2, 2, 3, 4, 4, 5, 6}, windows.toLongArray());
        x.fill_(9);
        assertEquals(9, windows.getLong(1, 1));
        assertEquals(Shape.of(1), Tensor.scalar(4).unfold(0, 1, 1).shape());
        refused(
                IllegalArgumentException.class,
                "fill_: self must not have elements that share memory [self: int64[3, 3]]. "
                        + "Call clone() on an expanded tensor first.",
                windows::zero_);
        refused(
                ShapeException.class,
                "unfold: windows must lie in dimension 0 of size 7, expected size 0 to 7 and step 1 or more, "
                        + "got size 8, step 1 [self: [7]].",
                () -> x.unfold(0, 8, 1));
    }

    @Test
    void stridesOutsideTheMemoryAreRefused() {
        Tensor x = Tensor.zeros(2, 3);
        refused(
                ShapeException.class,
                "asStrided: the elements must lie in the storage, expected at most 6 elements, got 7 [self: "
                        + "float32[2, 3]].",
                () -> x.asStrided(new long[] {7}, new long[] {1}));
        refused(
                IllegalArgumentException.class,
                "asStrided: there must be a stride, 0 or more, for every size, and no negative offset, "
                        + "got strides [-1] and offset 2 for sizes [3] [self: float32[2, 3]].",
                () -> x.asStrided(new long[] {3}, new long[] {-1}, 2));
        assertThrows(ShapeException.class, () -> x.asStrided(new long[] {-3}, new long[] {1}));
    }

    // ------------------------------------------------------------------ fillDiagonal_

    @Test
    void diagonalsAreFilled() {
        assertArrayEquals(
                new long[] {7, 0, 0, 7, 0, 0},
                Tensor.zeros(DType.INT64, 3, 2).fillDiagonal_(7).toLongArray());
        Tensor tall = Tensor.zeros(DType.INT64, 7, 2).fillDiagonal_(1, true);
        assertArrayEquals(new long[] {1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0}, tall.toLongArray());
        assertEquals(2, Tensor.zeros(2, 5).fillDiagonal_(1, true).sum().item());
        Tensor cube = Tensor.zeros(3, 3, 3).transpose(0, 2).fillDiagonal_(2);
        assertEquals(6, cube.sum().item());
        assertEquals(2, cube.getDouble(2, 2, 2));
        assertEquals(0, Tensor.zeros(0, 3).fillDiagonal_(1).numel());
        Tensor x = leaf(2, 2);
        x.mul(3).fillDiagonal_(1).sum().backward();
        assertArrayEquals(new double[] {0, 3, 3, 0}, x.grad().toDoubleArray());
    }

    @Test
    void diagonalsThatAreNoneAreRefused() {
        refused(
                ShapeException.class,
                "fillDiagonal_: all sizes must be equal where there are more than 2 dimensions [self: "
                        + "float32[2, 2, 3]].",
                () -> Tensor.zeros(2, 2, 3).fillDiagonal_(1));
        refused(
                ShapeException.class,
                "fillDiagonal_: the tensor must have at least 2 dimensions, got 1 [self: float32[3]].",
                () -> Tensor.zeros(3).fillDiagonal_(1));
        Tensor x = leaf(2, 2);
        assertThrows(GradException.class, () -> x.fillDiagonal_(1));
        assertEquals(1, x.getDouble(0, 0));
        assertNull(x.grad());
    }
}
