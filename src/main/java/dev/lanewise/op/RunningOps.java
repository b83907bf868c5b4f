package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.Running;
import dev.lanewise.internal.kernel.RunningExtremes;
import dev.lanewise.internal.simd.Reductions;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ops whose results depend on all elements before along a dimension. */
public final class RunningOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private RunningOps() {}

    /**
     * Which way to walk.
     *
     * @param dim not negative
     * @param reverse from the last element to the first
     */
    public record Along(int dim, boolean reverse) {
        /** From the first element to the last. */
        public Along(int dim) {
            this(dim, false);
        }

        private Along opposite() {
            return new Along(dim, !reverse);
        }
    }

    /** An op that carries something along; its first input is what is combined. */
    abstract static class Run extends StructuredOp<Along> {
        private final Running.Kind kind;

        Run(Running.Kind kind, String name, String doc) {
            super(name, doc);
            this.kind = kind;
        }

        @Override
        protected final Tensor forward(Along along, Tensor... in) {
            DType type = computeType(in[0].dtype());
            Lines x = Lines.along(Dispatch.converted(in[0], type), along.dim());
            Tensor factors = in.length == 1 ? null : in[1].contiguous();
            Tensor out = Dispatch.empty(type, in[0].sizes());
            Reductions.running(
                    kind,
                    along.reverse(),
                    x.tiles(),
                    Dispatch.operand(x.x(), x.x().sizes()),
                    factors == null ? null : Dispatch.operand(factors, factors.sizes()),
                    Dispatch.operand(out, out.sizes()));
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(factors);
            Reference.reachabilityFence(out);
            return out;
        }
    }

    static final class Cumsum extends Run {
        Cumsum() {
            super(Running.Kind.SUM, "cumsum", "Sum of the elements up to each; of integers and booleans as INT64.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor[] grad(Along along, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(this, along.opposite(), g)};
        }
    }

    public static final StructuredOp<Along> CUMSUM = register(new Cumsum());

    static final class Cumprod extends Run {
        Cumprod() {
            super(Running.Kind.PROD, "cumprod", "Product of the elements up to each; of integers as INT64.");
            dtypes(DTypeRule.ANY);
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        /**
         * The sum over later results of g times the product of all other factors: the result divided by each factor, or
         * where one is 0 the products before and after it.
         */
        @Override
        protected Tensor[] grad(Along along, Tensor g, Saved saved) {
            Tensor x = saved.input(0);
            Tensor out = saved.output();
            Along back = along.opposite();
            if (x.eq(0).sum().itemLong() == 0) {
                return new Tensor[] {Dispatch.apply(CUMSUM, back, g.mul(out)).div(x)};
            }
            Tensor sums = Dispatch.apply(LINEAR_SCAN, back, g, shifted(x, back, 0));
            return new Tensor[] {shifted(out, along, 1).mul(sums)};
        }
    }

    public static final StructuredOp<Along> CUMPROD = register(new Cumprod());

    static final class Logcumsumexp extends Run {
        Logcumsumexp() {
            super(Running.Kind.LOG_SUM_EXP, "logcumsumexp", "Logarithm of the sum of exponentials up to each element.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        /** Results rise along the line, so that no exponential overflows. */
        @Override
        protected Tensor[] grad(Along along, Tensor g, Saved saved) {
            Tensor out = saved.output();
            Tensor factors = out.sub(shifted(out, along.opposite(), 0)).exp();
            Tensor sums = Dispatch.apply(LINEAR_SCAN, along.opposite(), g, factors);
            return new Tensor[] {saved.input(0).sub(out).exp().mul(sums)};
        }
    }

    public static final StructuredOp<Along> LOGCUMSUMEXP = register(new Logcumsumexp());

    /** y = x + a · y before, of which the derivatives of the others are made. */
    static final class LinearScan extends Run {
        LinearScan() {
            super(
                    Running.Kind.LINEAR,
                    "linearScan",
                    "Linear recurrence y[i] = x[i] + a[i] · y[i - 1] along a dimension.");
            dtypes(DTypeRule.FLOATING);
            torch("");
            reachedBy("the derivative of cumprod");
            savesFor(0, Saves.INPUT1);
            savesFor(1, Saves.INPUT1, Saves.OUTPUT);
        }

        @Override
        protected Tensor[] grad(Along along, Tensor g, Saved saved) {
            Along back = along.opposite();
            Tensor gx = Dispatch.apply(this, back, g, shifted(saved.input(1), back, 0));
            Tensor ga = saved.wants(1) ? gx.mul(shifted(saved.output(), along, 0)) : null;
            return new Tensor[] {gx, ga};
        }
    }

    public static final StructuredOp<Along> LINEAR_SCAN = register(new LinearScan());

    /**
     * Extremes that were found.
     *
     * @param values outside the graph
     * @param positions where they stand along the dimension
     */
    public record Found(int dim, Tensor values, Tensor positions) {}

    /** Gives a call of {@link #find} its place in the graph. */
    static final class Extreme extends StructuredOp<Found> {
        Extreme(String name, String doc) {
            super(name, doc);
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Found found, Tensor... in) {
            return found.values();
        }

        @Override
        protected Tensor[] grad(Found found, Tensor g, Saved saved) {
            Tensor zeros = Tensor.zeros(g.dtype(), saved.shape(0));
            return new Tensor[] {zeros.scatterAdd(found.dim(), found.positions(), g)};
        }
    }

    public static final StructuredOp<Found> CUMMAX =
            register(new Extreme("cummax", "Largest of the elements up to each along a dimension."));

    public static final StructuredOp<Found> CUMMIN =
            register(new Extreme("cummin", "Smallest of the elements up to each along a dimension."));

    /** The largest or smallest element so far and where it stands: the last of equal ones, and the last NaN. */
    public static Found find(boolean largest, Tensor x, int dim) {
        Lines lines = Lines.along(x.detach(), dim);
        Tensor values = Dispatch.empty(x.dtype(), x.sizes());
        Tensor positions = Dispatch.empty(DType.INT64, x.sizes());
        RunningExtremes.run(
                largest,
                lines.tiles(),
                Dispatch.operand(lines.x(), lines.x().sizes()),
                Dispatch.operand(values, values.sizes()),
                Dispatch.operand(positions, positions.sizes()));
        Reference.reachabilityFence(lines);
        Reference.reachabilityFence(values);
        Reference.reachabilityFence(positions);
        return new Found(dim, values, positions);
    }

    /** Each element at the place after its own, the first place filled, the last element lost. */
    static Tensor shifted(Tensor x, Along along, double fill) {
        if (x.dim() == 0) {
            return Tensor.fullLike(x, fill);
        }
        long n = x.size(along.dim());
        if (n == 0) {
            return x;
        }
        Tensor first = Tensor.fullLike(x.narrow(along.dim(), 0, 1), fill);
        return along.reverse()
                ? Tensor.cat(along.dim(), x.narrow(along.dim(), 1, n - 1), first)
                : Tensor.cat(along.dim(), first, x.narrow(along.dim(), 0, n - 1));
    }

    /** The product of all other elements along a dimension, without dividing. */
    static Tensor productOfOthers(Tensor x, int dim) {
        Along forward = new Along(dim);
        Along backward = forward.opposite();
        Tensor before = shifted(Dispatch.apply(CUMPROD, forward, x), forward, 1);
        return before.mul(shifted(Dispatch.apply(CUMPROD, backward, x), backward, 1));
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
