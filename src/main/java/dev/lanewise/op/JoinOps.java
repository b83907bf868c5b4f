package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import java.util.Arrays;
import java.util.List;

/** The ops that put tensors together. */
public final class JoinOps {
    private JoinOps() {}

    static final class Cat extends StructuredOp<Integer> {
        Cat() {
            super("cat", "Tensors one after the other along a dimension.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Integer dim, Tensor... in) {
            long[] shape = in[0].sizes().clone();
            shape[dim] = 0;
            for (int i = 0; i < in.length; i++) {
                check(dim, in[0], in[i], i);
                shape[dim] += in[i].size(dim);
            }
            Tensor out = Dispatch.empty(Promotion.resultType(in), shape);
            long start = 0;
            for (Tensor part : in) {
                Casts.copyInto(out.narrow(dim, start, part.size(dim)), part);
                start += part.size(dim);
            }
            return out;
        }

        @Override
        protected Tensor[] grad(Integer dim, Tensor g, Saved saved) {
            Tensor[] grads = new Tensor[saved.inputs()];
            long start = 0;
            for (int i = 0; i < grads.length; i++) {
                long length = saved.shape(i)[dim];
                grads[i] = g.narrow(dim, start, length);
                start += length;
            }
            return grads;
        }

        private static void check(int dim, Tensor first, Tensor other, int which) {
            boolean fits = other.dim() == first.dim();
            for (int d = 0; fits && d < first.dim(); d++) {
                fits = d == dim || other.size(d) == first.size(d);
            }
            if (!fits) {
                throw Check.shape("cat", "sizes must match except in dim " + dim)
                        .expected("the other sizes of " + Arrays.toString(first.sizes()))
                        .got(Arrays.toString(other.sizes()) + " for tensor " + which)
                        .operand("first", first.dtype(), first.sizes())
                        .operand("tensor " + which, other.dtype(), other.sizes())
                        .error();
            }
        }
    }

    private static final StructuredOp<Integer> CAT = new Cat();

    static final class Stack extends StructuredOp<Integer> {
        Stack() {
            super("stack", "Tensors of one shape side by side along a new dimension.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Integer dim, Tensor... in) {
            Tensor[] wide = new Tensor[in.length];
            for (int i = 0; i < in.length; i++) {
                if (!in[i].shape().equals(in[0].shape())) {
                    throw Check.shape("stack", "all tensors must have the same shape")
                            .expected(in[0].shape())
                            .got(Arrays.toString(in[i].sizes()) + " for tensor " + i)
                            .hint("Use cat to join tensors of different sizes.")
                            .error();
                }
                wide[i] = in[i].unsqueeze(dim);
            }
            return CAT.forward(dim, wide);
        }

        @Override
        protected Tensor[] grad(Integer dim, Tensor g, Saved saved) {
            Tensor[] grads = new Tensor[saved.inputs()];
            for (int i = 0; i < grads.length; i++) {
                grads[i] = g.select(dim, i);
            }
            return grads;
        }
    }

    private static final StructuredOp<Integer> STACK = new Stack();

    static final class BlockDiag extends StructuredOp<Void> {
        BlockDiag() {
            super("blockDiag", "Matrices along the diagonal of one that is 0 elsewhere.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            long rows = 0;
            long columns = 0;
            for (Tensor block : in) {
                rows += block.size(0);
                columns += block.size(1);
            }
            Tensor out = Tensor.zeros(Promotion.resultType(in), rows, columns);
            long row = 0;
            long column = 0;
            for (Tensor block : in) {
                Casts.copyInto(part(out, row, column, block.sizes()), block);
                row += block.size(0);
                column += block.size(1);
            }
            return out;
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor[] grads = new Tensor[saved.inputs()];
            long row = 0;
            long column = 0;
            for (int i = 0; i < grads.length; i++) {
                long[] sizes = saved.shape(i);
                grads[i] = part(g, row, column, sizes);
                row += sizes[0];
                column += sizes[1];
            }
            return grads;
        }

        private static Tensor part(Tensor whole, long row, long column, long[] sizes) {
            return whole.narrow(0, row, sizes[0]).narrow(1, column, sizes[1]);
        }
    }

    /** Takes matrices. */
    public static final StructuredOp<Void> BLOCK_DIAG = new BlockDiag();

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(CAT, STACK, BLOCK_DIAG);
    }

    /** Joins along a dimension; empty 1-d tensors are passed over, as PyTorch does. */
    public static Tensor cat(int dim, Tensor... tensors) {
        requireSome("cat", tensors);
        Tensor[] parts = Arrays.stream(tensors)
                .filter(t -> t.dim() != 1 || t.numel() > 0)
                .toArray(Tensor[]::new);
        if (parts.length == 0) {
            DType type = Promotion.resultType(tensors);
            return Dispatch.empty(type, 0);
        }
        if (parts[0].dim() == 0) {
            throw Check.shape("cat", "tensors must have a dimension to join along")
                    .operand("first", parts[0].dtype(), parts[0].sizes())
                    .hint("Use stack for 0-d tensors.")
                    .error();
        }
        return Dispatch.apply(CAT, Shapes.wrapDim("cat", dim, parts[0].dim()), parts);
    }

    /** Joins along a new dimension. */
    public static Tensor stack(int dim, Tensor... tensors) {
        requireSome("stack", tensors);
        return Dispatch.apply(STACK, Shapes.wrapDim("stack", dim, tensors[0].dim() + 1), tensors);
    }

    private static void requireSome(String op, Tensor[] tensors) {
        if (tensors.length == 0) {
            throw Check.argument(op, "there must be at least one tensor").error();
        }
    }
}
