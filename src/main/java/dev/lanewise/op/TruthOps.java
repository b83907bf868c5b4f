package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.simd.FoldOps;
import java.util.List;

/** Questions about all elements along dimensions. */
public final class TruthOps {
    private TruthOps() {}

    /** What both have in common: a BOOL, or UINT8 for UINT8 as in PyTorch. */
    abstract static class Truth extends StructuredOp<ReduceOp.Args> {
        Truth(String name, String doc) {
            super(name, doc);
            dtypes(DTypeRule.ANY);
            notDifferentiable("its result is boolean");
        }

        /** The answer as BOOL. */
        abstract Tensor answer(ReduceOp.Args over, Tensor x);

        @Override
        protected final Tensor forward(ReduceOp.Args over, Tensor... in) {
            DType type = in[0].dtype() == DType.UINT8 ? DType.UINT8 : DType.BOOL;
            return Dispatch.converted(answer(over, in[0]), type);
        }
    }

    static final class Any extends Truth {
        Any() {
            super("any", "Whether an element is not 0.");
        }

        @Override
        Tensor answer(ReduceOp.Args over, Tensor x) {
            return ReduceOp.any(FoldOps.NONZEROS, over, x);
        }
    }

    public static final StructuredOp<ReduceOp.Args> ANY = new Any();

    static final class All extends Truth {
        All() {
            super("all", "Whether all elements are not 0.");
        }

        @Override
        Tensor answer(ReduceOp.Args over, Tensor x) {
            return ReduceOp.any(FoldOps.ZEROS, over, x).logicalNot();
        }
    }

    public static final StructuredOp<ReduceOp.Args> ALL = new All();

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(ANY, ALL);
    }
}
