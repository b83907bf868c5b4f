package dev.lanewise.op;

import dev.lanewise.Tensor;
import java.lang.ref.Reference;

/**
 * An op whose result is its first input with some elements written anew, so that it can be done in place as well.
 *
 * @param <A> the arguments beside the tensors
 */
public abstract class ChangeOp<A> extends StructuredOp<A> {
    ChangeOp(String name, String doc) {
        super(name, doc);
        dtypes(DTypeRule.ANY);
    }

    /** Refuses what cannot be done, under the name that was called; nothing is written before. */
    abstract void check(String called, A args, Tensor... in);

    /** Writes into {@code out}, which holds the elements of the first input. */
    abstract void write(A args, Tensor out, Tensor... in);

    @Override
    protected final Tensor forward(A args, Tensor... in) {
        check(name(), args, in);
        Tensor out = in[0].clone();
        write(args, out, in);
        Reference.reachabilityFence(in);
        return out;
    }

    /** Applies an op to a copy of the first input, or to that itself. */
    public static <A> Tensor apply(ChangeOp<A> op, boolean inPlace, A args, Tensor... in) {
        return inPlace ? op.change(op.inPlaceName(), args, in) : Dispatch.apply(op, args, in);
    }

    /** Changes the first input itself, called by another name. */
    final Tensor change(String called, A args, Tensor... in) {
        Tensor self = in[0];
        InPlace.check(called, self, self.dtype());
        check(called, args, in);
        var edges = self.isFloatingPoint() && Dispatch.needsGrad(in) ? Dispatch.edges(in) : null;
        Tensor[] kept = in;
        if (edges != null && (OpNode.mask(this, edges) & 1 << Saves.INPUT0.ordinal()) != 0) {
            kept = in.clone();
            kept[0] = self.detach().clone();
        }
        write(args, self.detach(), apart(in));
        self.storage().bumpVersion(called);
        if (edges != null) {
            InPlace.rebase(self, new OpNode(this, args, kept, self, edges));
        }
        Reference.reachabilityFence(in);
        return self;
    }

    /** The inputs outside the graph; those that share memory with the first as copies, for they are read while it is written. */
    private static Tensor[] apart(Tensor[] in) {
        Tensor[] result = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            Tensor outside = in[i].detach();
            boolean shared = i > 0 && in[i].storage() == in[0].storage();
            result[i] = shared ? outside.clone() : outside;
        }
        return result;
    }
}
