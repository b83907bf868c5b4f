package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.List;

/** Replacement of what is no number, and the functions of one tensor that are made of other ops. */
public final class ReplaceOps {
    private ReplaceOps() {}

    /** What NaN, ∞ and -∞ are replaced by. */
    public record Numbers(double nan, double posinf, double neginf) {
        /** The given numbers; null stands for 0 and for the largest and the lowest number of the dtype. */
        public static Numbers of(DType type, Number nan, Number posinf, Number neginf) {
            return new Numbers(
                    nan == null ? 0 : nan.doubleValue(),
                    posinf == null ? largest(type) : posinf.doubleValue(),
                    neginf == null ? -largest(type) : neginf.doubleValue());
        }

        private static double largest(DType type) {
            return switch (type) {
                case FLOAT16 -> 65504;
                case BFLOAT16 -> 0x1.FEp127;
                case FLOAT32 -> Float.MAX_VALUE;
                default -> Double.MAX_VALUE;
            };
        }
    }

    static final class NanToNum extends StructuredOp<Numbers> {
        NanToNum() {
            super("nanToNum", "The value with NaN, ∞ and -∞ replaced by numbers.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            saves(Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Numbers by, Tensor... in) {
            Tensor x = in[0];
            Tensor noNan = Tensor.where(x.isnan(), Tensor.scalar(x.dtype(), by.nan()), x);
            Tensor bounded = Tensor.where(x.isposinf(), Tensor.scalar(x.dtype(), by.posinf()), noNan);
            return Tensor.where(x.isneginf(), Tensor.scalar(x.dtype(), by.neginf()), bounded);
        }

        @Override
        protected Tensor[] grad(Numbers by, Tensor g, Saved saved) {
            return new Tensor[] {Tensor.where(saved.input(0).isfinite(), g, Tensor.zerosLike(g))};
        }
    }

    public static final StructuredOp<Numbers> NAN_TO_NUM = new NanToNum();

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(NAN_TO_NUM);
    }

    /** The functions made of other ops. */
    static List<Composite> composites() {
        String nn = "torch.nn.functional.";
        return List.of(
                new Composite(
                        "bitwiseNot",
                        "torch.bitwise_not",
                        "The bits of integers turned round; not, of booleans.",
                        false),
                new Composite("relu6", nn + "relu6", "The value moved into [0, 6]."),
                new Composite("softsign", nn + "softsign", "The value divided by 1 + its absolute value."),
                new Composite("tanhshrink", nn + "tanhshrink", "The value less its hyperbolic tangent."),
                new Composite("softmin", nn + "softmin", "Softmax of the negative."),
                new Composite("glu", nn + "glu", "The first half along a dimension times the sigmoid of the second."),
                new Composite("rrelu", "torch.rrelu", "Leaky rectifier whose slopes are drawn while training."),
                new Composite("normalize", nn + "normalize", "The value divided by its norm along a dimension."));
    }
}
