package dev.lanewise;

import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.op.InPlace;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** Fills tensors with random numbers; the draws follow the order of memory, as PyTorch's do. */
final class RandomFill {
    private RandomFill() {}

    /** Fills one stretch of memory. */
    private interface Fill {
        void run(DType dtype, MemorySegment out, long byteOffset, long numel);
    }

    static Tensor uniform(Tensor self, double from, double to, Generator generator) {
        return fill("uniform_", self, (type, out, at, n) -> generator.fillUniform(type, out, at, n, from, to));
    }

    static Tensor normal(Tensor self, double mean, double std, Generator generator) {
        if (self.isContiguous()) {
            return fill("normal_", self, (type, out, at, n) -> generator.fillNormal(type, out, at, n, mean, std));
        }
        return fill("normal_", self, (type, out, at, n) -> generator.fillNormalOneByOne(type, out, at, n, mean, std));
    }

    static Tensor random(Tensor self, long low, long high, Generator generator) {
        return fill("random_", self, (type, out, at, n) -> generator.fillRandint(type, out, at, n, low, high));
    }

    static Tensor randomFrom(Tensor self, long low, Generator generator) {
        return fill("random_", self, (type, out, at, n) -> generator.fillRandomFrom(type, out, at, n, low));
    }

    static Tensor random(Tensor self, Generator generator) {
        return fill("random_", self, generator::fillRandom);
    }

    static Tensor bernoulli(Tensor self, double p, Generator generator) {
        return fill("bernoulli_", self, (type, out, at, n) -> generator.fillBernoulli(type, out, at, n, p));
    }

    static Tensor exponential(Tensor self, double rate, Generator generator) {
        return fill("exponential_", self, (type, out, at, n) -> generator.fillExponential(type, out, at, n, rate));
    }

    static Tensor geometric(Tensor self, double p, Generator generator) {
        return fill("geometric_", self, (type, out, at, n) -> generator.fillGeometric(type, out, at, n, p));
    }

    static Tensor cauchy(Tensor self, double median, double sigma, Generator generator) {
        return fill("cauchy_", self, (type, out, at, n) -> generator.fillCauchy(type, out, at, n, median, sigma));
    }

    static Tensor logNormal(Tensor self, double mean, double std, Generator generator) {
        return fill("logNormal_", self, (type, out, at, n) -> generator.fillLogNormal(type, out, at, n, mean, std));
    }

    /** A tensor like another, its elements in the same order of memory and not set. */
    static Tensor emptyLike(Tensor like, DType dtype) {
        long[] strides = Shapes.resultStrides(like.sizes(), like.view().strides());
        return new Tensor(Tensor.empty(dtype, like.numel()).storage(), new View(like.sizes(), strides, 0));
    }

    private static Tensor fill(String op, Tensor self, Fill fill) {
        InPlace.checkFill(op, self);
        if (isDense(self)) {
            run(self, fill);
        } else {
            // Drawn into memory of the same order, then copied.
            Tensor dense = emptyLike(self, self.dtype());
            run(dense, fill);
            InPlace.overwrite(self, dense);
        }
        InPlace.changed(op, self);
        return self;
    }

    private static void run(Tensor dense, Fill fill) {
        fill.run(dense.dtype(), dense.storage().segment(), dense.byteOffset(), dense.numel());
        Reference.reachabilityFence(dense);
    }

    private static boolean isDense(Tensor self) {
        return Shapes.extent(self.sizes(), self.view().strides()) == self.numel();
    }
}
