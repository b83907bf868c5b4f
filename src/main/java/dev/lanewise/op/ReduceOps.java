package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;

/** The ops that combine elements along dimensions; {@link UnaryOps} says how to add one. */
public final class ReduceOps {
    private static final List<ReduceOp> ALL = new ArrayList<>();

    private ReduceOps() {}

    static class Sum extends ReduceOp {
        Sum() {
            this("sum", "Sum of the elements; of integers and booleans as INT64.");
        }

        Sum(String name, String doc) {
            super(name, doc);
            dtypes(DTypeRule.ANY);
        }

        @Override
        public double identity() {
            return 0;
        }

        @Override
        public double combine(double a, double b) {
            return a + b;
        }

        @Override
        public long combine(long a, long b) {
            return a + b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.add(b);
        }

        @Override
        public boolean fitsInt(DType type) {
            return type.byteSize() <= Short.BYTES;
        }

        @Override
        protected DType resultType(DType input) {
            return input.isFloatingPoint() ? input : DType.INT64;
        }

        @Override
        protected Tensor gradKept(Args args, Tensor g, Saved saved) {
            return g.expand(saved.shape(0));
        }
    }

    public static final ReduceOp SUM = register(new Sum());

    static final class Mean extends Sum {
        Mean() {
            super("mean", "Arithmetic mean of the elements; floating point only.");
            dtypes(DTypeRule.FLOATING);
        }

        @Override
        protected Tensor forward(Args args, Tensor... in) {
            DType type = in[0].dtype();
            if (!type.isFloatingPoint()) {
                throw Check.dtype("mean", "the dtype must be floating point")
                        .got(type)
                        .operand("self", type, in[0].sizes())
                        .hint("Convert with to(DType.FLOAT32) first.")
                        .error();
            }
            // A half-precision sum could overflow where the mean does not.
            Tensor sum = reduce(SUM, args, in[0], type.isHalf() ? DType.FLOAT32 : type);
            return Dispatch.converted(sum.div_(count(args, in[0].sizes())), type);
        }

        @Override
        protected Tensor gradKept(Args args, Tensor g, Saved saved) {
            return g.div(count(args, saved.shape(0))).expand(saved.shape(0));
        }
    }

    public static final ReduceOp MEAN = register(new Mean());

    static final class Prod extends ReduceOp {
        Prod() {
            super("prod", "Product of the elements; of integers and booleans as INT64.");
            dtypes(DTypeRule.ANY);
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        @Override
        public double identity() {
            return 1;
        }

        @Override
        public double combine(double a, double b) {
            return a * b;
        }

        @Override
        public long combine(long a, long b) {
            return a * b;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.mul(b);
        }

        @Override
        protected DType resultType(DType input) {
            return input.isFloatingPoint() ? input : DType.INT64;
        }

        /** The result divided by each element, or the product of the others where an element is 0. */
        @Override
        protected Tensor gradKept(Args args, Tensor g, Saved saved) {
            Tensor x = saved.input(0);
            if (x.eq(0).sum().itemLong() == 0) {
                return g.mul(kept(args, saved.output(), saved.shape(0))).div(x);
            }
            if (args.dims().length == 1) {
                return g.mul(RunningOps.productOfOthers(x, args.dims()[0]));
            }
            Tensor others = RunningOps.productOfOthers(x.reshape(x.numel()), 0);
            return g.mul(others.reshape(saved.shape(0)));
        }
    }

    public static final ReduceOp PROD = register(new Prod());

    /** What the largest and the smallest element have in common: the gradient is shared by all that equal it. */
    abstract static class Extreme extends ReduceOp {
        private final String wholeNode;

        /** @param wholeNode name of the node of the form without dimensions, which PyTorch calls max or min */
        Extreme(String name, String wholeNode, String doc) {
            super(name, doc);
            this.wholeNode = wholeNode;
            dtypes(DTypeRule.ANY);
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        @Override
        protected final Tensor forward(Args args, Tensor... in) {
            if (in[0].numel() == 0 && args.whole()) {
                throw Check.shape(name(), "there must be an element to choose")
                        .operand("self", in[0].dtype(), in[0].sizes())
                        .hint("Name a dimension whose size is not 0.")
                        .error();
            }
            for (int dim : args.dims()) {
                ArgOps.checkSize(name(), in[0], dim);
            }
            return super.forward(args, in);
        }

        @Override
        protected final Tensor gradKept(Args args, Tensor g, Saved saved) {
            Tensor x = saved.input(0);
            Tensor equal = x.eq(kept(args, saved.output(), saved.shape(0)));
            // NaN equals nothing; PyTorch's max() and min() give it the gradient all the same, amax and amin do not.
            Tensor chosen = (args.whole() ? equal.add(x.ne(x)) : equal).to(g.dtype());
            Tensor ties = chosen.sum(true, args.dims());
            return chosen.div(ties).mul(g);
        }

        @Override
        protected String gradName(Args args) {
            return args.whole() ? wholeNode : gradName();
        }

        @Override
        public final boolean fitsInt(DType type) {
            return true;
        }
    }

    static final class Amax extends Extreme {
        Amax() {
            super("amax", "MaxBackward1", "Largest element; NaN if there is one.");
        }

        @Override
        public double identity() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double combine(double a, double b) {
            return Math.max(a, b);
        }

        @Override
        public long combine(long a, long b) {
            return Math.max(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.max(b);
        }
    }

    public static final ReduceOp AMAX = register(new Amax());

    static final class Amin extends Extreme {
        Amin() {
            super("amin", "MinBackward1", "Smallest element; NaN if there is one.");
        }

        @Override
        public double identity() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double combine(double a, double b) {
            return Math.min(a, b);
        }

        @Override
        public long combine(long a, long b) {
            return Math.min(a, b);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> a, Vector<E> b) {
            return a.min(b);
        }
    }

    public static final ReduceOp AMIN = register(new Amin());

    /** All ops of this family. */
    public static List<ReduceOp> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static ReduceOp register(ReduceOp op) {
        ALL.add(op);
        return op;
    }
}
