package dev.lanewise.op;

import java.util.ArrayList;
import java.util.List;

/** The registry: every declared op. Tests, benchmarks and the op table in the docs are made from it. */
public final class Ops {
    private Ops() {}

    /** All ops of all families. */
    public static List<Op> all() {
        List<Op> all = new ArrayList<>();
        all.addAll(UnaryOps.all());
        all.addAll(BinaryOps.all());
        all.addAll(DivisionOps.all());
        all.addAll(BinaryFunctionOps.all());
        all.addAll(BitOps.all());
        all.addAll(CompareOps.all());
        all.addAll(LogicOps.all());
        all.addAll(TernaryOps.all());
        all.addAll(ReduceOps.all());
        all.addAll(structured());
        return all;
    }

    /** All ops that are not elementwise and no reductions. */
    public static List<StructuredOp<?>> structured() {
        List<StructuredOp<?>> all = new ArrayList<>();
        all.addAll(ViewOps.all());
        all.addAll(Regions.all());
        all.addAll(Casts.all());
        all.addAll(JoinOps.all());
        all.addAll(IndexOps.all());
        all.addAll(MatmulOps.all());
        all.addAll(PowOps.all());
        all.addAll(DivisionOps.structured());
        all.addAll(PointwiseOps.all());
        all.addAll(NnOps.all());
        return all;
    }

    /** The functions made of ops, for the table in the docs. */
    public static List<Composite> composites() {
        List<Composite> all = new ArrayList<>();
        all.addAll(PointwiseOps.composites());
        return all;
    }
}
