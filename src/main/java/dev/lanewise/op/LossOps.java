package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.math.DoubleExp;
import dev.lanewise.internal.math.DoubleLog;
import dev.lanewise.internal.math.FloatExp;
import dev.lanewise.internal.math.FloatLog;
import dev.lanewise.internal.simd.ExpLanes;
import dev.lanewise.internal.simd.LogLanes;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/** What losses make of each element; {@link UnaryOps} says how to add one. */
public final class LossOps {
    private static final List<Op> ALL = new ArrayList<>();

    private LossOps() {}

    static final class SmoothL1 extends BinaryOp {
        SmoothL1() {
            super("smoothL1", "Distance d with a smooth bottom: d² / (2 beta) below beta, d - beta / 2 from there on.");
            reachedBy("nn.Functional.smoothL1Loss(input, target, reduction, beta)");
            torch("torch.nn.functional.smooth_l1_loss");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            domain(0.1, 3);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double d, double beta) {
            double distance = Math.abs(d);
            return distance < beta ? 0.5 * distance * (distance / beta) : distance - 0.5 * beta;
        }

        @Override
        public float scalar(float d, float beta) {
            float distance = Math.abs(d);
            return distance < beta ? 0.5f * distance * (distance / beta) : distance - 0.5f * beta;
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> d, Vector<E> beta) {
            Vector<E> half = d.broadcast(1).div(d.broadcast(2));
            Vector<E> distance = d.lanewise(VectorOperators.ABS);
            Vector<E> far = distance.sub(half.mul(beta));
            return far.blend(half.mul(distance).mul(distance.div(beta)), distance.compare(VectorOperators.LT, beta));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor d, Tensor beta, Tensor out) {
            return g.mul(Tensor.where(d.abs().ge(beta), d.sign(), d.div(beta)));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor d, Tensor beta, Tensor out) {
            Tensor half = Tensor.scalar(d.dtype(), 0.5);
            return g.mul(Tensor.where(d.abs().lt(beta), d.div(beta).square().mul(half), half))
                    .neg();
        }
    }

    /** Of a difference and beta. */
    public static final BinaryOp SMOOTH_L1 = register(new SmoothL1());

    static final class Huber extends BinaryOp {
        Huber() {
            super("huber", "Half the square of a distance d below delta, delta · (d - delta / 2) from there on.");
            reachedBy("nn.Functional.huberLoss(input, target, reduction, delta)");
            torch("torch.nn.functional.huber_loss");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            domain(0.1, 3);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double d, double delta) {
            double distance = Math.abs(d);
            return distance < delta ? 0.5 * distance * distance : delta * (distance - 0.5 * delta);
        }

        @Override
        public float scalar(float d, float delta) {
            float distance = Math.abs(d);
            return distance < delta ? 0.5f * distance * distance : delta * (distance - 0.5f * delta);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> d, Vector<E> delta) {
            Vector<E> half = d.broadcast(1).div(d.broadcast(2));
            Vector<E> distance = d.lanewise(VectorOperators.ABS);
            Vector<E> far = delta.mul(distance.sub(half.mul(delta)));
            return far.blend(half.mul(distance).mul(distance), distance.compare(VectorOperators.LT, delta));
        }

        @Override
        public Tensor gradA(Tensor g, Tensor d, Tensor delta, Tensor out) {
            return g.mul(Tensor.where(d.abs().ge(delta), d.sign().mul(delta), d));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor d, Tensor delta, Tensor out) {
            Tensor beyond = d.abs().sub(delta);
            return g.mul(Tensor.where(beyond.lt(0), Tensor.zerosLike(beyond), beyond));
        }
    }

    /** Of a difference and delta. */
    public static final BinaryOp HUBER = register(new Huber());

    static final class CrossEntropyOfTwo extends BinaryOp {
        private static final LogLanes MATH = LogLanes.of(MethodHandles.lookup());

        CrossEntropyOfTwo() {
            super(
                    "binaryCrossEntropy",
                    "Cross entropy of a probability p and a target y: -y ln p - (1 - y) ln(1 - p).");
            torch("torch.nn.functional.binary_cross_entropy");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            domain(0.05, 0.95);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        /** Logarithms end at -100, so that a certain prediction that is wrong has a finite loss. */
        @Override
        public double scalar(double p, double y) {
            return (y - 1) * Math.max(DoubleLog.log1p(-p), -100) - y * Math.max(DoubleLog.log(p), -100);
        }

        @Override
        public float scalar(float p, float y) {
            return (y - 1) * Math.max(FloatLog.log1p(-p), -100) - y * Math.max(FloatLog.log(p), -100);
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> p, Vector<E> y) {
            return pass(1, pass(0, p, p, y, p), p, y, p);
        }

        @Override
        public Tensor gradA(Tensor g, Tensor p, Tensor y, Tensor out) {
            return g.mul(p.sub(y)).div(p.rsub(1).mul(p).clampMin(1e-12));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor p, Tensor y, Tensor out) {
            return g.mul(p.neg().log1p().sub(p.log()));
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            Vector<E> least = a.broadcast(-100);
            if (pass == 0) {
                return b.sub(b.broadcast(1))
                        .mul(MATH.log1p(a.lanewise(VectorOperators.NEG)).max(least));
            }
            return before.sub(b.mul(MATH.log(a).max(least)));
        }
    }

