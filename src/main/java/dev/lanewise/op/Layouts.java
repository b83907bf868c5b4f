package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import java.util.Arrays;

/** The shape and memory layout of elementwise results. */
final class Layouts {
    private Layouts() {}

    /** The layout of a result of one input: the input's own if it is dense, else its memory order. */
    static View common(String op, Tensor x) {
        return x.isContiguous() ? plain(x) : of(op, x);
    }

    /** The layout of a result of two inputs; two contiguous ones of one shape share theirs with it. */
    static View common(String op, Tensor a, Tensor b) {
        if (a.isContiguous() && b.isContiguous()) {
            if (a.view().shape() == b.view().shape() || b.dim() == 0) {
                return plain(a);
            }
            if (Arrays.equals(a.sizes(), b.sizes()) || a.dim() == 0) {
                return plain(b);
            }
        }
        return of(op, a, b);
    }

    /** The layout of a result of three inputs. */
    static View common(String op, Tensor a, Tensor b, Tensor c) {
        return of(op, a, b, c);
    }

    private static View plain(Tensor x) {
        View view = x.view();
        return view.offset() == 0 ? view : new View(view.shape(), view.strides(), 0);
    }

    private static View of(String op, Tensor... inputs) {
        long[][] shapes = new long[inputs.length][];
        boolean contiguous = true;
        for (int i = 0; i < inputs.length; i++) {
            shapes[i] = inputs[i].sizes();
            contiguous &= inputs[i].isContiguous();
        }
        long[] shape = Shapes.broadcast(op, shapes);
        if (contiguous) {
            return View.contiguous(shape);
        }
        long[][] strides = new long[inputs.length][];
        for (int i = 0; i < inputs.length; i++) {
            strides[i] = Shapes.broadcastStrides(shapes[i], inputs[i].view().strides(), shape);
        }
        return new View(shape, Shapes.resultStrides(shape, strides), 0);
    }
}
