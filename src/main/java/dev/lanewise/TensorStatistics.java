package dev.lanewise;

import dev.lanewise.internal.kernel.Selection;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.CountOps;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.InPlace;
import dev.lanewise.op.IndexOps;
import dev.lanewise.op.NormOps;
import dev.lanewise.op.ReduceOp;
import dev.lanewise.op.StatisticsOps;
import dev.lanewise.op.StructuredOp;
import dev.lanewise.op.TruthOps;

/** Statistics along dimensions, norms, and counts. */
abstract class TensorStatistics extends TensorRunning {
    TensorStatistics(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ variance

    /** The variance of all elements, 0-d, with the divisor n - 1; floating point only. */
    public final Tensor var() {
        return var(null, 1, false);
    }

    /** The variances along dimensions, which are dropped, with the divisor n - 1. */
    public final Tensor var(int... dims) {
        return var(dims, 1, false);
    }

    /** The variances along dimensions (none means all), with the divisor n - 1 if {@code unbiased}, else n. */
    public final Tensor var(boolean unbiased, int... dims) {
        return var(dims.length == 0 ? null : dims, unbiased ? 1 : 0, false);
    }

    /** The variances along dimensions, which stay with size 1, with the divisor n - 1. */
    public final Tensor varKeepDim(int... dims) {
        return var(dims, 1, true);
    }

    /**
     * The variances along dimensions: Σ (x - mean)² / (n - correction), with a divisor of at least 0.
     *
     * @param dims null or empty means all
     */
    public final Tensor var(int[] dims, long correction, boolean keepDim) {
        return spread(StatisticsOps.VAR, dims, correction, keepDim);
    }

    /** The standard deviation of all elements, 0-d, with the divisor n - 1; floating point only. */
    public final Tensor std() {
        return std(null, 1, false);
    }

    /** The standard deviations along dimensions, which are dropped, with the divisor n - 1. */
    public final Tensor std(int... dims) {
        return std(dims, 1, false);
    }

    /** The standard deviations along dimensions (none means all), with the divisor n - 1 if {@code unbiased}, else n. */
    public final Tensor std(boolean unbiased, int... dims) {
        return std(dims.length == 0 ? null : dims, unbiased ? 1 : 0, false);
    }

    /** The standard deviations along dimensions, which stay with size 1, with the divisor n - 1. */
    public final Tensor stdKeepDim(int... dims) {
        return std(dims, 1, true);
    }

    /**
     * The standard deviations along dimensions, the square roots of {@link #var(int[], long, boolean)}.
     *
     * @param dims null or empty means all
     */
    public final Tensor std(int[] dims, long correction, boolean keepDim) {
        return spread(StatisticsOps.STD, dims, correction, keepDim);
    }

    /** The variances and means along dimensions (none means all), with the divisor n - 1. */
    public final VarMean varMean(int... dims) {
        return varMean(dims.length == 0 ? null : dims, 1, false);
    }

    /** The variances with any correction, and the means, along dimensions; null or empty means all. */
    public final VarMean varMean(int[] dims, long correction, boolean keepDim) {
        Tensor[] both = withMeans(StatisticsOps.VAR, dims, correction, keepDim);
        return new VarMean(both[0], both[1]);
    }

    /** The standard deviations and means along dimensions (none means all), with the divisor n - 1. */
    public final StdMean stdMean(int... dims) {
        return stdMean(dims.length == 0 ? null : dims, 1, false);
    }

    /** The standard deviations with any correction, and the means, along dimensions; null or empty means all. */
    public final StdMean stdMean(int[] dims, long correction, boolean keepDim) {
        Tensor[] both = withMeans(StatisticsOps.STD, dims, correction, keepDim);
        return new StdMean(both[0], both[1]);
    }

    private Tensor[] withMeans(StructuredOp<StatisticsOps.Spread> op, int[] dims, long correction, boolean keepDim) {
        return StatisticsOps.withMeans(
                op, new StatisticsOps.Spread(over(op.name(), dims, keepDim), correction), self());
    }

    private Tensor spread(StructuredOp<StatisticsOps.Spread> op, int[] dims, long correction, boolean keepDim) {
        return Dispatch.apply(op, new StatisticsOps.Spread(over(op.name(), dims, keepDim), correction), self());
    }

    private ReduceOp.Args over(String op, int[] dims, boolean keepDim) {
        return dims == null && !keepDim
                ? ReduceOp.Args.all(self())
                : ReduceOp.Args.of(op, self(), keepDim, dims == null ? new int[0] : dims);
    }

    // ------------------------------------------------------------------ sums and extremes

    /** log(Σ exp(x)) along dimensions (none means all), which are dropped; computed so that nothing overflows. */
    public final Tensor logsumexp(int... dims) {
        return Dispatch.apply(StatisticsOps.LOGSUMEXP, over("logsumexp", dims, false), self());
    }

    /** log(Σ exp(x)) along dimensions, which stay with size 1. */
    public final Tensor logsumexpKeepDim(int... dims) {
        return Dispatch.apply(StatisticsOps.LOGSUMEXP, over("logsumexp", dims, true), self());
    }

    /** The sums of what is not NaN along dimensions (none means all), which are dropped. */
    public final Tensor nansum(int... dims) {
        return withoutNan().sum(false, dims);
    }

    /** The sums of what is not NaN along dimensions, which stay with size 1. */
    public final Tensor nansumKeepDim(int... dims) {
        return withoutNan().sum(true, dims);
    }

    /** The sums of what is not NaN of the elements in another dtype, which the sums have too. */
    public final Tensor nansum(DType dtype, int... dims) {
        return as(dtype, self().to(dtype).nansum(dims));
    }

    /** The sums of what is not NaN of the elements in another dtype, along dimensions that stay with size 1. */
    public final Tensor nansumKeepDim(DType dtype, int... dims) {
        return as(dtype, self().to(dtype).nansumKeepDim(dims));
    }

    /** The means of what is not NaN along dimensions (none means all), which are dropped; floating point only. */
    public final Tensor nanmean(int... dims) {
        StatisticsOps.checkFloating("nanmean", self());
        return nansum(dims).div(self().eq(self()).sum(false, dims));
    }

    /** The means of what is not NaN along dimensions, which stay with size 1. */
    public final Tensor nanmeanKeepDim(int... dims) {
        StatisticsOps.checkFloating("nanmean", self());
        return nansumKeepDim(dims).div(self().eq(self()).sum(true, dims));
    }

    /** The means of what is not NaN of the elements in another, floating-point dtype. */
    public final Tensor nanmean(DType dtype, int... dims) {
        return self().to(dtype).nanmean(dims);
    }

    /** The means of what is not NaN of the elements in another dtype, along dimensions that stay with size 1. */
    public final Tensor nanmeanKeepDim(DType dtype, int... dims) {
        return self().to(dtype).nanmeanKeepDim(dims);
    }

    private Tensor withoutNan() {
        return isFloatingPoint() ? Tensor.where(self().ne(self()), Tensor.scalar(dtype(), 0), self()) : self();
    }

    /** The smallest and the largest elements along dimensions (none means all), which are dropped. */
    public final MinMax aminmax(int... dims) {
        return new MinMax(self().amin(dims), self().amax(dims));
    }

    /** The smallest and the largest elements along dimensions, which stay with size 1. */
    public final MinMax aminmaxKeepDim(int... dims) {
        return new MinMax(self().aminKeepDim(dims), self().amaxKeepDim(dims));
    }

    // ------------------------------------------------------------------ medians and modes

    /** The lower median of all elements, 0-d; NaN if there is one, or no element. Equal elements share the gradient. */
    public final Tensor median() {
        return Dispatch.apply(StatisticsOps.MEDIAN_OF_ALL, null, self());
    }

    /** The lower medians along a dimension, which is dropped, and where they stand; NaN where there is one. */
    public final ValuesIndices median(int dim) {
        return selected(StatisticsOps.MEDIAN, Selection.Kind.MEDIAN, dim, false);
    }

    /** The lower medians along a dimension, which stays with size 1, and where they stand. */
    public final ValuesIndices medianKeepDim(int dim) {
        return selected(StatisticsOps.MEDIAN, Selection.Kind.MEDIAN, dim, true);
    }

    /** The lower median of what is not NaN, 0-d; NaN if there is nothing else. */
    public final Tensor nanmedian() {
        return Dispatch.apply(StatisticsOps.NANMEDIAN_OF_ALL, null, self());
    }

    /** The lower medians of what is not NaN along a dimension, which is dropped, and where they stand. */
    public final ValuesIndices nanmedian(int dim) {
        return selected(StatisticsOps.NANMEDIAN, Selection.Kind.NAN_MEDIAN, dim, false);
    }

    /** The lower medians of what is not NaN along a dimension, which stays with size 1, and where they stand. */
    public final ValuesIndices nanmedianKeepDim(int dim) {
        return selected(StatisticsOps.NANMEDIAN, Selection.Kind.NAN_MEDIAN, dim, true);
    }

    /** The most frequent elements along the last dimension, the smallest of several, and where they stand last. */
    public final ValuesIndices mode() {
        return mode(-1);
    }

    /** The most frequent elements along a dimension, which is dropped, and where they stand last. */
    public final ValuesIndices mode(int dim) {
        return selected(StatisticsOps.MODE, Selection.Kind.MODE, dim, false);
    }

    /** The most frequent elements along a dimension, which stays with size 1, and where they stand last. */
    public final ValuesIndices modeKeepDim(int dim) {
        return selected(StatisticsOps.MODE, Selection.Kind.MODE, dim, true);
    }

    private ValuesIndices selected(StructuredOp<IndexOps.Positions> op, Selection.Kind kind, int dim, boolean keepDim) {
        int d = Shapes.wrapDim(op.name(), dim, dim());
        if (dim() == 0) {
            TensorStatistics alone = self().reshape(1);
            return alone.selected(op, kind, 0, false);
        }
        Tensor positions = StatisticsOps.find(kind, self(), d);
        IndexOps.Positions at = new IndexOps.Positions(d, positions, sizes(), !keepDim);
        return new ValuesIndices(Dispatch.apply(op, at, self()), keepDim ? positions : positions.squeeze(d), op.name());
    }

    // ------------------------------------------------------------------ norms

    /** The Euclidean norm √Σ x² of all elements, 0-d; floating point only. */
    public final Tensor norm() {
        return norm(2);
    }

    /** The norms (Σ |x|^p)^(1/p) along dimensions (none means all), which are dropped; p may be 0 or ±infinite. */
    public final Tensor norm(Number p, int... dims) {
        return norm(p, dims, false, null);
    }

    /** The norms along dimensions, which stay with size 1. */
    public final Tensor normKeepDim(Number p, int... dims) {
        return norm(p, dims, true, null);
    }

    /**
     * The norms (Σ |x|^p)^(1/p) along dimensions.
     *
     * @param p the order; 0 counts what is not 0, ±infinity takes the largest or smallest |x|
     * @param dims null or empty means all
     * @param dtype what the elements are converted to first; null means their own
     */
    public final Tensor norm(Number p, int[] dims, boolean keepDim, DType dtype) {
        Tensor x = dtype == null ? self() : self().to(dtype);
        NormOps.Norm norm = new NormOps.Norm(over("norm", dims, keepDim), p.doubleValue());
        return Dispatch.apply(NormOps.NORM, norm, x);
    }

    /** The Euclidean distance of two tensors, which are broadcast together. */
    public final Tensor dist(Tensor other) {
        return dist(other, 2);
    }

    /** The norm of order p of the difference of two tensors, which are broadcast together. */
    public final Tensor dist(Tensor other, Number p) {
        return self().sub(other).norm(p);
    }

    /** The tensor with each slice of a dimension whose norm of order p is above {@code maxnorm} scaled down to it. */
    public final Tensor renorm(Number p, int dim, Number maxnorm) {
        NormOps.checkRenorm(self(), p, maxnorm);
        int d = Shapes.wrapDim("renorm", dim, dim());
        int[] others = new int[dim() - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = i < d ? i : i + 1;
        }
        Tensor norms = self().normKeepDim(p, others);
        // The small number is PyTorch's.
        Tensor factors = norms.add(1e-7).rdiv(maxnorm);
        return self().mul(Tensor.where(norms.gt(maxnorm), factors, Tensor.scalar(dtype(), 1)));
    }

    /** Scales slices down as {@link #renorm} does. Changes and returns this tensor. */
    public final Tensor renorm_(Number p, int dim, Number maxnorm) {
        InPlace.checkFill("renorm_", self());
        return InPlace.copy("renorm_", self(), self().clone().renorm(p, dim, maxnorm));
    }

    // ------------------------------------------------------------------ truth and counts

    /** Whether all elements along dimensions (none means all) are not 0: BOOL, or UINT8 for UINT8; true for none. */
    public final Tensor all(int... dims) {
        return truth(TruthOps.ALL, false, dims);
    }

    /** Whether all elements along dimensions are not 0; the dimensions stay with size 1. */
    public final Tensor allKeepDim(int... dims) {
        return truth(TruthOps.ALL, true, dims);
    }

    /** Whether an element along dimensions (none means all) is not 0: BOOL, or UINT8 for UINT8; false for none. */
    public final Tensor any(int... dims) {
        return truth(TruthOps.ANY, false, dims);
    }

    /** Whether an element along dimensions is not 0; the dimensions stay with size 1. */
    public final Tensor anyKeepDim(int... dims) {
        return truth(TruthOps.ANY, true, dims);
    }

    private Tensor truth(StructuredOp<ReduceOp.Args> op, boolean keepDim, int... dims) {
        return Dispatch.apply(op, ReduceOp.Args.of(op.name(), self(), keepDim, dims), self());
    }

    /** How many elements along dimensions (none means all) are not 0, INT64. */
    public final Tensor countNonzero(int... dims) {
        return self().ne(0).sum(false, dims);
    }

    /** How often each whole number from 0 to the largest element occurs in a 1-d tensor, INT64. */
    public final Tensor bincount() {
        return bincount(null, 0);
    }

    /** The sums of the weights of each whole number from 0 on in a 1-d tensor; FLOAT64 unless the weights are FLOAT32. */
    public final Tensor bincount(Tensor weights) {
        return bincount(weights, 0);
    }

    /**
     * How often each whole number from 0 on occurs in a 1-d tensor of integers, or the sums of their weights.
     *
     * @param weights of the same shape, or null
     * @param minlength length of the result at least
     */
    public final Tensor bincount(Tensor weights, long minlength) {
        return CountOps.bincount(self(), weights, minlength);
    }

    /** How many elements are in each of 100 intervals of equal width between the smallest and the largest. */
    public final Tensor histc() {
        return histc(100);
    }

    /** How many elements are in each of some intervals of equal width between the smallest and the largest. */
    public final Tensor histc(int bins) {
        return histc(bins, 0, 0);
    }

    /**
     * How many elements are in each of some intervals of equal width, of which the last includes its end; in the dtype of
     * the tensor, floating point only.
     *
     * @param min where the first interval begins; elements below, and NaN, are left out
     * @param max where the last one ends; if it equals {@code min}, the ends are the smallest and the largest element
     */
    public final Tensor histc(int bins, double min, double max) {
        return CountOps.histc(self(), bins, min, max);
    }
}
