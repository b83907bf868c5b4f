package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;

/**
 * Remainders and rounded quotients. They are computed one element at a time: vectors have no exact remainder.
 *
 * <p>Of integers the quotient by 0 does not exist; {@link #checkDivisor} refuses it, and the kernels then give 0.
 */
public final class DivisionOps {
    private static final List<BinaryOp> ALL = new ArrayList<>();

    private DivisionOps() {}

    /** What the ops of this family have in common. */
    abstract static class Division extends BinaryOp {
        @SuppressWarnings("this-escape") // what it calls is final and only sets fields
        Division(String name, String doc) {
            super(name, doc);
            domain(0.5, 9);
        }

        /**
         * Java's {@code a % b}, the exact remainder, without its slow loop where the quotient is exact to 1: the remainder is
         * then representable, so that one fma gives it, or it plus or minus b if the quotient was rounded up.
         */
        static double rest(double a, double b) {
            double quotient = a / b;
            if (!(Math.abs(quotient) < 0x1p53) || Double.isInfinite(b)) {
                return a % b;
            }
            double whole = quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
            double rest = Math.fma(-whole, b, a);
            if (rest == 0) {
                return Math.copySign(0, a);
            }
            return rest < 0 == a < 0 ? rest : rest + Math.copySign(b, a);
        }

        @Override
        public final boolean vectorizes(DType type) {
            return false;
        }

        @Override
        public final <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            throw new UnsupportedOperationException(name() + " has no vector form");
        }
    }

    static final class Fmod extends Division {
        Fmod() {
            super("fmod", "Remainder a - b · n with n = a / b rounded toward zero; it has the sign of a.");
            savesFor(1, Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            return rest(a, b);
        }

        @Override
        public long scalar(long a, long b) {
            return b == 0 ? 0 : a % b;
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g;
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.neg().mul(Dispatch.apply(DIV_ROUNDED, Rounding.TRUNC, a, b));
        }
    }

    public static final BinaryOp FMOD = register(new Fmod());

    static final class Remainder extends Division {
        Remainder() {
            super("remainder", "Remainder a - b · n with n = a / b rounded down; it has the sign of b, as in Python.");
            savesFor(1, Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b) {
            double rest = rest(a, b);
            return rest != 0 && b < 0 != rest < 0 ? rest + b : rest;
        }

        @Override
        public long scalar(long a, long b) {
            return b == 0 ? 0 : Math.floorMod(a, b);
        }

        @Override
        public Tensor gradA(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g;
        }

        @Override
        public Tensor gradB(Tensor g, Tensor a, Tensor b, Tensor out) {
            return g.neg().mul(Dispatch.apply(DIV_ROUNDED, Rounding.FLOOR, a, b));
        }
    }

    public static final BinaryOp REMAINDER = register(new Remainder());

    static final class FloorDivide extends Division {
        FloorDivide() {
            super("floorDivide", "Quotient a / b rounded down.");
            notDifferentiable("PyTorch defines none; div with rounding mode floor has the derivative 0");
        }

        /** From the exact remainder, so that a quotient just below a whole number is not rounded up to it. */
        @Override
        public double scalar(double a, double b) {
            if (b == 0) {
                return a / b;
            }
            double rest = rest(a, b);
            double quotient = (a - rest) / b;
            if (rest != 0 && b < 0 != rest < 0) {
                quotient -= 1;
            }
            if (quotient == 0) {
                return Math.copySign(0, a / b);
            }
            double floor = Math.floor(quotient);
            return quotient - floor > 0.5 ? floor + 1 : floor;
        }

        @Override
        public long scalar(long a, long b) {
            return b == 0 ? 0 : Math.floorDiv(a, b);
        }
    }

    public static final BinaryOp FLOOR_DIVIDE = register(new FloorDivide());

    /** Of integers the quotient toward zero; of floating point it cuts a quotient that is already rounded, with b = 1. */
    static final class TruncDivide extends Division {
        TruncDivide() {
            super("truncDivide", "Quotient a / b rounded toward zero.");
            torch("");
            reachedBy("Tensor.div(other, \"trunc\")");
            notDifferentiable("it is the kernel of div with rounding mode trunc, which has one");
        }

        @Override
        public double scalar(double a, double b) {
            double quotient = a / b;
            return quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
        }

        @Override
        public long scalar(long a, long b) {
            return b == 0 ? 0 : a / b;
        }
    }

    static final BinaryOp TRUNC_DIVIDE = register(new TruncDivide());

    /** Which way a quotient is rounded. */
    public enum Rounding {
        /** Toward zero. */
        TRUNC,
        /** Down. */
        FLOOR;

        /** The mode of a name as PyTorch has it: {@code trunc} or {@code floor}. */
        public static Rounding of(String op, String name) {
            return switch (name) {
                case "trunc" -> TRUNC;
                case "floor" -> FLOOR;
                default ->
                    throw Check.argument(op, "the rounding mode must be known")
                            .expected("null, \"trunc\" or \"floor\"")
                            .got(name)
                            .error();
            };
        }
    }

    static final class DivRounded extends StructuredOp<Rounding> {
        DivRounded() {
            super("divRounded", "Quotient a / b rounded toward zero or down, in the dtype of a and b.");
            torch("torch.div");
            reachedBy("Tensor.div(other, roundingMode)");
        }

        /** Toward zero it is the rounded quotient that is cut, as 5.999999… may round to 6 in the dtype. */
        @Override
        protected Tensor forward(Rounding rounding, Tensor... in) {
            Shapes.broadcast("div", in[0].sizes(), in[1].sizes());
            if (rounding == Rounding.FLOOR) {
                return Dispatch.apply(FLOOR_DIVIDE, in[0], in[1]);
            }
            if (!Promotion.resultType(in[0], in[1]).isFloatingPoint()) {
                return Dispatch.apply(TRUNC_DIVIDE, in[0], in[1]);
            }
            return Dispatch.apply(TRUNC_DIVIDE, Dispatch.apply(BinaryOps.DIV, in[0], in[1]), 1);
        }

        @Override
        protected Tensor[] grad(Rounding rounding, Tensor g, Saved saved) {
            return new Tensor[] {Tensor.zerosLike(g), Tensor.zerosLike(g)};
        }

        @Override
        public String gradName() {
            return "DivBackward1";
        }
    }

    public static final StructuredOp<Rounding> DIV_ROUNDED = new DivRounded();

    /** Refuses a divisor that holds 0 where the quotient is one of integers. */
    public static void checkDivisor(String op, Tensor a, Tensor b) {
        DType type = Promotion.resultType(a, b);
        if (type.isFloatingPoint() || a.numel() == 0 || b.numel() == 0) {
            return;
        }
        Tensor nonZero = Dispatch.apply(CompareOps.NE, Dispatch.converted(b, type), 0);
        if (!nonZero.min().itemBoolean()) {
            throw Check.argument(op, "integers cannot be divided by 0")
                    .operand("self", a.dtype(), a.sizes())
                    .operand("other", b.dtype(), b.sizes())
                    .hint("Convert with to(DType.FLOAT32) to get infinity or NaN.")
                    .error();
        }
    }

    /** The elementwise ops of this family. */
    public static List<BinaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The ops of this family that are made of several kernels. */
    static List<StructuredOp<?>> structured() {
        return List.of(DIV_ROUNDED);
    }

    private static BinaryOp register(BinaryOp op) {
        ALL.add(op);
        return op;
    }
}
