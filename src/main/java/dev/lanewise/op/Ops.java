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
        all.addAll(ExpLogOps.all());
        all.addAll(TrigOps.all());
        all.addAll(HyperbolicOps.all());
        all.addAll(RoundingOps.all());
        all.addAll(SpecialOps.all());
        all.addAll(ActivationOps.all());
        all.addAll(ParametricOps.all());
        all.addAll(LossOps.all());
        all.addAll(PredicateOps.all());
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
        all.addAll(PickOps.all());
        all.addAll(ScatterOps.all());
        all.addAll(PartOps.all());
        all.addAll(SortOps.all());
        all.addAll(MatmulOps.all());
        all.addAll(AddProductOps.all());
        all.addAll(PowOps.all());
        all.addAll(DivisionOps.structured());
        all.addAll(PointwiseOps.all());
        all.addAll(NnOps.all());
        all.addAll(StatisticsOps.all());
        all.addAll(TruthOps.all());
        all.addAll(RunningOps.all());
        all.addAll(NormOps.all());
        all.addAll(LinalgOps.all());
        all.addAll(TriangularOps.all());
        all.addAll(OrthogonalOps.all());
        all.addAll(EigenOps.all());
        all.addAll(ReplaceOps.all());
        all.addAll(TriangleOps.all());
        all.addAll(FlipOps.all());
        all.addAll(PadOps.all());
        all.addAll(CtcOps.all());
        all.addAll(StandardizeOps.all());
        all.addAll(LineNormOps.all());
        all.addAll(ConvOps.all());
        all.addAll(PoolOps.all());
        all.addAll(EmbeddingOps.all());
        all.addAll(RecurrentOps.all());
        all.addAll(AttentionOps.all());
        all.addAll(ResampleOps.all());
        return all;
    }

    /** The functions made of ops, for the table in the docs. */
    public static List<Composite> composites() {
        List<Composite> all = new ArrayList<>();
        all.addAll(AddProductOps.composites());
        all.addAll(StatisticsOps.composites());
        all.addAll(NormOps.composites());
        all.addAll(LinalgOps.composites());
        all.addAll(ReplaceOps.composites());
        all.addAll(ShapeComposites.views());
        all.addAll(ShapeComposites.copies());
        all.addAll(ShapeComposites.windows());
        all.addAll(LayerComposites.all());
        all.addAll(ShapeComposites.factories());
        all.addAll(MaskOps.composites());
        all.addAll(SortOps.composites());
        all.addAll(PointwiseOps.composites());
        all.addAll(DrawComposites.all());
        all.addAll(DrawComposites.differentiable());
        all.addAll(LossOps.composites());
        all.addAll(EmbeddingOps.composites());
        all.addAll(ResampleOps.composites());
        return all;
    }
}
