package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import java.util.List;

/**
 * Pointwise functions of three inputs that are made of several kernels, so that each step is a vector kernel and rounds as
 * PyTorch's does.
 */
public final class PointwiseOps {
    private PointwiseOps() {}

    static final class AddcDiv extends StructuredOp<Number> {
        AddcDiv() {
            super("addcdiv", "Sum a + value · b / c.");
            dtypes(DTypeRule.FLOATING);
            savesFor(1, Saves.INPUT2);
            savesFor(2, Saves.INPUT1, Saves.INPUT2);
        }

        @Override
        protected Tensor forward(Number value, Tensor... in) {
            Shapes.broadcast("addcdiv", in[0].sizes(), in[1].sizes(), in[2].sizes());
            DType type = Promotion.resultType(in);
            if (!type.isFloatingPoint() || !in[1].isFloatingPoint() && !in[2].isFloatingPoint()) {
                throw Check.dtype("addcdiv", "one of the tensors to divide must be floating point")
                        .operand("tensor1", in[1].dtype(), in[1].sizes())
                        .operand("tensor2", in[2].dtype(), in[2].sizes())
                        .hint("Convert one with to(DType.FLOAT32), or use addcmul with a rounded quotient.")
                        .error();
            }
            Tensor scaled = scaled(type, in[1], value);
            Tensor quotient = Dispatch.apply(BinaryOps.DIV, scaled, Dispatch.converted(in[2], type));
            return Dispatch.apply(BinaryOps.ADD, Dispatch.converted(in[0], type), quotient);
        }

        @Override
        protected Tensor[] grad(Number value, Tensor g, Saved saved) {
            Tensor b = saved.input(1);
            Tensor c = saved.input(2);
            return new Tensor[] {
                saved.wants(0) ? g : null,
                saved.wants(1) ? g.mul(c.rdiv(value)) : null,
                saved.wants(2) ? g.neg().mul(b.mul(value).div(c.square())) : null
            };
        }
    }

    public static final StructuredOp<Number> ADDCDIV = new AddcDiv();

    static final class Lerp extends StructuredOp<Void> {
        Lerp() {
            super("lerp", "Point a + weight · (b - a) between a and b, from the nearer end.");
            dtypes(DTypeRule.FLOATING);
            savesFor(0, Saves.INPUT2);
            savesFor(1, Saves.INPUT2);
            savesFor(2, Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            Tensor a = in[0];
            Tensor b = in[1];
            Tensor weight = in[2];
            check(a, b, weight);
            Shapes.broadcast("lerp", a.sizes(), b.sizes(), weight.sizes());
            Tensor way = Dispatch.apply(BinaryOps.SUB, b, a);
            if (weight.dim() == 0) {
                boolean nearA = Math.abs(weight.item()) < 0.5;
                Tensor back = Dispatch.apply(BinaryOps.SUB, weight, 1);
                return Dispatch.apply(TernaryOps.ADD_SCALED, a.dtype(), nearA ? a : b, way, nearA ? weight : back);
            }
            Tensor nearA = weight.abs().lt(0.5);
            Tensor start = Tensor.where(nearA, a, b);
            Tensor factor = Tensor.where(nearA, weight, weight.sub(1));
            return Dispatch.apply(TernaryOps.ADD_SCALED, a.dtype(), start, way, factor);
        }

        private static void check(Tensor a, Tensor b, Tensor weight) {
            boolean alike = a.dtype() == b.dtype() && a.dtype() == weight.dtype();
            if (!a.isFloatingPoint() || !alike) {
                throw Check.dtype("lerp", "all tensors must have one floating-point dtype")
                        .operand("self", a.dtype(), a.sizes())
                        .operand("end", b.dtype(), b.sizes())
                        .operand("weight", weight.dtype(), weight.sizes())
                        .hint("Convert with to(...).")
                        .error();
            }
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor weight = saved.input(2);
            return new Tensor[] {
                saved.wants(0) ? g.mul(weight.rsub(1)) : null,
                saved.wants(1) ? g.mul(weight) : null,
                saved.wants(2) ? g.mul(saved.input(1).sub(saved.input(0))) : null
            };
        }
    }

    public static final StructuredOp<Void> LERP = new Lerp();

    static final class MaskedFill extends StructuredOp<Void> {
        MaskedFill() {
            super("maskedFill", "A number where the mask holds, the tensor's own elements elsewhere.");
            torch("Tensor.masked_fill");
            dtypes(DTypeRule.ANY);
            savesFor(0, Saves.INPUT1);
            savesFor(2, Saves.INPUT1);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            Tensor mask = Conditions.of("maskedFill", "mask", in[1]);
            Shapes.broadcast("maskedFill", in[0].sizes(), in[1].sizes());
            if (in[2].dim() != 0) {
                throw Check.shape("maskedFill", "the value must be a number or a 0-d tensor")
                        .operand("value", in[2].dtype(), in[2].sizes())
                        .hint("Use where for a tensor of values.")
                        .error();
            }
            return Dispatch.apply(TernaryOps.WHERE, in[0].dtype(), mask, in[2], in[0]);
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            Tensor mask = Conditions.of("maskedFill", "mask", saved.input(1));
            Tensor zero = Tensor.zerosLike(g);
            return new Tensor[] {
                saved.wants(0) ? Tensor.where(mask, zero, g) : null,
                null,
                saved.wants(2) ? Tensor.where(mask, g, zero) : null
            };
        }
    }

    public static final StructuredOp<Void> MASKED_FILL = new MaskedFill();

    /** A tensor in a dtype, times a number. */
    public static Tensor scaled(DType type, Tensor x, Number value) {
        Tensor factor = x.dtype() == type ? x : x.to(type);
        return value.doubleValue() == 1 ? factor : factor.mul(Tensor.scalar(type, value));
    }

    /** All ops of this family. */
    static List<StructuredOp<?>> all() {
        return List.of(ADDCDIV, LERP, MASKED_FILL);
    }

    /** The functions of this family that are made of ops. */
    static List<Composite> composites() {
        return List.of(
                new Composite(
                        "trueDivide", "torch.true_divide", "Quotient a / b, always floating point; the same as div."),
                new Composite("floatPower", "torch.float_power", "Power a^b computed in float64."),
                new Composite("ldexp", "torch.ldexp", "Product a · 2^b."),
                new Composite("rsub", "torch.rsub", "Difference b - alpha · a."),
                new Composite("clip", "torch.clip", "The value moved into [lo, hi]; the same as clamp."),
                new Composite("clampMin", "torch.clamp_min", "The value moved to at least lo."),
                new Composite("clampMax", "torch.clamp_max", "The value moved to at most hi."),
                new Composite("isclose", "torch.isclose", "True where |a - b| ≤ atol + rtol · |b|.", false),
                new Composite("allclose", "torch.allclose", "Whether isclose holds for all elements.", false),
                new Composite("equal", "torch.equal", "Whether two tensors have the same shape and elements.", false));
    }
}
