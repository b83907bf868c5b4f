package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Tensor;
import dev.lanewise.io.TorchFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning rates over the epochs, against closed forms and rates worked out by hand. */
class SchedulerTest {
    @TempDir
    private Path directory;

    private static SGD optimizer(double lr) {
        return new SGD(List.of(Tensor.zeros(2).requiresGrad_()), lr);
    }

    private static List<Double> rates(SGD optimizer, LRScheduler scheduler, int epochs) {
        List<Double> rates = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            rates.add(optimizer.groups().get(0).lr());
            scheduler.step();
        }
        return rates;
    }

    private static void close(List<Double> expected, List<Double> got) {
        assertEquals(expected.size(), got.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), got.get(i), 1e-12, "epoch " + i + " of " + got);
        }
    }

    @Test
    void cosineFollowsItsClosedForm() {
        SGD optimizer = optimizer(0.5);
        List<Double> rates = rates(optimizer, new CosineAnnealingLR(optimizer, 7, 0.01), 30);
        for (int epoch = 0; epoch < rates.size(); epoch++) {
            double expected = 0.01 + 0.49 * (1 + Math.cos(Math.PI * epoch / 7)) / 2;
            assertEquals(expected, rates.get(epoch), 1e-12, "epoch " + epoch);
        }
    }

    @Test
    void stepsAndMilestones() {
        SGD a = optimizer(1);
        close(List.of(1.0, 1.0, 0.5, 0.5, 0.25), rates(a, new StepLR(a, 2, 0.5), 5));
        SGD b = optimizer(1);
        close(List.of(1.0, 0.1, 0.1, 0.001, 0.001), rates(b, new MultiStepLR(b, new int[] {1, 3, 3}, 0.1), 5));
        SGD c = optimizer(1);
        close(List.of(0.25, 0.25, 1.0, 1.0), rates(c, new ConstantLR(c, 0.25, 2), 4));
        SGD d = optimizer(1);
        close(List.of(0.5, 0.75, 1.0, 1.0), rates(d, new LinearLR(d, 0.5, 1, 2), 4));
        SGD e = optimizer(1);
        close(List.of(1.0, 0.25, 0.0, 0.0), rates(e, new PolynomialLR(e, 2, 2), 4));
    }

    @Test
    void warmRestartsGetLonger() {
        SGD optimizer = optimizer(1);
        close(
                List.of(1.0, 0.5, 1.0, (1 + Math.cos(Math.PI / 4)) / 2, 0.5, (1 - Math.cos(Math.PI / 4)) / 2, 1.0),
                rates(optimizer, new CosineAnnealingWarmRestarts(optimizer, 2, 2, 0), 7));
    }

    @Test
    void sequenceBeginsEachFromItsBeginning() {
        SGD optimizer = optimizer(1);
        var warmUp = new ConstantLR(optimizer, 0.1, 2);
        var decay = new ExponentialLR(optimizer, 0.9);
        var sequence = new SequentialLR(optimizer, List.of(warmUp, decay), 3);
        close(List.of(0.1, 0.1, 1.0, 1.0, 0.9, 0.81), rates(optimizer, sequence, 6));
    }

    @Test
    void chainMultiplies() {
        SGD optimizer = optimizer(1);
        var chain = new ChainedScheduler(List.of(new ConstantLR(optimizer, 0.1, 2), new ExponentialLR(optimizer, 0.9)));
        close(List.of(0.1, 0.09, 0.81, 0.729), rates(optimizer, chain, 4));
    }

    @Test
    void plateauWaitsAndCoolsDown() {
        SGD optimizer = optimizer(1);
        var plateau = new ReduceLROnPlateau(
                optimizer,
                ReduceLROnPlateau.options().factor(0.5).patience(1).cooldown(2).minLr(0.2));
        double[] losses = {5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4};
        List<Double> rates = new ArrayList<>();
        for (double loss : losses) {
            plateau.step(loss);
            rates.add(optimizer.groups().get(0).lr());
        }
        close(List.of(1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2), rates);
        assertEquals(4, plateau.best());
    }

    private static List<Double> plateauRates(ReduceLROnPlateau plateau, double... values) {
        List<Double> rates = new ArrayList<>();
        for (double value : values) {
            plateau.step(value);
            rates.add(plateau.lastLr().get(0));
        }
        return rates;
    }

    @Test
    void plateauGoesOnElsewhereThroughAFile() {
        SGD first = optimizer(1);
        var options = ReduceLROnPlateau.options()
                .maximize(true)
                .factor(0.5)
                .patience(1)
                .cooldown(2)
                .absoluteThreshold(0.1)
                .minLr(0.2);
        var plateau = new ReduceLROnPlateau(first, options);
        assertEquals(List.of(1.0, 1.0, 0.5, 0.5), plateauRates(plateau, 3, 3.05, 3.1, 3));
        Path file = directory.resolve("plateau.pt");
        TorchFile.save(Map.of("optimizer", first.stateDict(), "scheduler", plateau.stateDict()), file);
        SGD second = optimizer(7);
        var resumed = new ReduceLROnPlateau(second, ReduceLROnPlateau.options());
        var saved = (Map<?, ?>) TorchFile.load(file);
        second.loadStateDict(state(saved.get("optimizer")));
        resumed.loadStateDict(state(saved.get("scheduler")));
        assertEquals(plateau.stateDict(), resumed.stateDict());
        assertEquals(4, resumed.lastEpoch());
        List<Double> expected = List.of(0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.2);
        assertEquals(expected, plateauRates(plateau, 3, 3, 3, 3.2, 3, 3, 3));
        assertEquals(expected, plateauRates(resumed, 3, 3, 3, 3.2, 3, 3, 3));
    }

    @SuppressWarnings("unchecked") // what was written above
    private static Map<String, ?> state(Object saved) {
        return (Map<String, ?>) saved;
    }

    @Test
    void plateauHasTheStateOfPyTorch() {
        var plateau = new ReduceLROnPlateau(optimizer(1), ReduceLROnPlateau.options());
        assertEquals(
                "{factor=0.1, min_lrs=[0.0], patience=10, verbose=false, cooldown=0, cooldown_counter=0, mode=min,"
                        + " threshold=1.0E-4, threshold_mode=rel, best=Infinity, num_bad_epochs=0,"
                        + " mode_worse=Infinity, eps=1.0E-8, last_epoch=0}",
                plateau.stateDict().toString());
        plateau.step(2);
        Map<String, Object> state = new LinkedHashMap<>(plateau.stateDict());
        assertEquals(List.of(1.0), state.get("_last_lr"));
        assertEquals(2.0, state.get("best"));
        state.put("mode", "least");
        assertRefused(
                "loadStateDict: the state's mode must be min or max, got least.", () -> plateau.loadStateDict(state));
        state.remove("mode");
        state.put("min_lrs", List.of(0, 0));
        assertRefused(
                "loadStateDict: there must be one min_lrs per group, expected 1, got [0, 0].",
                () -> plateau.loadStateDict(state));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void stateGoesOnElsewhere() {
        SGD first = optimizer(1);
        var scheduler = new CosineAnnealingLR(first, 10);
        for (int i = 0; i < 4; i++) {
            scheduler.step();
        }
        SGD second = optimizer(1);
        var resumed = new CosineAnnealingLR(second, 10);
        second.loadStateDict(first.stateDict());
        resumed.loadStateDict(scheduler.stateDict());
        assertEquals(scheduler.lastLr(), resumed.lastLr());
        assertEquals(4, resumed.lastEpoch());
        scheduler.step();
        resumed.step();
        assertEquals(scheduler.lastLr(), resumed.lastLr());
    }

    @Test
    void laterSchedulersKeepTheInitialRate() {
        SGD optimizer = optimizer(1);
        new ConstantLR(optimizer, 0.5, 3);
        var second = new LambdaLR(optimizer, epoch -> 1.0 / (1 + epoch));
        assertEquals(List.of(1.0), second.lastLr());
        second.step();
        assertEquals(List.of(0.5), second.lastLr());
    }

    @Test
    void wrongCallsAreRefused() {
        SGD optimizer = optimizer(1);
        assertEquals("StepLR: the step size must be positive, got 0.0.", refused(() -> new StepLR(optimizer, 0, 0.5)));
        assertEquals(
                "SequentialLR: there must be a milestone for each scheduler but the first, expected 0, got 1.",
                refused(() -> new SequentialLR(optimizer, List.of(new ExponentialLR(optimizer, 1)), 3)));
        assertEquals(
                "OneCycleLR: the optimizer must have a momentum or betas, got [lr]. "
                        + "Switch the cycling of the momentum off.",
                refused(() -> Momentums.set("OneCycleLR", new ParamGroup<>(List.of(), new LrAlone(1)), 0.9)));
        assertEquals(
                "SequentialLR: there must be at least one scheduler, got 0.",
                refused(() -> new SequentialLR(optimizer, List.of())));
        var cycle = new OneCycleLR(optimizer, OneCycleLR.of(1, 2));
        cycle.step();
        cycle.step();
        assertEquals(
                "OneCycleLR: there must not be more steps than announced, expected at most 2, got 3.",
                refused(cycle::step));
    }

    private static String refused(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    /** Options of an optimizer that has no momentum. */
    private record LrAlone(double lr) implements Optimizer.Options<LrAlone> {
        @Override
        public LrAlone lr(double value) {
            return new LrAlone(value);
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("lr", lr);
        }

        @Override
        public LrAlone withValues(Map<String, ?> values) {
            return this;
        }
    }
}
