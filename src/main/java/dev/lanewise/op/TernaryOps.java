package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.simd.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/** The elementwise ops of three inputs; {@link UnaryOps} says how to add one. */
public final class TernaryOps {
    private static final List<TernaryOp> ALL = new ArrayList<>();

    private TernaryOps() {}

    static final class AddScaled extends TernaryOp {
        AddScaled() {
            super("addScaled", "Scaled sum a + alpha · b, with one rounding.");
            reachedBy("Tensor.add(other, alpha)");
            dtypes(DTypeRule.ANY);
            ulps(1);
            savesFor(1, Saves.INPUT2);
            savesFor(2, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b, double alpha) {
            return Math.fma(b, alpha, a);
        }

        @Override
        public long scalar(long a, long b, long alpha) {
            return a + alpha * b;
        }

        @Override
        public boolean vectorizes(DType type) {
            return type.isFloatingPoint();
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b, Vector<E> alpha) {
            return b.lanewise(VectorOperators.FMA, alpha, a);
        }

        @Override
        public Tensor grad(int input, Tensor g, Tensor[] in, Tensor out) {
            return switch (input) {
                case 0 -> g;
                case 1 -> g.mul(in[2]);
                default -> g.mul(in[1]);
            };
        }

        @Override
        public String gradName() {
            return "AddBackward0";
        }
    }

    public static final TernaryOp ADD_SCALED = register(new AddScaled());

    static final class AddcMul extends TernaryOp {
        AddcMul() {
            super("addcmul", "Sum a + value · b · c, the last product and the sum with one rounding.");
            ulps(1);
            savesFor(1, Saves.INPUT2);
            savesFor(2, Saves.INPUT1);
        }

        @Override
        public double scalar(double a, double b, double c) {
            return Math.fma(b, c, a);
        }

        @Override
        public long scalar(long a, long b, long c) {
            return a + b * c;
        }

        @Override
        public boolean vectorizes(DType type) {
            return type.isFloatingPoint();
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b, Vector<E> c) {
            return b.lanewise(VectorOperators.FMA, c, a);
        }

        @Override
        public Tensor grad(int input, Tensor g, Tensor[] in, Tensor out) {
            return switch (input) {
                case 0 -> g;
                case 1 -> g.mul(in[2]);
                default -> g.mul(in[1]);
            };
        }
    }

    public static final TernaryOp ADDCMUL = register(new AddcMul());

    static final class Clamp extends TernaryOp {
        Clamp() {
            super("clamp", "The value moved into [lo, hi]; NaN stays NaN.");
            saves(Saves.INPUT0, Saves.INPUT1, Saves.INPUT2);
        }

        @Override
        public double scalar(double x, double lo, double hi) {
            return Math.min(Math.max(x, lo), hi);
        }

        @Override
        public long scalar(long x, long lo, long hi) {
            return Math.min(Math.max(x, lo), hi);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> lo, Vector<E> hi) {
            return x.max(lo).min(hi);
        }

        /** The gradient goes to the value inside the bounds, ends included, and to the bound taken outside; to no NaN. */
        @Override
        public Tensor grad(int input, Tensor g, Tensor[] in, Tensor out) {
            Tensor zero = Tensor.zerosLike(g);
            return switch (input) {
                case 0 -> Tensor.where(in[0].ge(in[1]).mul(in[0].le(in[2])), g, zero);
                case 1 -> Tensor.where(in[0].lt(in[1]).mul(in[1].lt(in[2])), g, zero);
                default -> Tensor.where(in[0].gt(in[2]).add(in[1].gt(in[2])), g, zero);
            };
        }

        @Override
        public String gradName() {
            return "ClampBackward1";
        }
    }

    public static final TernaryOp CLAMP = register(new Clamp());

    /** Blend by a condition; its kernel reads the first input as BOOL. */
    static final class Where extends TernaryOp {
        Where() {
            super("where", "The element of b where the condition holds, that of c elsewhere.");
            dtypes(DTypeRule.ANY);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double condition, double b, double c) {
            return condition != 0 ? b : c;
        }

        @Override
        public long scalar(long condition, long b, long c) {
            return condition != 0 ? b : c;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> condition, Vector<E> b, Vector<E> c) {
            return b.blend(c, condition.compare(VectorOperators.EQ, 0));
        }

        @Override
        protected MapKernel makeKernel(DType type) {
            return Kernels.where(type);
        }

        @Override
        public Tensor grad(int input, Tensor g, Tensor[] in, Tensor out) {
            Tensor zero = Tensor.zerosLike(g);
            return switch (input) {
                case 0 -> null;
                case 1 -> Tensor.where(in[0], g, zero);
                default -> Tensor.where(in[0], zero, g);
            };
        }
    }

    public static final TernaryOp WHERE = register(new Where());

    /** All ops of this family. */
    public static List<TernaryOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static TernaryOp register(TernaryOp op) {
        ALL.add(op);
        return op;
    }
}
