package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.List;

/** Padding with a number. */
public final class PadOps {
    private PadOps() {}

    /** Places added before and after each dimension, negative ones taken away, and what is put there. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Padding(long[] before, long[] after, Number value) {
        /** The padding that gives back what this one left and 0 for what it took away. */
        Padding undone() {
            long[] less = before.clone();
            long[] lessAfter = after.clone();
            for (int d = 0; d < less.length; d++) {
                less[d] = -less[d];
                lessAfter[d] = -lessAfter[d];
            }
            return new Padding(less, lessAfter, 0);
        }
    }

    static final class Pad extends StructuredOp<Padding> {
        Pad() {
            super("pad", "Copy with places of one value around it, or without some places at the edges.");
            torch("torch.nn.functional.pad");
            dtypes(DTypeRule.ANY);
        }

        @Override
        protected Tensor forward(Padding args, Tensor... in) {
            long[] shape = in[0].sizes().clone();
            Tensor source = in[0];
            for (int d = 0; d < shape.length; d++) {
                long from = Math.max(0, -args.before()[d]);
                long kept = shape[d] - from - Math.max(0, -args.after()[d]);
                source = source.narrow(d, from, kept);
                shape[d] += args.before()[d] + args.after()[d];
            }
            Tensor out = Tensor.full(source.dtype(), args.value(), shape);
            Tensor inner = out;
            for (int d = 0; d < shape.length; d++) {
                inner = inner.narrow(d, Math.max(0, args.before()[d]), source.size(d));
            }
            Casts.copyInto(inner, source);
            return out;
        }

        @Override
        protected Tensor[] grad(Padding args, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(this, args.undone(), g)};
        }

        @Override
        public String gradName() {
            return "ConstantPadNdBackward0";
        }
    }

    private static final StructuredOp<Padding> PAD = new Pad();

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(PAD);
    }

    /**
     * A copy padded with a number.
     *
     * @param pads places before and after the last dimension, then the one before it, and so on; at most two per
     *     dimension
     */
    public static Tensor pad(Tensor x, long[] pads, Number value) {
        int rank = x.dim();
        if (pads.length % 2 != 0 || pads.length > 2 * rank) {
            throw Check.shape("pad", "there must be two numbers for each of some last dimensions")
                    .expected("an even number of at most " + 2 * rank)
                    .got(pads)
                    .operand("input", x.dtype(), x.sizes())
                    .error();
        }
        long[] before = new long[rank];
        long[] after = new long[rank];
        for (int i = 0; i < pads.length / 2; i++) {
            int d = rank - 1 - i;
            before[d] = pads[2 * i];
            after[d] = pads[2 * i + 1];
            if (Math.min(0, before[d]) + Math.min(0, after[d]) + x.size(d) < 0) {
                throw Check.shape("pad", "no more places can be taken away than there are")
                        .expected("at most " + x.size(d) + " in dim " + d)
                        .got(pads)
                        .operand("input", x.dtype(), x.sizes())
                        .error();
            }
        }
        return Dispatch.apply(PAD, new Padding(before, after, value), x);
    }
}
