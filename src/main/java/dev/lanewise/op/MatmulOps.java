package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.gemm.Gemm;
import dev.lanewise.internal.gemm.Matrix;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Matrix products. */
public final class MatmulOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private MatmulOps() {}

    static final class Mm extends StructuredOp<Void> {
        Mm() {
            super("mm", "Product of two matrices.");
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            Tensor a = in[0];
            Tensor b = in[1];
            checkRank(name(), 2, a, b);
            checkInner(name(), a, b);
            Tensor out = Dispatch.empty(a.dtype(), a.size(0), b.size(1));
            products(a, b, out);
            return out;
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor a = saved.input(0);
            Tensor b = saved.input(1);
            return new Tensor[] {b == null ? null : g.mm(b.t()), a == null ? null : a.t().mm(g)};
        }
    }

    public static final StructuredOp<Void> MM = register(new Mm());

    static final class Bmm extends StructuredOp<Void> {
        Bmm() {
            super("bmm", "Products of the matrices of two batches of equal size.");
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            Tensor a = in[0];
            Tensor b = in[1];
            checkRank(name(), 3, a, b);
            if (a.size(0) != b.size(0)) {
                throw Check.shape(name(), "batch sizes must match")
                        .expected("b.size(0) = " + a.size(0))
                        .got(b.size(0))
                        .operand("a", a.dtype(), a.sizes())
                        .operand("b", b.dtype(), b.sizes())
                        .error();
            }
            checkInner(name(), a, b);
            Tensor out = Dispatch.empty(a.dtype(), a.size(0), a.size(1), b.size(2));
            products(a, b, out);
            return out;
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor a = saved.input(0);
            Tensor b = saved.input(1);
            return new Tensor[] {
                b == null ? null : g.bmm(b.transpose(1, 2)),
                a == null ? null : a.transpose(1, 2).bmm(g)
            };
        }
    }

    public static final StructuredOp<Void> BMM = register(new Bmm());

    static final class Mv extends StructuredOp<Void> {
        Mv() {
            super("mv", "Product of a matrix and a vector.");
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            checkInner(name(), in[0], in[1]);
            return MM.forward(null, in[0], in[1].unsqueeze(1)).reshape(in[0].size(0));
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor a = saved.input(0);
            Tensor v = saved.input(1);
            return new Tensor[] {v == null ? null : g.unsqueeze(1).mul(v.unsqueeze(0)), a == null ? null : a.t().mv(g)};
        }
    }

    public static final StructuredOp<Void> MV = register(new Mv());

    static final class Dot extends StructuredOp<Void> {
        Dot() {
            super("dot", "Inner product of two vectors.");
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            checkRank(name(), 1, in[0], in[1]);
            checkInner(name(), in[0], in[1]);
            return MM.forward(null, in[0].unsqueeze(0), in[1].unsqueeze(1)).reshape();
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor a = saved.input(0);
            Tensor b = saved.input(1);
            return new Tensor[] {b == null ? null : g.mul(b), a == null ? null : g.mul(a)};
        }
    }

    public static final StructuredOp<Void> DOT = register(new Dot());

    /** {@code x·wᵀ + bias} for rows {@code x}; the bias may be missing. */
    static final class Linear extends StructuredOp<Void> {
        Linear() {
            super("linear", "Rows of x times the transposed weight, plus the bias.");
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            Tensor x = in[0];
            Tensor weight = in[1];
            Tensor transposed = weight.t();
            checkInner(name(), x, transposed);
            if (in.length > 2 && isRow(in[2], weight.size(0), x.dtype())) {
                return productPlusRow(x, transposed, in[2]);
            }
            Tensor out = Dispatch.empty(x.dtype(), x.size(0), weight.size(0));
            products(x, transposed, out);
            return in.length > 2 ? out.add_(in[2]) : out;
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            return grads(g, saved, null);
        }

        @Override
        protected Tensor[] gradToLeaves(Void args, Tensor g, Saved saved) {
            return grads(g, saved, saved.collected(1));
        }

        private static Tensor[] grads(Tensor g, Saved saved, Tensor collected) {
            Tensor x = saved.input(0);
            Tensor weight = saved.input(1);
            Tensor[] grads = new Tensor[saved.inputs()];
            grads[0] = weight == null ? null : g.mm(weight);
            if (x != null) {
                Tensor across = g.t();
                grads[1] = isAdded(across, x, collected) ? null : across.mm(x);
            }
            if (grads.length > 2) {
                grads[2] = g;
            }
            return grads;
        }

        @Override
        public String gradName() {
            return "AddmmBackward0";
        }
    }

    public static final StructuredOp<Void> LINEAR = register(new Linear());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** Multiplies matrices, or batches of them, into {@code out}. */
    private static void products(Tensor a, Tensor b, Tensor out) {
        if (out.dim() == 2) {
            Gemm.gemm(out.dtype(), out.size(0), out.size(1), a.size(1), matrix(a), matrix(b), matrix(out), false);
        } else {
            Gemm.batched(
                    a.dtype(),
                    out.sizes(),
                    a.size(-1),
                    Dispatch.operand(a, a.sizes()),
                    Dispatch.operand(b, b.sizes()),
                    Dispatch.operand(out, out.sizes()));
        }
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(b);
        Reference.reachabilityFence(out);
    }

    /** Adds a product to a row-major tensor; false if that cannot be, because there is none or it is one of the operands. */
    private static boolean isAdded(Tensor a, Tensor b, Tensor sum) {
        if (sum == null || sum.storage() == a.storage() || sum.storage() == b.storage()) {
            return false;
        }
        Gemm.gemm(sum.dtype(), sum.size(0), sum.size(1), a.size(1), matrix(a), matrix(b), matrix(sum), true);
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(b);
        Reference.reachabilityFence(sum);
        sum.storage().bumpVersion(BinaryOps.ADD.inPlaceName());
        return true;
    }

    /** True if a tensor can be the row of {@link #productPlusRow} with n columns. */
    static boolean isRow(Tensor x, long n, DType type) {
        boolean fits = x.dtype() == type && x.numel() == n && x.dim() > 0 && x.size(-1) == n;
        return fits && x.isContiguous() && (type == DType.FLOAT32 || type == DType.FLOAT64);
    }

    /** The product of two matrices plus a row, which {@link #isRow}. */
    static Tensor productPlusRow(Tensor a, Tensor b, Tensor row) {
        long m = a.size(0);
        long n = b.size(1);
        Tensor out = Dispatch.empty(a.dtype(), m, n);
        Matrix line = new Matrix(row.storage().segment(), row.byteOffset(), n, 1);
        Gemm.gemmPlusRow(out.dtype(), m, n, a.size(1), matrix(a), matrix(b), matrix(out), line);
        Reference.reachabilityFence(a);
        Reference.reachabilityFence(b);
        Reference.reachabilityFence(row);
        Reference.reachabilityFence(out);
        return out;
    }

    private static Matrix matrix(Tensor x) {
        long[] strides = x.view().strides();
        return new Matrix(x.storage().segment(), x.byteOffset(), strides[0], strides[1]);
    }

    private static void checkRank(String op, int rank, Tensor a, Tensor b) {
        if (a.dim() != rank || b.dim() != rank) {
            throw Check.shape(op, "both operands must have " + rank + " dimensions")
                    .got(a.dim() + " and " + b.dim())
                    .operand("a", a.dtype(), a.sizes())
                    .operand("b", b.dtype(), b.sizes())
                    .hint("Use matmul for other ranks.")
                    .error();
        }
    }

    /** Checks the size that is summed over, and the dtypes; shared by all products. */
    static void checkInner(String op, Tensor a, Tensor b) {
        int inner = Math.max(0, b.dim() - 2);
        if (a.size(-1) != b.size(inner)) {
            throw Check.shape(op, "inner sizes must match")
                    .expected("b.size(" + (b.dim() > 1 ? -2 : -1) + ") = " + a.size(-1))
                    .got(b.size(inner))
                    .operand("a", a.dtype(), a.sizes())
                    .operand("b", b.dtype(), b.sizes())
                    .error();
        }
        if (a.dtype() != b.dtype() || a.dtype() == DType.BOOL) {
            throw Check.dtype(op, "both operands must have the same numeric dtype")
                    .operand("a", a.dtype(), a.sizes())
                    .operand("b", b.dtype(), b.sizes())
                    .hint("Convert one with to(...).")
                    .error();
        }
    }

    private static StructuredOp<Void> register(StructuredOp<Void> op) {
        ALL.add(op);
        return op;
    }
}
