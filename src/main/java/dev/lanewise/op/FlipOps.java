package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.Elementwise;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ops that copy elements to other places along their dimensions. */
public final class FlipOps {
    private static final List<StructuredOp<?>> ALL = new ArrayList<>();

    private FlipOps() {}

    static final class Flip extends StructuredOp<int[]> {
        Flip() {
            super("flip", "Copy with the order along some dimensions reversed.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(int[] dims, Tensor... in) {
            Tensor x = in[0];
            DType type = x.dtype();
            Tensor out = new Tensor(Storage.allocate(type, x.numel()), Layouts.common(name(), x));
            long[] shape = x.sizes();
            if (x.numel() > 0) {
                Elementwise.run(Casts.copyKernel(type, type), shape, Dispatch.operand(out, shape), reversed(x, dims));
            }
            Reference.reachabilityFence(in);
            Reference.reachabilityFence(out);
            return out;
        }

        /** Reads from the last place on backwards. */
        private static Operand reversed(Tensor x, int[] dims) {
            long[] strides = x.stride();
            long first = 0;
            for (int d : dims) {
                first += (x.size(d) - 1) * strides[d];
                strides[d] = -strides[d];
            }
            long start = x.byteOffset() + (first << x.dtype().shift());
            return new Operand(x.storage().segment(), start, x.dtype(), strides);
        }

        @Override
        protected Tensor[] grad(int[] dims, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(this, dims, g)};
        }
    }

    /** Its dimensions are counted from 0, each at most once. */
    public static final StructuredOp<int[]> FLIP = register(new Flip());

    /** How far to move along each of some dimensions. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Shifts(long[] by, int[] dims) {
        Shifts back() {
            long[] negative = by.clone();
            for (int i = 0; i < negative.length; i++) {
                negative[i] = -negative[i];
            }
            return new Shifts(negative, dims);
        }
    }

    static final class Roll extends StructuredOp<Shifts> {
        Roll() {
            super("roll", "Copy moved along dimensions; what leaves at the end comes back at the beginning.");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Shifts args, Tensor... in) {
            Tensor x = in[0];
            if (x.numel() == 0 || args.dims().length == 0) {
                return x.clone();
            }
            for (int i = 0; i < args.dims().length; i++) {
                int dim = args.dims()[i];
                long size = x.size(dim);
                long start = Math.floorMod(-args.by()[i], size);
                x = Tensor.cat(dim, x.narrow(dim, start, size - start), x.narrow(dim, 0, start));
            }
            return x;
        }

        @Override
        protected Tensor[] grad(Shifts args, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(this, args.back(), g)};
        }
    }

    /** Its dimensions are counted from 0; one may come more than once. */
    public static final StructuredOp<Shifts> ROLL = register(new Roll());

    static final class Repeat extends StructuredOp<long[]> {
        Repeat() {
            super("repeat", "Copy several times over along each dimension.");
            torch("torch.Tensor.repeat");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(long[] times, Tensor... in) {
            Tensor x = in[0];
            long[] sizes = padded(x.sizes(), times.length);
            long[] shape = new long[times.length];
            long[] once = new long[2 * times.length];
            for (int d = 0; d < shape.length; d++) {
                shape[d] = Math.multiplyExact(times[d], sizes[d]);
                once[2 * d] = 1;
                once[2 * d + 1] = sizes[d];
            }
            Tensor out = Dispatch.empty(x.dtype(), shape);
            if (out.numel() > 0) {
                View blocks = View.contiguous(interleaved(times, sizes));
                Casts.copyInto(new Tensor(out.storage(), blocks), x.reshape(once));
            }
            return out;
        }

        @Override
        protected Tensor[] grad(long[] times, Tensor g, Saved saved) {
            long[] sizes = padded(saved.shape(0), times.length);
            int[] repeated = new int[times.length];
            for (int d = 0; d < repeated.length; d++) {
                repeated[d] = 2 * d;
            }
            Tensor summed =
                    times.length == 0 ? g : g.reshape(interleaved(times, sizes)).sum(repeated);
            return new Tensor[] {summed.reshape(saved.shape(0))};
        }

        private static long[] padded(long[] sizes, int rank) {
            long[] out = new long[rank];
            int added = rank - sizes.length;
            for (int d = 0; d < rank; d++) {
                out[d] = d < added ? 1 : sizes[d - added];
            }
            return out;
        }

        private static long[] interleaved(long[] times, long[] sizes) {
            long[] out = new long[2 * times.length];
            for (int d = 0; d < times.length; d++) {
                out[2 * d] = times[d];
                out[2 * d + 1] = sizes[d];
            }
            return out;
        }
    }

    /** Takes at least as many numbers as there are dimensions, none of them negative. */
    public static final StructuredOp<long[]> REPEAT = register(new Repeat());

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <A> StructuredOp<A> register(StructuredOp<A> op) {
        ALL.add(op);
        return op;
    }
}
