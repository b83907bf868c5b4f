package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.GradException;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fused step gives the bits of the same step composed of tensor operations. */
class FusedStepTest {
    private static final int STEPS = 8;

    private final int before = Lanewise.numThreads();

    /** An optimizer and the same composed. */
    private record Pair(String name, Function<List<Tensor>, Optimizer<?>> fused, Composed.Step composed) {}

    @BeforeEach
    void seed() {
        Lanewise.manualSeed(3);
    }

    @AfterEach
    void restoreThreads() {
        Lanewise.setNumThreads(before);
    }

    private static List<Pair> pairs() {
        List<Pair> all = new ArrayList<>();
        for (boolean maximize : new boolean[] {false, true}) {
            for (double decay : new double[] {0, 0.1}) {
                addSgd(all, maximize, decay);
                addAdam(all, maximize, decay);
                addOthers(all, maximize, decay);
            }
        }
        return all;
    }

    private static void addSgd(List<Pair> all, boolean maximize, double decay) {
        SGD.Options plain = SGD.lr(0.1).maximize(maximize).weightDecay(decay);
        for (SGD.Options o : List.of(
                plain,
                plain.momentum(0.9),
                plain.momentum(0.9).dampening(0.3),
                plain.momentum(0.9).nesterov(true))) {
            all.add(new Pair("SGD " + o, p -> new SGD(p, o), Composed.sgd(o)));
        }
    }

    private static void addAdam(List<Pair> all, boolean maximize, double decay) {
        for (boolean amsgrad : new boolean[] {false, true}) {
            AdamOptions o = Adam.lr(0.1).maximize(maximize).weightDecay(decay).amsgrad(amsgrad);
            all.add(new Pair("Adam " + o, p -> new Adam(p, o), Composed.adam(o, false)));
            all.add(new Pair("AdamW " + o, p -> new AdamW(p, o), Composed.adam(o, true)));
        }
        Adamax.Options adamax = Adamax.lr(0.1).maximize(maximize).weightDecay(decay);
        all.add(new Pair("Adamax " + adamax, p -> new Adamax(p, adamax), Composed.adamax(adamax)));
        NAdam.Options nadam = NAdam.lr(0.1).weightDecay(decay);
        all.add(new Pair("NAdam " + nadam, p -> new NAdam(p, nadam), Composed.nadam(nadam)));
        RAdam.Options radam = RAdam.lr(0.1).weightDecay(decay);
        all.add(new Pair("RAdam " + radam, p -> new RAdam(p, radam), Composed.radam(radam)));
    }

    private static void addOthers(List<Pair> all, boolean maximize, double decay) {
        for (double momentum : new double[] {0, 0.9}) {
            for (boolean centered : new boolean[] {false, true}) {
                RMSprop.Options o =
                        RMSprop.lr(0.1).maximize(maximize).weightDecay(decay).momentum(momentum);
                RMSprop.Options both = o.centered(centered);
                all.add(new Pair("RMSprop " + both, p -> new RMSprop(p, both), Composed.rmsprop(both)));
            }
        }
        Adagrad.Options adagrad = Adagrad.lr(0.1).maximize(maximize).weightDecay(decay);
        all.add(new Pair("Adagrad " + adagrad, p -> new Adagrad(p, adagrad), Composed.adagrad(adagrad)));
        Adadelta.Options adadelta = Adadelta.lr(0.1).maximize(maximize).weightDecay(decay);
        all.add(new Pair("Adadelta " + adadelta, p -> new Adadelta(p, adadelta), Composed.adadelta(adadelta)));
        ASGD.Options asgd = ASGD.lr(0.1).maximize(maximize).weightDecay(decay).t0(3);
        all.add(new Pair("ASGD " + asgd, p -> new ASGD(p, asgd), Composed.asgd(asgd)));
        Rprop.Options rprop = Rprop.lr(0.1).maximize(maximize);
        all.add(new Pair("Rprop " + rprop, p -> new Rprop(p, rprop), Composed.rprop(rprop)));
        Lion.Options lion = Lion.lr(0.1).maximize(maximize).weightDecay(decay);
        all.add(new Pair("Lion " + lion, p -> new Lion(p, lion), Composed.lion(lion)));
    }

    /** Steps both ways and compares after each step. */
    private static void check(Pair pair, Tensor start, Function<Tensor, Tensor> gradient) {
        Tensor fused = start.clone().requiresGrad_();
        assertArrayEquals(start.stride(), fused.stride());
        check(pair, fused, start.clone(), gradient);
    }

    private static void check(Pair pair, Tensor fused, Tensor composed, Function<Tensor, Tensor> gradient) {
        Optimizer<?> optimizer = pair.fused().apply(List.of(fused));
        Composed memory = new Composed(pair.composed());
        for (int step = 0; step < STEPS; step++) {
            Tensor grad = gradient.apply(composed);
            fused.setGrad(grad);
            optimizer.step();
            memory.step(composed, grad);
            assertSame(composed, fused, pair.name() + " step " + step);
        }
    }

