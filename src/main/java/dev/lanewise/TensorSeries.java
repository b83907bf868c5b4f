package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.Promotion;

/** Tensors like another, evenly spaced numbers, window functions, and the dtypes of results. */
abstract class TensorSeries extends TensorFactories {
    TensorSeries(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ like another tensor

    /** A tensor of the shape, dtype and memory order of another whose elements are not set. */
    public static Tensor emptyLike(Tensor like) {
        return Dispatch.emptyLike(like.dtype(), like);
    }

    /** A tensor of the shape and memory order of another whose elements are not set. */
    public static Tensor emptyLike(Tensor like, DType dtype) {
        return Dispatch.emptyLike(dtype, like);
    }

    /** Zeros of the shape, dtype and memory order of another tensor. */
    public static Tensor zerosLike(Tensor like) {
        return zerosLike(like, like.dtype());
    }

    /** Zeros of the shape and memory order of another tensor. */
    public static Tensor zerosLike(Tensor like, DType dtype) {
        return like.isContiguous()
                ? zeros(dtype, like.sizes())
                : emptyLike(like, dtype).zero_();
    }

    /** Ones of the shape, dtype and memory order of another tensor. */
    public static Tensor onesLike(Tensor like) {
        return emptyLike(like).fill_(1);
    }

    /** Ones of the shape and memory order of another tensor. */
    public static Tensor onesLike(Tensor like, DType dtype) {
        return emptyLike(like, dtype).fill_(1);
    }

    /** A tensor of the shape, dtype and memory order of another with every element equal to a number. */
    public static Tensor fullLike(Tensor like, Number value) {
        return emptyLike(like).fill_(value);
    }

    /** A tensor of the shape and memory order of another with every element equal to a number. */
    public static Tensor fullLike(Tensor like, Number value, DType dtype) {
        return emptyLike(like, dtype).fill_(value);
    }

    /** A tensor of this one's dtype whose elements are not set. */
    public final Tensor newEmpty(long... shape) {
        return empty(dtype(), shape);
    }

    /** Zeros of this tensor's dtype. */
    public final Tensor newZeros(long... shape) {
        return zeros(dtype(), shape);
    }

    /** Ones of this tensor's dtype. */
    public final Tensor newOnes(long... shape) {
        return ones(dtype(), shape);
    }

    /** A tensor of this one's dtype with every element equal to a number. */
    public final Tensor newFull(Number value, long... shape) {
        return full(dtype(), value, shape);
    }

    /** A tensor of this one's dtype with the values of a nested array or list; a copy. */
    public final Tensor newTensor(Object nestedArray) {
        return of(dtype(), nestedArray);
    }

    // ------------------------------------------------------------------ evenly spaced

    /** INT64 numbers 0 to {@code end - 1}. */
    public static Tensor arange(long end) {
        return arange(0, end, 1);
    }

    /** INT64 numbers from {@code start} to before {@code end}. */
    public static Tensor arange(long start, long end) {
        return arange(start, end, 1);
    }

    /** INT64 numbers from {@code start} to before {@code end}, {@code step} apart. */
    public static Tensor arange(long start, long end, long step) {
        return Sequences.arange(start, end, step);
    }

    /** FLOAT32 numbers 0, 1, 2, ... to before {@code end}. */
    public static Tensor arange(double end) {
        return arange(0, end, 1.0);
    }

    /** FLOAT32 numbers {@code start}, {@code start + 1}, ... to before {@code end}. */
    public static Tensor arange(double start, double end) {
        return arange(start, end, 1.0);
    }

    /** FLOAT32 numbers {@code start + i · step} from {@code start} to before {@code end}. */
    public static Tensor arange(double start, double end, double step) {
        return Sequences.arange(DType.FLOAT32, start, end, step);
    }

    /** Numbers 0, 1, 2, ... to before {@code end}. */
    public static Tensor arange(DType dtype, Number end) {
        return arange(dtype, 0, end, 1);
    }

    /** Numbers {@code start}, {@code start + 1}, ... to before {@code end}. */
    public static Tensor arange(DType dtype, Number start, Number end) {
        return arange(dtype, start, end, 1);
    }

    /**
     * Numbers {@code start + i · step} from {@code start} to before {@code end}; an integer dtype truncates all three.
     */
    public static Tensor arange(DType dtype, Number start, Number end, Number step) {
        return Sequences.arange(dtype, start, end, step);
    }

    /** {@code steps} FLOAT32 numbers evenly spaced from {@code start} to {@code end}, both included. */
    public static Tensor linspace(double start, double end, long steps) {
        return linspace(DType.FLOAT32, start, end, steps);
    }

    /** {@code steps} numbers evenly spaced from {@code start} to {@code end}, both included; integers are truncated. */
    public static Tensor linspace(DType dtype, Number start, Number end, long steps) {
        return Sequences.linspace(dtype, start, end, steps);
    }

    /** {@code steps} FLOAT32 numbers from 10^start to 10^end, each the same multiple of the one before it. */
    public static Tensor logspace(double start, double end, long steps) {
        return logspace(DType.FLOAT32, start, end, steps, 10);
    }

    /** {@code steps} numbers {@code base^e} with e evenly spaced from {@code start} to {@code end}, both included. */
    public static Tensor logspace(DType dtype, Number start, Number end, long steps, double base) {
        return Sequences.logspace(dtype, start, end, steps, base);
    }

    /** The FLOAT32 unit matrix with {@code n} rows. */
    public static Tensor eye(long n) {
        return eye(n, n);
    }

    /** A FLOAT32 matrix with 1 on the main diagonal and 0 elsewhere. */
    public static Tensor eye(long rows, long columns) {
        return eye(DType.FLOAT32, rows, columns);
    }

    /** A matrix with 1 on the main diagonal and 0 elsewhere. */
    public static Tensor eye(DType dtype, long rows, long columns) {
        Tensor out = zeros(dtype, rows, columns);
        long[] side = {Math.min(rows, columns)};
        new Tensor(out.storage(), new View(side, new long[] {columns + 1}, 0)).fill_(1);
        return out;
    }

    // ------------------------------------------------------------------ window functions

    /** As {@link #hannWindow(DType, long, boolean)} in FLOAT32, periodic. */
    public static Tensor hannWindow(long n) {
        return hannWindow(DType.FLOAT32, n, true);
    }

    /** {@code (1 - cos(2π·i / N)) / 2} for i = 0 to n - 1; N is n if periodic, else n - 1. */
    public static Tensor hannWindow(DType dtype, long n, boolean periodic) {
        return Sequences.cosineWindow("hannWindow", dtype, n, periodic, 0.5, 0.5);
    }

    /** As {@link #hammingWindow(DType, long, boolean, double, double)} in FLOAT32, periodic, with 0.54 and 0.46. */
    public static Tensor hammingWindow(long n) {
        return hammingWindow(DType.FLOAT32, n, true, 0.54, 0.46);
    }

    /** {@code alpha - beta · cos(2π·i / N)} for i = 0 to n - 1; N is n if periodic, else n - 1. */
    public static Tensor hammingWindow(DType dtype, long n, boolean periodic, double alpha, double beta) {
        return Sequences.cosineWindow("hammingWindow", dtype, n, periodic, alpha, beta);
    }

    /** As {@link #blackmanWindow(DType, long, boolean)} in FLOAT32, periodic. */
    public static Tensor blackmanWindow(long n) {
        return blackmanWindow(DType.FLOAT32, n, true);
    }

    /** {@code 0.42 - 0.5·cos(2π·i / N) + 0.08·cos(4π·i / N)} for i = 0 to n - 1; N is n if periodic, else n - 1. */
    public static Tensor blackmanWindow(DType dtype, long n, boolean periodic) {
        return Sequences.blackmanWindow(dtype, n, periodic);
    }

    /** As {@link #bartlettWindow(DType, long, boolean)} in FLOAT32, periodic. */
    public static Tensor bartlettWindow(long n) {
        return bartlettWindow(DType.FLOAT32, n, true);
    }

    /** {@code 1 - |2·i / N - 1|} for i = 0 to n - 1; N is n if periodic, else n - 1. */
    public static Tensor bartlettWindow(DType dtype, long n, boolean periodic) {
        return Sequences.bartlettWindow(dtype, n, periodic);
    }

    // ------------------------------------------------------------------ dtypes

    /** The dtype that two dtypes are computed in together. */
    public static DType promoteTypes(DType a, DType b) {
        return DType.promote(a, b);
    }

    /** The dtype that two tensors are computed in together. */
    public static DType resultType(Tensor a, Tensor b) {
        return Promotion.resultType(a, b);
    }

    /** The dtype that a tensor and a number are computed in together. */
    public static DType resultType(Tensor a, Number b) {
        return Promotion.resultType(a.dtype(), b);
    }

    /** The dtype that a tensor and a truth value are computed in together: the tensor's. */
    public static DType resultType(Tensor a, boolean b) {
        return a.dtype();
    }

    /** The tensor in the dtype of another: itself if it has that dtype, else a copy. */
    public final Tensor to(Tensor other) {
        return self().to(other.dtype());
    }

    /** The tensor in another dtype: itself if it has that dtype and no copy is asked for, else a copy. */
    public final Tensor to(DType dtype, boolean copy) {
        return copy && dtype == dtype() ? self().clone() : self().to(dtype);
    }

    /** As {@link #to(Tensor)}. */
    public final Tensor typeAs(Tensor other) {
        return to(other);
    }
}
