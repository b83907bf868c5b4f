package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Products added to a tensor: {@code beta · self + alpha · (a · b)}. */
public final class AddProductOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private AddProductOps() {}

    /**
     * The factors of a sum.
     *
     * @param beta factor of the tensor added to; it is not read if this is 0
     * @param alpha factor of the product
     */
    public record Scales(Number beta, Number alpha) {
        /** Both factors 1. */
        public static final Scales ONE = new Scales(1, 1);
    }

    /** What these ops have in common; each adds its product and the product's derivatives. */
    abstract static class AddProduct extends StructuredOp<Scales> {
        AddProduct(String name, String doc) {
            super(name, doc);
            savesFor(1, Saves.INPUT2);
            savesFor(2, Saves.INPUT1);
        }

        /** The product of operands whose shapes are checked; a new tensor. */
        abstract Tensor product(Tensor a, Tensor b);

        /** The sum of self and the product where one pass computes both, else null. */
        Tensor productPlus(Tensor self, Tensor a, Tensor b) {
            return null;
        }

        /** The gradient of the left operand of the product. */
        abstract Tensor gradLeft(Tensor g, Tensor b);

        /** The gradient of the right operand of the product. */
        abstract Tensor gradRight(Tensor g, Tensor a);

        /** Refuses operands whose ranks or sizes do not fit. */
        abstract void checkOperands(Tensor a, Tensor b);

        @Override
        protected final Tensor forward(Scales scales, Tensor... in) {
            Tensor self = in[0];
            checkOperands(in[1], in[2]);
            checkTypes(self, in[1], in[2]);
            checkScale("beta", scales.beta(), self.dtype());
            checkScale("alpha", scales.alpha(), self.dtype());
            Tensor sum = scales.alpha().doubleValue() == 1 && scales.beta().doubleValue() == 1
                    ? productPlus(self, in[1], in[2])
                    : null;
            if (sum != null) {
                return sum;
            }
            Tensor out = product(in[1], in[2]);
            checkFits(self, out.sizes());
            if (scales.alpha().doubleValue() != 1) {
                out.mul_(scales.alpha());
            }
            if (scales.beta().doubleValue() == 0) {
                return out;
            }
            return out.add_(scales.beta().doubleValue() == 1 ? self : self.mul(scales.beta()));
        }

        @Override
        protected final Tensor[] grad(Scales scales, Tensor g, Saved saved) {
            Tensor a = saved.input(1);
            Tensor b = saved.input(2);
            return new Tensor[] {
                saved.wants(0) ? scaled(g, scales.beta()) : null,
                saved.wants(1) ? scaled(gradLeft(g, b), scales.alpha()) : null,
                saved.wants(2) ? scaled(gradRight(g, a), scales.alpha()) : null
            };
        }

        private static Tensor scaled(Tensor x, Number factor) {
            return factor.doubleValue() == 1 ? x : x.mul(factor);
        }

        private void checkTypes(Tensor self, Tensor a, Tensor b) {
            if (a.dtype() != self.dtype() || b.dtype() != self.dtype() || self.dtype() == DType.BOOL) {
                throw Check.dtype(name(), "all operands must have the same numeric dtype")
                        .operand("self", self.dtype(), self.sizes())
                        .operand("a", a.dtype(), a.sizes())
                        .operand("b", b.dtype(), b.sizes())
                        .hint("Convert with to(...).")
                        .error();
            }
        }

        private void checkScale(String which, Number scale, DType type) {
            if (!type.isFloatingPoint() && Promotion.typeOf(scale).isFloatingPoint()) {
                throw Check.argument(name(), which + " must be an integer for integer tensors")
                        .got(scale)
                        .hint("Convert the tensors with to(DType.FLOAT32).")
                        .error();
            }
        }

        private void checkFits(Tensor self, long[] shape) {
            if (!Arrays.equals(Shapes.broadcast(name(), self.sizes(), shape), shape)) {
                throw Check.shape(name(), "self must fit the product")
                        .expected("a shape that broadcasts to " + Arrays.toString(shape))
                        .operand("self", self.dtype(), self.sizes())
                        .error();
            }
        }

        final void check(boolean fits, String rule, Tensor a, Tensor b) {
            if (!fits) {
                throw Check.shape(name(), rule)
                        .operand("a", a.dtype(), a.sizes())
                        .operand("b", b.dtype(), b.sizes())
                        .error();
            }
        }
    }

    static final class Addmm extends AddProduct {
        Addmm() {
            super("addmm", "Sum beta · self + alpha · (a · b) for matrices a and b.");
        }

        @Override
        void checkOperands(Tensor a, Tensor b) {
            check(a.dim() == 2 && b.dim() == 2, "a and b must be matrices", a, b);
            check(a.size(1) == b.size(0), "inner sizes must match", a, b);
        }

        @Override
        Tensor product(Tensor a, Tensor b) {
            return a.mm(b);
        }

        @Override
        Tensor productPlus(Tensor self, Tensor a, Tensor b) {
            return MatmulOps.isRow(self, b.size(1), a.dtype()) ? MatmulOps.productPlusRow(a, b, self) : null;
        }

        @Override
        Tensor gradLeft(Tensor g, Tensor b) {
            return g.mm(b.t());
        }

        @Override
        Tensor gradRight(Tensor g, Tensor a) {
            return a.t().mm(g);
        }
    }

    public static final StructuredOp<Scales> ADDMM = register(new Addmm());

    static final class Addmv extends AddProduct {
        Addmv() {
            super("addmv", "Sum beta · self + alpha · (a · b) for a matrix a and a vector b.");
        }

        @Override
        void checkOperands(Tensor a, Tensor b) {
            check(a.dim() == 2 && b.dim() == 1, "a must be a matrix and b a vector", a, b);
            check(a.size(1) == b.size(0), "inner sizes must match", a, b);
        }

        @Override
        Tensor product(Tensor a, Tensor b) {
            return a.mv(b);
        }

        @Override
        Tensor gradLeft(Tensor g, Tensor b) {
            return g.outer(b);
        }

        @Override
        Tensor gradRight(Tensor g, Tensor a) {
            return a.t().mv(g);
        }
    }

    public static final StructuredOp<Scales> ADDMV = register(new Addmv());

    static final class Addr extends AddProduct {
        Addr() {
            super("addr", "Sum beta · self + alpha · (a ⊗ b) for vectors a and b.");
        }

        @Override
        void checkOperands(Tensor a, Tensor b) {
            check(a.dim() == 1 && b.dim() == 1, "a and b must be vectors", a, b);
        }

        @Override
        Tensor product(Tensor a, Tensor b) {
            return a.outer(b);
        }

        @Override
        Tensor gradLeft(Tensor g, Tensor b) {
            return g.mv(b);
        }

        @Override
        Tensor gradRight(Tensor g, Tensor a) {
            return g.t().mv(a);
        }
    }

    public static final StructuredOp<Scales> ADDR = register(new Addr());

    static final class Baddbmm extends AddProduct {
        Baddbmm() {
            super("baddbmm", "Sum beta · self + alpha · (a · b) for batches of matrices a and b.");
        }

        @Override
        void checkOperands(Tensor a, Tensor b) {
            checkBatches(this, a, b);
        }

        @Override
        Tensor product(Tensor a, Tensor b) {
            return a.bmm(b);
        }

        @Override
        Tensor gradLeft(Tensor g, Tensor b) {
            return g.bmm(b.transpose(1, 2));
        }

        @Override
        Tensor gradRight(Tensor g, Tensor a) {
            return a.transpose(1, 2).bmm(g);
        }
    }

    public static final StructuredOp<Scales> BADDBMM = register(new Baddbmm());

    static final class Addbmm extends AddProduct {
        Addbmm() {
            super("addbmm", "Sum beta · self + alpha · Σ (aᵢ · bᵢ) over batches of matrices a and b.");
        }

        @Override
        void checkOperands(Tensor a, Tensor b) {
            checkBatches(this, a, b);
        }

        @Override
        Tensor product(Tensor a, Tensor b) {
            // The matrices side by side times the matrices one above the other: one product instead of a sum of them.
            long inner = a.size(0) * a.size(2);
            Tensor left = a.transpose(0, 1).reshape(a.size(1), inner);
            return left.mm(b.reshape(inner, b.size(2)));
        }

        @Override
        Tensor gradLeft(Tensor g, Tensor b) {
            return g.expand(b.size(0), g.size(0), g.size(1)).bmm(b.transpose(1, 2));
        }

        @Override
        Tensor gradRight(Tensor g, Tensor a) {
            return a.transpose(1, 2).bmm(g.expand(a.size(0), g.size(0), g.size(1)));
        }
    }

    public static final StructuredOp<Scales> ADDBMM = register(new Addbmm());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The functions made of products. */
    public static List<Composite> composites() {
        return List.of(
                new Composite("matmul", "torch.matmul", "Matrix product with broadcast batches, for any ranks."),
                new Composite("outer", "torch.outer", "Products of all elements of one vector with all of another."),
                new Composite("ger", "torch.ger", "Another name of outer."),
                new Composite("inner", "torch.inner", "Sums of products over the last dimensions."),
                new Composite("vdot", "torch.vdot", "Inner product of two vectors."),
                new Composite("kron", "torch.kron", "Kronecker product."),
                new Composite(
                        "tensordot", "torch.tensordot", "Sums of products over given dimensions of both tensors."),
                new Composite("einsum", "torch.einsum", "Sums of products in the notation of Einstein."),
                new Composite(
                        "chainMatmul", "torch.chain_matmul", "Product of several matrices, in the cheapest order."),
                new Composite(
                        "multiDot", "torch.linalg.multi_dot", "Product of several matrices and vectors at the ends."),
                new Composite("bilinear", "torch.nn.functional.bilinear", "Form x·W·y for every output, plus a bias."));
    }

    private static void checkBatches(AddProduct op, Tensor a, Tensor b) {
        op.check(a.dim() == 3 && b.dim() == 3, "a and b must be batches of matrices", a, b);
        op.check(a.size(0) == b.size(0), "batch sizes must match", a, b);
        op.check(a.size(2) == b.size(1), "inner sizes must match", a, b);
    }

    private static StructuredOp<Scales> register(StructuredOp<Scales> op) {
        ALL.add(op);
        return op;
    }
}
