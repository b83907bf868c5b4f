package dev.lanewise;

import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.op.InPlace;
import java.lang.ref.Reference;

/** Fills tensors with random numbers; the draws follow the order of memory, as PyTorch's do. */
final class RandomFill {
    private RandomFill() {}

    /** Fills one stretch of memory. */
    private interface Fill {
        void run(Tensor dense);
    }

    static Tensor uniform(Tensor self, double from, double to, Generator generator) {
        return fill(
                "uniform_",
                self,
                dense -> generator.fillUniform(
                        dense.dtype(), dense.storage().segment(), dense.byteOffset(), dense.numel(), from, to));
    }

    static Tensor normal(Tensor self, double mean, double std, Generator generator) {
        boolean blocks = self.isContiguous();
        return fill("normal_", self, dense -> {
            if (blocks) {
                generator.fillNormal(
                        dense.dtype(), dense.storage().segment(), dense.byteOffset(), dense.numel(), mean, std);
            } else {
                generator.fillNormalOneByOne(
                        dense.dtype(), dense.storage().segment(), dense.byteOffset(), dense.numel(), mean, std);
            }
        });
    }

    static Tensor random(Tensor self, long low, long high, Generator generator) {
        return fill(
                "random_",
                self,
                dense -> generator.fillRandint(
                        dense.dtype(), dense.storage().segment(), dense.byteOffset(), dense.numel(), low, high));
    }

    static Tensor bernoulli(Tensor self, double p, Generator generator) {
        return fill(
                "bernoulli_",
                self,
                dense -> generator.fillBernoulli(
                        dense.dtype(), dense.storage().segment(), dense.byteOffset(), dense.numel(), p));
    }

    private static Tensor fill(String op, Tensor self, Fill fill) {
        InPlace.checkFill(op, self);
        if (isDense(self)) {
            fill.run(self);
        } else {
            // Drawn into memory of the same order, then copied.
            Tensor dense = new Tensor(
                    Tensor.empty(self.dtype(), self.numel()).storage(),
                    new View(
                            self.sizes(),
                            Shapes.resultStrides(self.sizes(), self.view().strides()),
                            0));
            fill.run(dense);
            InPlace.overwrite(self, dense);
        }
        InPlace.changed(op, self);
        Reference.reachabilityFence(self);
        return self;
    }

    private static boolean isDense(Tensor self) {
        return Shapes.extent(self.sizes(), self.view().strides()) == self.numel();
    }
}