    /** Of a probability and a target. */
    public static final BinaryOp BINARY_CROSS_ENTROPY = register(new CrossEntropyOfTwo());

    static final class CrossEntropyOfScores extends BinaryOp {
        private static final ExpLanes MATH = ExpLanes.of(MethodHandles.lookup());

        CrossEntropyOfScores() {
            super(
                    "binaryCrossEntropyWithLogits",
                    "Cross entropy of sigmoid(x) and a target y, without overflow: (1 - y) x + ln(1 + e^-x).");
            torch("torch.nn.functional.binary_cross_entropy_with_logits");
            dtypes(DTypeRule.FLOATING);
            ulps(0);
            // A target outside [0, 1] makes a difference of its terms, which may cancel.
            domain(0.05, 0.95);
            saves(Saves.INPUT0, Saves.INPUT1);
        }

        @Override
        public double scalar(double x, double y) {
            double linear = x >= 0 ? (1 - y) * x : -(y * x);
            return linear + DoubleExp.log1pUnit(DoubleExp.exp(-Math.abs(x)));
        }

        @Override
        public float scalar(float x, float y) {
            float linear = x >= 0 ? (1 - y) * x : -(y * x);
            return linear + FloatExp.log1pUnit(FloatExp.exp(-Math.abs(x)));
        }

        @Override
        public <E> Vector<E> lanes(Vector<E> x, Vector<E> y) {
            return pass(1, pass(0, x, x, y, x), x, y, x);
        }

        @Override
        public Tensor gradA(Tensor g, Tensor x, Tensor y, Tensor out) {
            return g.mul(x.sigmoid().sub(y));
        }

        @Override
        public Tensor gradB(Tensor g, Tensor x, Tensor y, Tensor out) {
            return g.mul(x).neg();
        }

        @Override
        public int passes(DType type) {
            return 2;
        }

        @Override
        public <E> Vector<E> pass(int pass, Vector<E> before, Vector<E> a, Vector<E> b, Vector<E> c) {
            if (pass == 0) {
                return MATH.exp(a.lanewise(VectorOperators.ABS).lanewise(VectorOperators.NEG));
            }
            Vector<E> above = b.broadcast(1).sub(b).mul(a);
            Vector<E> linear = b.mul(a).lanewise(VectorOperators.NEG).blend(above, a.compare(VectorOperators.GE, 0));
            return linear.add(MATH.log1pUnit(before));
        }
    }

    /** Of a score and a target. */
    public static final BinaryOp BINARY_CROSS_ENTROPY_WITH_LOGITS = register(new CrossEntropyOfScores());

    /** All ops of this family. */
    public static List<Op> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The functions made of ops. */
    public static List<Composite> composites() {
        return List.of(
                loss("l1Loss", "l1_loss", "Distance of prediction and target."),
                loss("smoothL1Loss", "smooth_l1_loss", "Distance of prediction and target, squared where it is small."),
                loss("huberLoss", "huber_loss", "Squared distance of prediction and target, linear where it is large."),
                loss("klDiv", "kl_div", "Divergence of a distribution from another."),
                loss("poissonNllLoss", "poisson_nll_loss", "Negative log-likelihood of counts."),
                loss("gaussianNllLoss", "gaussian_nll_loss", "Negative log-likelihood under normal distributions."),
                loss("softMarginLoss", "soft_margin_loss", "Logistic loss of scores and signs."),
                loss("hingeEmbeddingLoss", "hinge_embedding_loss", "Distances drawn to 0, or past a margin."),
                loss("crossEntropy", "cross_entropy", "Cross entropy of scores and classes, or probabilities of them."),
                loss(
                        "multiMarginLoss",
                        "multi_margin_loss",
                        "How far other classes come within a margin of the right one."),
                loss("multilabelMarginLoss", "multilabel_margin_loss", "The same for several right classes."),
                loss("multilabelSoftMarginLoss", "multilabel_soft_margin_loss", "Logistic loss of several labels."),
                loss("marginRankingLoss", "margin_ranking_loss", "How far two scores are from the right order."),
                loss("cosineEmbeddingLoss", "cosine_embedding_loss", "Angles drawn together, or past a margin."),
                loss("tripletMarginLoss", "triplet_margin_loss", "How far a positive is not nearer than a negative."),
                loss("cosineSimilarity", "cosine_similarity", "Cosine of the angle between vectors."),
                loss("pairwiseDistance", "pairwise_distance", "Distance of the vectors of two tensors."));
    }

    private static Composite loss(String name, String torch, String doc) {
        return new Composite(name, "torch.nn.functional." + torch, doc);
    }

    private static BinaryOp register(BinaryOp op) {
        ALL.add(op);
        return op;
    }
}
