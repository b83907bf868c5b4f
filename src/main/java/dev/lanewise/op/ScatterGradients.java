package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;

/** The derivatives of scatterReduce: each element's share of what it was made one with. */
final class ScatterGradients {
    private final ScatterOps.Reducing at;
    private final Tensor index;
    private final Tensor g;
    private final Tensor self;
    private final Tensor source;
    private final Tensor result;

    private ScatterGradients(ScatterOps.Reducing at, Tensor index, Tensor g, Saved saved) {
        this.at = at;
        this.index = index;
        this.g = g;
        this.self = saved.input(0);
        this.source = saved.input(1);
        this.result = saved.output();
    }

    static Tensor[] of(ScatterOps.Reducing at, Tensor index, Tensor g, Saved saved) {
        ScatterGradients shares = new ScatterGradients(at, index, g, saved);
        Tensor[] both = switch (at.how()) {
            case SUM -> new Tensor[] {g, g.gather(at.dim(), index)};
            case MEAN -> shares.mean();
            case PROD -> shares.product();
            case AMAX, AMIN -> shares.extreme();
        };
        // What is not part of the result has no share, though the formulas give it one.
        Tensor first = at.includeSelf() ? both[0] : both[0].scatter(at.dim(), index, 0);
        return new Tensor[] {saved.wants(0) ? first : null, saved.wants(1) ? both[1] : null};
    }

    private Tensor at(Tensor x) {
        return x.gather(at.dim(), index);
    }

    private Tensor[] mean() {
        Tensor counts = (at.includeSelf() ? Tensor.onesLike(g) : Tensor.zerosLike(g))
                .scatterAdd(at.dim(), index, Tensor.onesLike(source).to(g.dtype()));
        Tensor n = Tensor.where(counts.eq(0), Tensor.onesLike(counts), counts);
        return new Tensor[] {g.div(n), at(g).div(at(n))};
    }

    /** The product of the others, which is the quotient of the product but where an element is 0. */
    private Tensor[] product() {
        Tensor one = Tensor.scalar(self.dtype(), 1);
        Tensor nonzeroSelf = Tensor.where(self.eq(0), one, self);
        Tensor ofSelf = g.mul(reduced(nonzeroSelf, source)).div(nonzeroSelf);
        Tensor zero = source.eq(0);
        Tensor zeros = at(Tensor.zerosLike(self).scatterAdd(at.dim(), index, zero.to(self.dtype())));
        Tensor onlyZero = Tensor.where(zero, zeros.eq(1), zero);
        Tensor others = reduced(self, Tensor.where(onlyZero, one, source));
        Tensor quotient = at(g.mul(result)).div(Tensor.where(zero, one, source));
        return new Tensor[] {ofSelf, Tensor.where(onlyZero, at(g.mul(others)), quotient)};
    }

    private Tensor reduced(Tensor first, Tensor second) {
        ScatterOps.Reducing same = ScatterOps.Reducing.of(at.dim(), index, at.how(), at.includeSelf());
        return Dispatch.apply(ScatterOps.SCATTER_REDUCE, same, first, second);
    }

    /** Equal parts for all that equal the result. */
    private Tensor[] extreme() {
        DType type = g.dtype();
        Tensor ofSelf = self.eq(result).to(type);
        Tensor ofSource = source.eq(at(result)).to(type);
        Tensor part = g.div(ofSelf.scatterAdd(at.dim(), index, ofSource));
        return new Tensor[] {ofSelf.mul(part), ofSource.mul(at(part))};
    }
}