    private static void assertSame(Tensor expected, Tensor actual, String what) {
        double[] a = expected.to(DType.FLOAT64).reshape(-1).toDoubleArray();
        double[] b = actual.detach().to(DType.FLOAT64).reshape(-1).toDoubleArray();
        assertArrayEquals(a, b, what); // bit for bit, but that all NaN are alike
    }

    private static Tensor ordinary(Tensor p) {
        return Tensor.randn(p.sizes()).to(p.dtype());
    }

    @Test
    void bitsOfTheComposedStep() {
        int checked = 0;
        for (Pair pair : pairs()) {
            for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
                for (long n : new long[] {1, 2, 5, 16, 17, 100, 300}) {
                    check(pair, Tensor.randn(n).to(type), FusedStepTest::ordinary);
                    checked++;
                }
            }
        }
        assertTrue(checked > 500, checked + " runs");
    }

    @Test
    void specialGradients() {
        Tensor grad = Tensor.of(
                new float[] {0, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e-42f, 3e38f, 1, -1
                });
        for (Pair pair : pairs()) {
            check(pair, Tensor.randn(9), p -> grad.clone());
        }
    }

    @Test
    void gradientsAndParametersOfAnyLayout() {
        for (Pair pair : pairs()) {
            check(pair, Tensor.randn(6, 5), p -> Tensor.randn(5, 6).t());
            check(pair, Tensor.randn(6, 5), p -> Tensor.randn(1, 5).expand(6, 5));
            check(pair, Tensor.randn(6, 5), p -> Tensor.randn(6, 10).slice(1, 0, 10, 2));
            check(pair, Tensor.randn(6, 5).t(), FusedStepTest::ordinary);
            check(pair, Tensor.randn(3, 4, 5).permute(2, 0, 1), FusedStepTest::ordinary);
        }
    }

    @Test
    void aParameterWithGapsIsSteppedInPlace() {
        for (Pair pair : pairs()) {
            Tensor whole = Tensor.randn(6, 10);
            Tensor old = whole.clone();
            Tensor part = whole.slice(1, 0, 10, 2).detach().requiresGrad_();
            check(pair, part, part.detach().clone(), FusedStepTest::ordinary);
            assertSame(old.slice(1, 1, 10, 2), whole.slice(1, 1, 10, 2), pair.name() + " between");
        }
    }

    @Test
    void manyElementsGiveTheSameOnAnyNumberOfThreads() {
        Pair pair = pairs().get(4);
        Tensor start = Tensor.randn(300_001);
        Tensor grad = Tensor.randn(300_001);
        Lanewise.setNumThreads(2);
        check(pair, start, p -> grad);
        Lanewise.setNumThreads(1);
        check(pair, start, p -> grad);
    }

    /** In 16 bits the step is computed in FLOAT32 from what is stored, and rounded once. */
    @Test
    void halvesAreComputedInFloats() {
        for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
            for (AdamOptions o :
                    List.of(Adam.lr(0.1), Adam.lr(0.1).amsgrad(true).weightDecay(0.1))) {
                Tensor fused = Tensor.randn(2000).to(type).requiresGrad_();
                Adam optimizer = new Adam(List.of(fused), o);
                Tensor wide = fused.detach().to(DType.FLOAT32);
                Composed memory = new Composed((m, p, g, step) -> {
                    Composed.adam(o, false).apply(m, p, g, step);
                    for (String name : List.of("mean", "square", "largest")) {
                        Tensor state = m.zeros(name, p);
                        state.copy_(state.to(type));
                    }
                    p.copy_(p.to(type));
                });
                for (int step = 0; step < STEPS; step++) {
                    Tensor grad = Tensor.randn(2000).to(type);
                    fused.setGrad(grad);
                    optimizer.step();
                    memory.step(wide, grad.to(DType.FLOAT32));
                    assertSame(wide, fused, type + " step " + step);
                }
            }
        }
    }

    @Test
    void noElementsAreNoTrouble() {
        for (Pair pair : pairs()) {
            check(pair, Tensor.zeros(0, 3), p -> Tensor.zeros(0, 3));
        }
    }

    @Test
    void aStepCountsAsAChange() {
        for (Pair pair : pairs()) {
            Tensor p = Tensor.randn(4).requiresGrad_();
            Tensor loss = p.square().sum();
            p.setGrad(Tensor.ones(4));
            pair.fused().apply(List.of(p)).step();
            GradException e = assertThrows(GradException.class, loss::backward);
            assertEquals(
                    "backward: square saved input 0 float32[4] at version 1, now at version 2 after step."
                            + " Clone before step.",
                    e.getMessage());
        }
    }
}
