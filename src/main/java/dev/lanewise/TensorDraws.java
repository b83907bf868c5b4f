package dev.lanewise;

import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;

/**
 * Random numbers: new tensors of them, drawn into the tensor, or with its elements as parameters.
 *
 * <p>Everything takes a {@link Generator} and has a form without one that draws from
 * {@link Generator#defaultGenerator()}; a generator comes before a shape and after anything else. The draws are
 * PyTorch's for the same seed. They follow the order of memory, and no gradient flows through them.
 */
abstract class TensorDraws extends TensorLinalg {
    TensorDraws(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    private static Generator common() {
        return Generator.defaultGenerator();
    }

    // ------------------------------------------------------------------ new tensors

    /** FLOAT32 numbers uniform in [0, 1). */
    public static Tensor rand(long... shape) {
        return rand(common(), DType.FLOAT32, shape);
    }

    /** Numbers of a floating-point dtype, uniform in [0, 1). */
    public static Tensor rand(DType dtype, long... shape) {
        return rand(common(), dtype, shape);
    }

    /** FLOAT32 numbers uniform in [0, 1). */
    public static Tensor rand(Generator generator, long... shape) {
        return rand(generator, DType.FLOAT32, shape);
    }

    /** Numbers of a floating-point dtype, uniform in [0, 1). */
    public static Tensor rand(Generator generator, DType dtype, long... shape) {
        return RandomFill.uniform(Tensor.empty(dtype, shape), 0, 1, generator);
    }

    /** Numbers uniform in [0, 1) of the shape, dtype and memory order of another tensor. */
    public static Tensor randLike(Tensor like) {
        return randLike(like, like.dtype());
    }

    /** Numbers uniform in [0, 1) of the shape and memory order of another tensor. */
    public static Tensor randLike(Tensor like, DType dtype) {
        return randLike(like, dtype, common());
    }

    /** Numbers uniform in [0, 1) of the shape and memory order of another tensor. */
    public static Tensor randLike(Tensor like, DType dtype, Generator generator) {
        return RandomFill.uniform(RandomFill.emptyLike(like, dtype), 0, 1, generator);
    }

    /** FLOAT32 standard normal numbers. */
    public static Tensor randn(long... shape) {
        return randn(common(), DType.FLOAT32, shape);
    }

    /** Standard normal numbers of a floating-point dtype. */
    public static Tensor randn(DType dtype, long... shape) {
        return randn(common(), dtype, shape);
    }

    /** FLOAT32 standard normal numbers. */
    public static Tensor randn(Generator generator, long... shape) {
        return randn(generator, DType.FLOAT32, shape);
    }

    /** Standard normal numbers of a floating-point dtype. */
    public static Tensor randn(Generator generator, DType dtype, long... shape) {
        return RandomFill.normal(Tensor.empty(dtype, shape), 0, 1, generator);
    }

    /** Standard normal numbers of the shape, dtype and memory order of another tensor. */
    public static Tensor randnLike(Tensor like) {
        return randnLike(like, like.dtype());
    }

    /** Standard normal numbers of the shape and memory order of another tensor. */
    public static Tensor randnLike(Tensor like, DType dtype) {
        return randnLike(like, dtype, common());
    }

    /** Standard normal numbers of the shape and memory order of another tensor. */
    public static Tensor randnLike(Tensor like, DType dtype, Generator generator) {
        return RandomFill.normal(RandomFill.emptyLike(like, dtype), 0, 1, generator);
    }

    /** INT64 numbers uniform in {@code [0, high)}; the shape is an array, since more numbers would be bounds. */
    public static Tensor randint(long high, long[] shape) {
        return randint(0, high, shape);
    }

    /** INT64 numbers uniform in {@code [low, high)}. */
    public static Tensor randint(long low, long high, long... shape) {
        return randint(common(), DType.INT64, low, high, shape);
    }

    /** Whole numbers of any dtype that holds them, uniform in {@code [low, high)}. */
    public static Tensor randint(DType dtype, long low, long high, long... shape) {
        return randint(common(), dtype, low, high, shape);
    }

    /** INT64 numbers uniform in {@code [low, high)}. */
    public static Tensor randint(Generator generator, long low, long high, long... shape) {
        return randint(generator, DType.INT64, low, high, shape);
    }

    /** Whole numbers of any dtype that holds them, uniform in {@code [low, high)}. */
    public static Tensor randint(Generator generator, DType dtype, long low, long high, long... shape) {
        return RandomFill.random(Tensor.empty(dtype, shape), low, high, generator);
    }

    /** Whole numbers uniform in {@code [0, high)} of the shape, dtype and memory order of another tensor. */
    public static Tensor randintLike(Tensor like, long high) {
        return randintLike(like, 0, high);
    }

    /** Whole numbers uniform in {@code [low, high)} of the shape, dtype and memory order of another tensor. */
    public static Tensor randintLike(Tensor like, long low, long high) {
        return randintLike(like, low, high, like.dtype(), common());
    }

    /** Whole numbers uniform in {@code [low, high)} of the shape and memory order of another tensor. */
    public static Tensor randintLike(Tensor like, long low, long high, DType dtype, Generator generator) {
        return RandomFill.random(RandomFill.emptyLike(like, dtype), low, high, generator);
    }

    /** The INT64 numbers 0 to {@code n - 1} in random order. */
    public static Tensor randperm(long n) {
        return randperm(n, common());
    }

    /** The INT64 numbers 0 to {@code n - 1} in random order. */
    public static Tensor randperm(long n, Generator generator) {
        return Tensor.of(generator.randperm(n));
    }

    /** The numbers 0 to {@code n - 1} of a dtype in random order. */
    public static Tensor randperm(long n, DType dtype) {
        return randperm(n, dtype, common());
    }

    /** The numbers 0 to {@code n - 1} of a dtype in random order. */
    public static Tensor randperm(long n, DType dtype, Generator generator) {
        return randperm(n, generator).to(dtype);
    }

    /** FLOAT32 normal numbers. */
    public static Tensor normal(double mean, double std, long... shape) {
        return normal(common(), mean, std, shape);
    }

    /** FLOAT32 normal numbers. */
    public static Tensor normal(Generator generator, double mean, double std, long... shape) {
        return normal(generator, DType.FLOAT32, mean, std, shape);
    }

    /** Normal numbers of a floating-point dtype. */
    public static Tensor normal(Generator generator, DType dtype, double mean, double std, long... shape) {
        return RandomFill.normal(Tensor.empty(dtype, shape), mean, std, generator);
    }

    /** For each mean and deviation, broadcast together, a normal number of the dtype of the mean. */
    public static Tensor normal(Tensor mean, Tensor std) {
        return normal(mean, std, common());
    }

    /** For each mean and deviation, broadcast together, a normal number of the dtype of the mean. */
    public static Tensor normal(Tensor mean, Tensor std, Generator generator) {
        return RandomChoice.normal(mean, std, generator);
    }

    /** For each mean a normal number. */
    public static Tensor normal(Tensor mean, double std) {
        return normal(mean, std, common());
    }

    /** For each mean a normal number. */
    public static Tensor normal(Tensor mean, double std, Generator generator) {
        return RandomChoice.normal(mean, std, generator);
    }

    /** For each deviation a normal number. */
    public static Tensor normal(double mean, Tensor std) {
        return normal(mean, std, common());
    }

    /** For each deviation a normal number. */
    public static Tensor normal(double mean, Tensor std, Generator generator) {
        return RandomChoice.normal(mean, std, generator);
    }

    // ------------------------------------------------------------------ the elements as parameters

    /** For each element, a probability, 1 with that probability and 0 otherwise. */
    public final Tensor bernoulli() {
        return bernoulli(common());
    }

    /** For each element, a probability, 1 with that probability and 0 otherwise. */
    public final Tensor bernoulli(Generator generator) {
        return RandomChoice.bernoulli(RandomFill.emptyLike(self(), dtype()), self(), generator);
    }

    /** 1 with probability {@code p} and 0 otherwise, in the shape, dtype and memory order of this tensor. */
    public final Tensor bernoulli(double p) {
        return bernoulli(p, common());
    }

    /** 1 with probability {@code p} and 0 otherwise, in the shape, dtype and memory order of this tensor. */
    public final Tensor bernoulli(double p, Generator generator) {
        return RandomFill.bernoulli(RandomFill.emptyLike(self(), dtype()), p, generator);
    }

    /** {@code count} different positions, drawn with the elements as weights; see the form with all parameters. */
    public final Tensor multinomial(long count) {
        return multinomial(count, false);
    }

    /** {@code count} positions, drawn with the elements as weights; see the form with all parameters. */
    public final Tensor multinomial(long count, boolean replacement) {
        return multinomial(count, replacement, common());
    }

    /**
     * Positions drawn with the elements as weights, which need not sum to 1.
     *
     * <p>Of weights {@code [n]} an INT64 tensor {@code [count]}, of {@code [rows, n]} one of {@code [rows, count]}. Without
     * replacement the positions of a row are different, and those of positive weight come first.
     */
    public final Tensor multinomial(long count, boolean replacement, Generator generator) {
        return RandomChoice.multinomial(self(), count, replacement, generator);
    }

    /** For each element, a rate, a Poisson number of the same dtype. */
    public final Tensor poisson() {
        return poisson(common());
    }

    /** For each element, a rate, a Poisson number of the same dtype. */
    public final Tensor poisson(Generator generator) {
        return RandomChoice.poisson(self(), generator);
    }

    // ------------------------------------------------------------------ in place

    /** Draws each element uniformly from [0, 1). */
    public final Tensor uniform_() {
        return uniform_(0, 1);
    }

    /** Draws each element uniformly from [from, to). */
    public final Tensor uniform_(double from, double to) {
        return uniform_(from, to, common());
    }

    /** Draws each element uniformly from [from, to): {@code fma(u, to - from, from)}. */
    public final Tensor uniform_(double from, double to, Generator generator) {
        return RandomFill.uniform(self(), from, to, generator);
    }

    /** Draws each element from the standard normal distribution. */
    public final Tensor normal_() {
        return normal_(0, 1);
    }

    /** Draws each element from the normal distribution. */
    public final Tensor normal_(double mean, double std) {
        return normal_(mean, std, common());
    }

    /** Draws each element from the normal distribution. */
    public final Tensor normal_(double mean, double std, Generator generator) {
        return RandomFill.normal(self(), mean, std, generator);
    }

    /** Draws each element from 0 to the dtype's largest integer, or to 2^p for p bits of significand. */
    public final Tensor random_() {
        return random_(common());
    }

    /** Draws each element from 0 to the dtype's largest integer, or to 2^p for p bits of significand. */
    public final Tensor random_(Generator generator) {
        return RandomFill.random(self(), generator);
    }

    /** Draws each element from the whole numbers in [0, high). */
    public final Tensor random_(long high) {
        return random_(0, high);
    }

    /** Draws each element from the whole numbers in [low, high). */
    public final Tensor random_(long low, long high) {
        return random_(low, high, common());
    }

    /** Draws each element from the whole numbers in [low, high). */
    public final Tensor random_(long low, long high, Generator generator) {
        return RandomFill.random(self(), low, high, generator);
    }

    /** Draws each element from the whole numbers in [low, high), or without upper bound if {@code high} is null. */
    public final Tensor random_(long low, Long high) {
        return random_(low, high, common());
    }

    /** Draws each element from the whole numbers in [low, high), or without upper bound if {@code high} is null. */
    public final Tensor random_(long low, Long high, Generator generator) {
        return high == null
                ? RandomFill.randomFrom(self(), low, generator)
                : RandomFill.random(self(), low, high.longValue(), generator);
    }

    /** Sets each element to 0 or 1. */
    public final Tensor bernoulli_() {
        return bernoulli_(0.5);
    }

    /** Sets each element to 1 with probability {@code p} and to 0 otherwise. */
    public final Tensor bernoulli_(double p) {
        return bernoulli_(p, common());
    }

    /** Sets each element to 1 with probability {@code p} and to 0 otherwise. */
    public final Tensor bernoulli_(double p, Generator generator) {
        return RandomFill.bernoulli(self(), p, generator);
    }

    /** Sets each element to 1 with the probability at its place in {@code p}, broadcast, and to 0 otherwise. */
    public final Tensor bernoulli_(Tensor p) {
        return bernoulli_(p, common());
    }

    /** Sets each element to 1 with the probability at its place in {@code p}, broadcast, and to 0 otherwise. */
    public final Tensor bernoulli_(Tensor p, Generator generator) {
        return RandomChoice.bernoulli(self(), p, generator);
    }

    /** Draws each element from the exponential distribution of mean 1. */
    public final Tensor exponential_() {
        return exponential_(1);
    }

    /** Draws each element from the exponential distribution of mean {@code 1 / rate}. */
    public final Tensor exponential_(double rate) {
        return exponential_(rate, common());
    }

    /** Draws each element from the exponential distribution of mean {@code 1 / rate}. */
    public final Tensor exponential_(double rate, Generator generator) {
        return RandomFill.exponential(self(), rate, generator);
    }

    /** Draws how many tries the first success takes, each try succeeding with probability {@code p}. */
    public final Tensor geometric_(double p) {
        return geometric_(p, common());
    }

    /** Draws how many tries the first success takes, each try succeeding with probability {@code p}. */
    public final Tensor geometric_(double p, Generator generator) {
        return RandomFill.geometric(self(), p, generator);
    }

    /** Draws each element from the standard Cauchy distribution. */
    public final Tensor cauchy_() {
        return cauchy_(0, 1);
    }

    /** Draws each element from the Cauchy distribution. */
    public final Tensor cauchy_(double median, double sigma) {
        return cauchy_(median, sigma, common());
    }

    /** Draws each element from the Cauchy distribution. */
    public final Tensor cauchy_(double median, double sigma, Generator generator) {
        return RandomFill.cauchy(self(), median, sigma, generator);
    }

    /** Draws numbers whose logarithms have mean 1 and deviation 2, PyTorch's defaults. */
    public final Tensor logNormal_() {
        return logNormal_(1, 2);
    }

    /** Draws numbers whose logarithms have the given mean and deviation. */
    public final Tensor logNormal_(double mean, double std) {
        return logNormal_(mean, std, common());
    }

    /** Draws numbers whose logarithms have the given mean and deviation. */
    public final Tensor logNormal_(double mean, double std, Generator generator) {
        return RandomFill.logNormal(self(), mean, std, generator);
    }
}
