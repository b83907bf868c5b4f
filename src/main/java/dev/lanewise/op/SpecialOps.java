package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.math.DoubleError;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.FloatError;
import dev.lanewise.internal.math.FloatExp;
import dev.lanewise.internal.simd.ErrorLanes;
import dev.lanewise.internal.simd.ExpLanes;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;

/** The error function and the gamma function and what belongs to them; {@link UnaryOps} says how to add one. */
public final class SpecialOps {
    private static final List<Op> ALL = new ArrayList<>();

    private SpecialOps() {}

    static final class Erf extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());
        private static final ErrorLanes ERROR = ErrorLanes.of(MethodHandles.lookup());

        Erf() {
            super("erf", "Error function 2/√π ∫ e^-t² dt from 0 to x.");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            error(1.5, 1.5);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleError.erf(x, DoubleExp.erfSecond(x, DoubleError.erfFirst(x)));
        }

        @Override
        public float scalar(float x) {
            return FloatError.erf(x, FloatExp.erfFar(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return ERROR.erf(x, x.elementSize() == Float.SIZE ? MATH.erfFar(x) : MATH.erfSecond(x, ERROR.erfFirst(x)));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.square().neg().exp().mul(2 / Math.sqrt(Math.PI)));
        }

        @Override
        public int passes(DType type) {
            return type == DType.FLOAT64 ? 3 : 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            boolean single = a.elementSize() == Float.SIZE;
            if (pass == 0) {
                return single ? MATH.erfFar(a) : ERROR.erfFirst(a);
            }
            return pass == 1 && !single ? MATH.erfSecond(a, before) : ERROR.erf(a, before);
        }
    }

    public static final UnaryOp ERF = register(new Erf());

    static final class Erfc extends UnaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());
        private static final ErrorLanes ERROR = ErrorLanes.of(MethodHandles.lookup());

        Erfc() {
            super("erfc", "Complement 1 - erf(x) of the error function, exact for large x.");
            dtypes(DTypeRule.FLOATING);
            wide();
            ulps(0);
            error(0.51, 3.9);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return DoubleExp.erfc(x, DoubleError.erfFirst(x));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            return MATH.erfc(x, ERROR.erfFirst(x));
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.square().neg().exp().mul(-2 / Math.sqrt(Math.PI)));
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            return pass == 0 ? ERROR.erfFirst(a) : MATH.erfc(a, before);
        }
    }

    public static final UnaryOp ERFC = register(new Erfc());

    static final class Erfinv extends UnaryOp {
        Erfinv() {
            super("erfinv", "Number whose error function is x; NaN outside [-1, 1].");
            dtypes(DTypeRule.FLOATING);
            domain(-0.9, 0.9);
            saves(Saves.OUTPUT);
        }

        @Override
        public double scalar(double x) {
            return ErrorFunction.erfinv(x);
        }

        @Override
        public boolean vectorizes(DType type) {
            return false;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            throw new UnsupportedOperationException("not written for lanes");
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(out.square().exp().mul(Math.sqrt(Math.PI) / 2));
        }
    }

    public static final UnaryOp ERFINV = register(new Erfinv());

    static final class Lgamma extends UnaryOp {
        Lgamma() {
            super("lgamma", "Natural logarithm of |Γ(x)|; ∞ at 0, -1, -2, ….");
            dtypes(DTypeRule.FLOATING);
            domain(0.2, 6);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return GammaFunction.logGamma(x);
        }

        @Override
        public boolean vectorizes(DType type) {
            return false;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            throw new UnsupportedOperationException("not written for lanes");
        }

        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            return g.mul(x.digamma());
        }
    }

    public static final UnaryOp LGAMMA = register(new Lgamma());

    static final class Digamma extends UnaryOp {
        Digamma() {
            super("digamma", "Derivative of the logarithm of Γ(x).");
            dtypes(DTypeRule.FLOATING);
            domain(0.2, 6);
            saves(Saves.INPUT0);
        }

        @Override
        public double scalar(double x) {
            return GammaFunction.digamma(x);
        }

        @Override
        public boolean vectorizes(DType type) {
            return false;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x) {
            throw new UnsupportedOperationException("not written for lanes");
        }

        /** Below 1/2 by reflection in the dtype of x, so that the poles come out as large as PyTorch has them. */
        @Override
        public Tensor grad(Tensor g, Tensor x, Tensor out) {
            Tensor low = x.lt(0.5);
            Tensor right = Tensor.where(low, x.rsub(1), x).polygamma(1);
            Tensor inverse = x.mul(Math.PI).sin().rdiv(Math.PI).square();
            return g.mul(Tensor.where(low, inverse.sub(right), right));
        }
    }

    public static final UnaryOp DIGAMMA = register(new Digamma());

    static final class Polygamma extends BinaryOp {
        Polygamma() {
            super("polygamma", "Derivative of digamma at x of order n, n from 0 to 170.");
            dtypes(DTypeRule.FLOATING);
            domain(0.6, 4);
            savesFor(0, Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double x, double order) {
            return order >= 0 && order <= 170 ? GammaFunction.polygamma((int) Math.rint(order), x) : Double.NaN;
        }

        @Override
        public boolean vectorizes(DType type) {
            return false;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> order) {
            throw new UnsupportedOperationException("not written for lanes");
        }

        @Override
        public Tensor gradA(Tensor g, Tensor x, Tensor order, Tensor out) {
            return g.mul(Dispatch.apply(POLYGAMMA, x, order.add(1)));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor x, Tensor order, Tensor out) {
            return Tensor.zerosLike(g);
        }
    }

    public static final BinaryOp POLYGAMMA = register(new Polygamma());

    /** All ops of this family. */
    public static List<Op> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <T extends Op> T register(T op) {
        ALL.add(op);
        return op;
    }
}
