package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ops on the triangles and diagonals of matrices. */
public final class TriangleOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private TriangleOps() {}

    static final class Triangle extends StructuredOp<Long> {
        private final boolean lower;

        Triangle(String name, boolean lower, String doc) {
            super(name, doc);
            this.lower = lower;
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Long diagonal, Tensor... in) {
            Tensor x = in[0];
            DType type = x.dtype();
            Tensor kept = kept(x.size(-2), x.size(-1), diagonal);
            return Dispatch.map(
                    TernaryOps.WHERE.kernel(type), type, View.contiguous(x.sizes()), kept, x, Tensor.scalar(type, 0));
        }

        /** True where an element of a matrix of these sizes is kept. */
        private Tensor kept(long rows, long columns, long diagonal) {
            long shift = Math.max(-rows, Math.min(columns, diagonal));
            Tensor row = Tensor.arange(rows).add_(shift).reshape(rows, 1);
            Tensor column = Tensor.arange(columns);
            return lower ? column.le(row) : column.ge(row);
        }

        @Override
        protected Tensor[] grad(Long diagonal, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(this, diagonal, g)};
        }
    }

    public static final StructuredOp<Long> TRIL = register(
            new Triangle("tril", true, "Lower triangle of each matrix, up to a diagonal; the rest becomes 0."));

    public static final StructuredOp<Long> TRIU = register(
            new Triangle("triu", false, "Upper triangle of each matrix, from a diagonal on; the rest becomes 0."));

    static final class DiagEmbed extends StructuredOp<ViewOps.Diagonal> {
        DiagEmbed() {
            super("diagEmbed", "Zeros with the last dimension on a diagonal of two new dimensions.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(ViewOps.Diagonal args, Tensor... in) {
            Tensor x = in[0];
            long[] shape = shape(args, x.sizes());
            Tensor out =
                    new Tensor(Storage.allocateZeroed(x.dtype(), Shapes.numel(name(), shape)), View.contiguous(shape));
            Casts.copyInto(out.diagonal(args.shift(), args.dim1(), args.dim2()), x);
            return out;
        }

        /** The sizes without the last, and the two new ones at their places. */
        private static long[] shape(ViewOps.Diagonal args, long[] sizes) {
            int last = sizes.length - 1;
            long side = sizes[last] + Math.abs(args.shift());
            long[] shape = new long[sizes.length + 1];
            int next = 0;
            for (int d = 0; d < shape.length; d++) {
                shape[d] = d == args.dim1() || d == args.dim2() ? side : sizes[next++];
            }
            return shape;
        }

        @Override
        protected Tensor[] grad(ViewOps.Diagonal args, Tensor g, Saved saved) {
            return new Tensor[] {g.diagonal(args.shift(), args.dim1(), args.dim2())};
        }
    }

    /** Its two dimensions are counted from 0. */
    public static final StructuredOp<ViewOps.Diagonal> DIAG_EMBED = register(new DiagEmbed());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
