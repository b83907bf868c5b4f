package dev.lanewise.op;

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

    /** Rows that are worked on together. */
    private static final long BLOCK = 64;

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
            Storage zeros = Storage.allocateZeroed(x.dtype(), x.numel());
            Tensor out = new Tensor(zeros, View.contiguous(x.sizes()));
            long shift = Math.max(-x.size(-2), Math.min(x.size(-1), diagonal));
            if (lower) {
                lower(x, out, shift);
            } else {
                upper(x, out, shift);
            }
            return out;
        }

        /** Blocks of rows: the columns that all rows keep are copied, the corner after them through a mask. */
        private static void lower(Tensor x, Tensor out, long shift) {
            long rows = x.size(-2);
            long columns = x.size(-1);
            long first = Math.max(0, -shift);
            long whole = Math.max(first, Math.min(rows, columns - 1 - shift));
            copy(x, out, whole, rows - whole, 0, columns);
            Tensor kept = Tensor.arange(BLOCK).lt(Tensor.arange(BLOCK).unsqueeze(1));
            for (long row = first; row < whole; row += BLOCK) {
                long height = Math.min(BLOCK, whole - row);
                long common = row + shift + 1;
                copy(x, out, row, height, 0, common);
                corner(kept, x, out, row, height, common, Math.min(columns, common + height - 1) - common);
            }
        }

        /** As {@link #lower}, with the corner before the columns that all rows of a block keep. */
        private static void upper(Tensor x, Tensor out, long shift) {
            long rows = x.size(-2);
            long columns = x.size(-1);
            long whole = Math.max(0, Math.min(rows, 1 - shift));
            long last = Math.max(whole, Math.min(rows, columns - shift));
            copy(x, out, 0, whole, 0, columns);
            Tensor kept = Tensor.arange(BLOCK).ge(Tensor.arange(BLOCK).unsqueeze(1));
            for (long row = whole; row < last; row += BLOCK) {
                long height = Math.min(BLOCK, last - row);
                long common = Math.min(columns, row + height - 1 + shift);
                copy(x, out, row, height, common, columns - common);
                corner(kept, x, out, row, height, row + shift, common - row - shift);
            }
        }

        private static void copy(Tensor x, Tensor out, long row, long height, long column, long width) {
            if (height > 0 && width > 0) {
                Casts.copyInto(part(out, row, height, column, width), part(x, row, height, column, width));
            }
        }

        private static void corner(Tensor kept, Tensor x, Tensor out, long row, long height, long column, long width) {
            if (height > 0 && width > 0) {
                Dispatch.mapInto(
                        TernaryOps.WHERE.kernel(x.dtype()),
                        part(out, row, height, column, width),
                        part(kept, 0, height, 0, width),
                        part(x, row, height, column, width),
                        Tensor.scalar(x.dtype(), 0));
            }
        }

        private static Tensor part(Tensor x, long row, long height, long column, long width) {
            return x.narrow(-2, row, height).narrow(-1, column, width);
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
