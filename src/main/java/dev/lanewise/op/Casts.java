package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.simd.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Copies: to another dtype, to another layout, into another tensor. */
public final class Casts {
    private static final int TYPES = DType.values().length;
    private static final MapKernel[] KERNELS = new MapKernel[TYPES * TYPES];
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private Casts() {}

    static final class To extends StructuredOp<DType> {
        To() {
            super("to", "Copy in another dtype; floating point to integer truncates toward zero.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(DType type, Tensor... in) {
            return convert(in[0], type);
        }

        @Override
        protected Tensor[] grad(DType type, Tensor g, Saved saved) {
            return new Tensor[] {g.to(saved.dtype(0))};
        }

        @Override
        public String gradName() {
            return "ToCopyBackward0";
        }
    }

    public static final StructuredOp<DType> TO = register(new To());

    static final class Clone extends StructuredOp<Void> {
        Clone() {
            super("clone", "Copy in the same memory order.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            return Dispatch.map(
                    copyKernel(in[0].dtype(), in[0].dtype()), in[0].dtype(), Layouts.common(name(), in[0]), in);
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            return new Tensor[] {g};
        }
    }

    public static final StructuredOp<Void> CLONE = register(new Clone());

    static final class Contiguous extends StructuredOp<Void> {
        Contiguous() {
            super("contiguous", "Copy in row-major order.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            DType type = in[0].dtype();
            return Dispatch.map(copyKernel(type, type), type, View.contiguous(in[0].sizes()), in);
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            return new Tensor[] {g};
        }

        @Override
        public String gradName() {
            return "CloneBackward0";
        }
    }

    public static final StructuredOp<Void> CONTIGUOUS = register(new Contiguous());

    /** The history of a tensor that another was copied into. */
    static final class Copy extends StructuredOp<Void> {
        Copy() {
            super("copy", "Elements of the second tensor, broadcast and converted, in place of those of the first.");
            reachedBy("Tensor.copy_, whose history it is");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Void args, Tensor... in) {
            return InPlace.copy(in[0].clone(), in[1]);
        }

        @Override
        protected Tensor[] grad(Void args, Tensor g, Saved saved) {
            return new Tensor[] {saved.wants(0) ? Tensor.zerosLike(g) : null, g};
        }

        @Override
        public String gradName() {
            return "CopyBackwards";
        }
    }

    static final StructuredOp<Void> COPY = register(new Copy());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** A copy in another dtype, outside the graph. */
    static Tensor convert(Tensor x, DType type) {
        return Dispatch.map(copyKernel(x.dtype(), type), type, Layouts.common("to", x), x);
    }

    /** Writes the elements of {@code source}, broadcast and converted, into {@code target}. */
    static void copyInto(Tensor target, Tensor source) {
        boolean overlaps = source.storage() == target.storage();
        Tensor from = overlaps ? convert(source, source.dtype()) : source;
        Dispatch.mapInto(copyKernel(source.dtype(), target.dtype()), target, from);
    }

    /** The kernel that copies elements of one dtype to another. */
    static MapKernel copyKernel(DType from, DType to) {
        int place = from.ordinal() * TYPES + to.ordinal();
        MapKernel kernel = KERNELS[place];
        if (kernel == null) {
            kernel = from == to ? Kernels.copy(from) : Kernels.cast(from, to);
            KERNELS[place] = kernel;
        }
        return kernel;
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
