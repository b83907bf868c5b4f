package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.List;

/** Powers with a number as exponent, which have cheaper kernels and a simpler derivative. */
public final class PowOps {
    private PowOps() {}

    static final class PowNumber extends StructuredOp<Number> {
        PowNumber() {
            super("powNumber", "Power x^b for a number b.");
            reachedBy("Tensor.pow(Number)");
            domain(0.2, 3);
            ulps(2);
            saves(Saves.INPUT0);
        }

        @Override
        protected Tensor forward(Number exponent, Tensor... in) {
            Tensor x = in[0];
            double b = exponent.doubleValue();
            checkExponent("pow", x, exponent);
            if (b == 2 && Promotion.resultType(x.dtype(), exponent) == x.dtype()) {
                return x.square();
            }
            if (b == 0.5) {
                return x.sqrt();
            }
            return Dispatch.apply(BinaryOps.POW, x, exponent);
        }

        @Override
        protected Tensor[] grad(Number exponent, Tensor g, Saved saved) {
            double b = exponent.doubleValue();
            if (b == 0) {
                return new Tensor[] {Tensor.zerosLike(g)};
            }
            return new Tensor[] {g.mul(saved.input(0).pow(b - 1).mul(exponent))};
        }

        @Override
        public String gradName() {
            return "PowBackward0";
        }
    }

    public static final StructuredOp<Number> POW_NUMBER = new PowNumber();

    /** Refuses a negative whole exponent of integers, whose result would not be an integer. */
    public static void checkExponent(String name, Tensor x, Number exponent) {
        boolean whole = Promotion.typeOf(exponent) == DType.INT64;
        if (!x.isFloatingPoint() && whole && exponent.doubleValue() < 0) {
            throw Check.argument(name, "integers to negative integer powers are not allowed")
                    .got(exponent)
                    .operand("self", x.dtype(), x.sizes())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(POW_NUMBER);
    }
}
