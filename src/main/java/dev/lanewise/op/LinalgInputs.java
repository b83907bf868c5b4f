package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.linalg.Matrices;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.util.Arrays;

/** What all functions of matrices check, and how they read their inputs and allocate their results. */
public final class LinalgInputs {
    private LinalgInputs() {}

    /** Refuses tensors that are no batches of matrices of FLOAT32 or FLOAT64. */
    public static void matrices(String op, Tensor... tensors) {
        for (Tensor x : tensors) {
            if (x.dim() < 2) {
                throw Check.shape(op, "there must be at least 2 dimensions, those of the matrices")
                        .got(x.dim())
                        .operand("self", x.dtype(), x.sizes())
                        .error();
            }
            real(op, x);
        }
    }

    /** Refuses other dtypes than FLOAT32 and FLOAT64. */
    public static void real(String op, Tensor x) {
        if (x.dtype() != DType.FLOAT32 && x.dtype() != DType.FLOAT64) {
            throw Check.dtype(op, "the dtype must be float32 or float64")
                    .got(x.dtype())
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
    }

    /** Refuses what is not a batch of square matrices. */
    public static void square(String op, Tensor a) {
        matrices(op, a);
        if (a.size(-1) != a.size(-2)) {
            throw Check.shape(op, "the matrices must be square")
                    .got(a.size(-2) + " x " + a.size(-1))
                    .operand("self", a.dtype(), a.sizes())
                    .error();
        }
    }

    /** Refuses two tensors of different dtypes. */
    public static void sameDType(String op, Tensor a, Tensor b) {
        if (a.dtype() != b.dtype()) {
            throw Check.dtype(op, "both operands must have the same dtype")
                    .operand("a", a.dtype(), a.sizes())
                    .operand("b", b.dtype(), b.sizes())
                    .hint("Convert one with to(...).")
                    .error();
        }
    }

    /** A right-hand side that does not fit to its matrix. */
    public static RuntimeException unfit(String op, String rule, Tensor a, Tensor b) {
        return Check.shape(op, rule)
                .operand("a", a.dtype(), a.sizes())
                .operand("b", b.dtype(), b.sizes())
                .error();
    }

    /** Refuses the first matrix of a batch whose info is not 0. */
    public static void solvable(String op, String rule, String what, String hint, Tensor a, int[] infos) {
        for (int i = 0; i < infos.length; i++) {
            if (infos[i] != 0) {
                throw failed(op, rule, what.formatted(infos[i]), hint, a, i);
            }
        }
    }

    /** Refuses the first singular matrix of a batch. */
    public static void regular(String op, Tensor a, int[] infos) {
        solvable(op, "the matrix must be invertible", "0 at diagonal element %d of U", SINGULAR, a, infos);
    }

    private static final String SINGULAR = "Use pinv or lstsq for singular matrices.";

    /** A matrix of a batch for which there is no result. */
    public static RuntimeException failed(String op, String rule, String got, String hint, Tensor a, long index) {
        long[] batch = batch(a);
        String where = batch.length == 0 ? "" : " in batch element " + Arrays.toString(Matrices.position(batch, index));
        return Check.argument(op, rule)
                .got(got + where)
                .operand("self", a.dtype(), a.sizes())
                .hint(hint)
                .error();
    }

    /** The sizes before the last two dimensions. */
    public static long[] batch(Tensor x) {
        return Arrays.copyOf(x.sizes(), x.dim() - 2);
    }

    /** The batches of two tensors of matrices, broadcast together. */
    public static long[] commonBatch(String op, Tensor a, Tensor b) {
        return Shapes.broadcast(op, batch(a), batch(b));
    }

    /** A view of the matrices with a batch that theirs broadcasts to. */
    public static Tensor withBatch(Tensor x, long[] batch) {
        long[] shape = with(batch, x.size(-2), x.size(-1));
        return Arrays.equals(shape, x.sizes()) ? x : x.expand(shape);
    }

    /** A batch followed by other sizes. */
    public static long[] with(long[] batch, long... sizes) {
        long[] shape = Arrays.copyOf(batch, batch.length + sizes.length);
        System.arraycopy(sizes, 0, shape, batch.length, sizes.length);
        return shape;
    }

    /** A tensor as the algorithms see it; the tensor must be kept reachable. */
    static Matrices read(Tensor x) {
        return Matrices.of(Dispatch.operand(x, x.sizes()), x.sizes());
    }

    /** New matrices in column-major order, in which PyTorch's results lie. */
    static Tensor columns(DType type, long... shape) {
        Storage storage = Storage.allocate(type, Shapes.numel("empty", shape));
        int rank = shape.length;
        long[] flipped = shape.clone();
        flipped[rank - 1] = shape[rank - 2];
        flipped[rank - 2] = shape[rank - 1];
        long[] strides = Shapes.contiguousStrides(flipped);
        long rows = strides[rank - 1];
        strides[rank - 1] = strides[rank - 2];
        strides[rank - 2] = rows;
        return new Tensor(storage, new View(shape, strides, 0));
    }

    /** A number for every matrix of a batch: INT32. */
    public static Tensor infos(Tensor a, int[] infos) {
        return Tensor.of(DType.INT32, infos).reshape(batch(a));
    }

    /** Room for a number for every matrix of a batch. */
    public static int[] room(Tensor a) {
        return new int[Math.toIntExact(Shapes.numel(batch(a)))];
    }
}
