package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.io.TorchFile;
import dev.lanewise.metrics.Accuracy;
import dev.lanewise.metrics.Metric;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MSELoss;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.ReduceLROnPlateau;
import dev.lanewise.optim.SGD;
import dev.lanewise.optim.StepLR;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    @TempDir
    private Path directory;

    private static final Tensor X = Tensor.arange(0, 60).div(60).view(20, 3);
    private static final Tensor Y = X.sumKeepDim(1).mul(2).sub(1);
    private static final TensorDataset DATA = new TensorDataset(X, Y);

    private static DataLoader loader() {
        return new DataLoader(DATA, DataLoader.batchSize(8).shuffle(true));
    }

    private static Module model() {
        return new Sequential(new Linear(3, 8), new ReLU(), new Dropout(0.25), new Linear(8, 1));
    }

    private static List<Double> losses(List<EpochResult> history) {
        return history.stream().map(EpochResult::loss).toList();
    }

    private static void assertSameParameters(Module expected, Module got) {
        expected.stateDict()
                .forEach((name, tensor) ->
                        assertTrue(tensor.equal(got.stateDict().get(name)), name));
    }

    @Test
    void trainsAsTheLoopOfOnesOwn() {
        Lanewise.manualSeed(1);
        Module expected = model();
        Adam optimizer = new Adam(expected.parameters(), 0.01);
        List<Double> losses = new ArrayList<>();
        DataLoader loader = loader();
        for (int epoch = 0; epoch < 3; epoch++) {
            double sum = 0;
            for (Tensor[] batch : loader) {
                Tensor loss = new MSELoss().forward(expected.forward(batch[0]), batch[1]);
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
                sum += loss.item() * batch[0].size(0);
            }
            losses.add(sum / DATA.size());
        }
        Lanewise.manualSeed(1);
        Module model = model();
        Trainer trainer =
                new Trainer(model, new MSELoss()::forward, new Adam(model.parameters(), 0.01), Trainer.epochs(3));
        assertEquals(losses, losses(trainer.fit(loader())));
        assertSameParameters(expected, model);
    }

    private List<EpochResult> run(Module model, int epochs, boolean resume, Path place) {
        Adam optimizer = new Adam(model.parameters(), 0.01);
        Trainer.Options options = Trainer.epochs(epochs)
                .validation(new DataLoader(DATA, DataLoader.batchSize(7)))
                .scheduler(new StepLR(optimizer, 2, 0.5))
                .directory(place)
                .log(place.resolveSibling(place.getFileName() + ".csv"))
                .resume(resume);
        return new Trainer(model, new MSELoss()::forward, optimizer, options).fit(loader());
    }

    @Test
    void aResumedRunIsTheUninterruptedOneBitForBit() throws IOException {
        Lanewise.manualSeed(2);
        Module whole = model();
        List<EpochResult> expected = run(whole, 6, false, directory.resolve("whole"));
        Lanewise.manualSeed(2);
        run(model(), 2, true, directory.resolve("parts"));
        for (int epochs : new int[] {3, 6}) {
            Lanewise.manualSeed(99 + epochs);
            Module resumed = model();
            List<EpochResult> got = run(resumed, epochs, true, directory.resolve("parts"));
            assertEquals(epochs, got.size());
            for (int i = 0; i < epochs; i++) {
                assertEquals(expected.get(i).values(), got.get(i).values());
            }
            if (epochs == 6) {
                assertSameParameters(whole, resumed);
            }
        }
        assertEquals(log("whole"), log("parts"));
        assertEquals(7, log("whole").size());
        assertEquals("epoch,loss,val_loss,lr", log("whole").get(0));
        assertEquals(0.0025, expected.get(5).values().get("lr"));
    }

    /** The log without the seconds. */
    private List<String> log(String name) throws IOException {
        return Files.readAllLines(directory.resolve(name + ".csv")).stream()
                .map(line -> line.replaceFirst(",[^,]*$", ""))
                .toList();
    }

    @Test
    void stopsEarlyAndKeepsTheBest() {
        Lanewise.manualSeed(3);
        Module model = new Linear(3, 1);
        SGD optimizer = new SGD(model.parameters(), 0.05);
        int[] epoch = {0};
        DataLoader validation = new DataLoader(DATA, DataLoader.batchSize(20));
        double[] judged = {5, 4, 4.5, 4.2, 4.1, 1};
        List<Map<String, Tensor>> states = new ArrayList<>();
        Trainer.Options options =
                Trainer.epochs(6).validation(validation).patience(3).directory(directory.resolve("run"));
        List<EpochResult> history = new Trainer(
                        model,
                        (output, target) -> {
                            if (output.requiresGrad()) {
                                return new MSELoss().forward(output, target);
                            }
                            Map<String, Tensor> state = new LinkedHashMap<>();
                            model.stateDict().forEach((name, tensor) -> state.put(name, Scope.escape(tensor.clone())));
                            states.add(state);
                            return Tensor.scalar(judged[epoch[0]++]);
                        },
                        optimizer,
                        options)
                .fit(loader());
        assertEquals(5, history.size());
        assertEquals(4, history.get(1).validationLoss());
        Map<String, Tensor> best = TorchFile.loadStateDict(directory.resolve("run/best.pt"));
        best.forEach((name, tensor) -> assertTrue(tensor.equal(states.get(1).get(name)), name));
        assertFalse(best.get("weight").equal(states.get(4).get("weight")));
    }

    @Test
    void gradientsOfSeveralBatchesCanBeSummed() {
        Lanewise.manualSeed(4);
        Module whole = new Linear(3, 1);
        Module parts = new Linear(3, 1);
        parts.loadStateDict(whole.stateDict());
        int[] steps = {0};
        new Trainer(
                        whole,
                        new MSELoss()::forward,
                        new SGD(whole.parameters(), 0.1),
                        Trainer.epochs(2).beforeStep(() -> steps[0]++))
                .fit(new DataLoader(DATA, DataLoader.batchSize(20)));
        assertEquals(2, steps[0]);
        new Trainer(
                        parts,
                        new MSELoss()::forward,
                        new SGD(parts.parameters(), 0.1),
                        Trainer.epochs(2).accumulate(4).beforeStep(() -> steps[0]++))
                .fit(new DataLoader(DATA, DataLoader.batchSize(5)));
        assertEquals(4, steps[0]);
        for (int i = 0; i < 2; i++) {
            Tensor difference = whole.parameters().get(i).sub(parts.parameters().get(i));
            assertTrue(difference.abs().max().item() < 1e-6);
        }
    }

    @Test
    void metricsAndLinesOfAnEpoch() throws IOException {
        Lanewise.manualSeed(5);
        Tensor labels = X.select(1, 0).gt(0.5).to(DType.INT64);
        DataLoader data = new DataLoader(new TensorDataset(X, labels), DataLoader.batchSize(8));
        Module model = new Linear(3, 2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Path log = directory.resolve("log.jsonl");
        Trainer trainer = new Trainer(
                model,
                new CrossEntropyLoss()::forward,
                new Adam(model.parameters(), 0.1),
                Trainer.epochs(30)
                        .validation(data)
                        .metric("accuracy", new Accuracy())
                        .forward(batch -> model.forward(batch[0].sub(0.5)))
                        .log(log)
                        .progress(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
        List<EpochResult> history = trainer.fit(data);
        assertEquals(1, history.get(29).values().get("val_accuracy"));
        assertEquals(1, trainer.evaluate(data).get("accuracy"));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(30, lines.size());
        assertTrue(
                lines.get(29)
                        .matches("epoch 30/30 \\[={24}] loss 0\\.\\d{4} +[\\d,]+ samples/s"
                                + "  accuracy [01]\\.\\d{4}  val_loss 0\\.\\d{4}  val_accuracy 1\\.0000"),
                lines.get(29));
        List<String> logged = Files.readAllLines(log);
        assertEquals(30, logged.size());
        EpochResult first = history.get(0);
        assertEquals(
                "{\"epoch\": 1, \"loss\": " + first.loss() + ", \"accuracy\": "
                        + first.values().get("accuracy") + ", \"val_loss\": " + first.validationLoss()
                        + ", \"val_accuracy\": " + first.values().get("val_accuracy") + ", \"lr\": 0.1, \"seconds\": "
                        + first.seconds() + "}",
                logged.get(0));
    }

    /** Notes what is asked of it; its value is the number of samples. */
    private static final class Noting implements Metric {
        private final List<String> calls = new ArrayList<>();
        private long samples;

        @Override
        public void update(Tensor predictions, Tensor targets) {
            assertFalse(predictions.requiresGrad());
            calls.add("update " + targets.size(0));
            samples += targets.size(0);
        }

        @Override
        public double compute() {
            calls.add("compute");
            return samples;
        }

        @Override
        public void reset() {
            calls.add("reset");
            samples = 0;
        }
    }

    @Test
    void aMetricIsOfOnePass() {
        Lanewise.manualSeed(6);
        Module model = new Linear(3, 1);
        Noting metric = new Noting();
        List<EpochResult> history = new Trainer(
                        model,
                        new MSELoss()::forward,
                        new SGD(model.parameters(), 0.1),
                        Trainer.epochs(2)
                                .validation(new DataLoader(new TensorDataset(X, Y), DataLoader.batchSize(12)))
                                .metric("seen", metric))
                .fit(new DataLoader(DATA, DataLoader.batchSize(16)));
        List<String> epoch =
                List.of("reset", "update 16", "update 4", "compute", "reset", "update 12", "update 8", "compute");
        assertEquals(
                Collections.nCopies(2, epoch).stream().flatMap(List::stream).toList(), metric.calls);
        assertEquals(20, history.get(1).values().get("seen"));
        assertEquals(20, history.get(1).values().get("val_seen"));
    }

    private List<EpochResult> plateau(int epochs, boolean resume, double... losses) {
        Lanewise.manualSeed(7);
        Module model = new Linear(3, 1);
        SGD optimizer = new SGD(model.parameters(), 1);
        int[] epoch = {0};
        return new Trainer(
                        model,
                        (output, target) -> output.requiresGrad()
                                ? new MSELoss().forward(output, target)
                                : Tensor.scalar(losses[epoch[0]++]),
                        optimizer,
                        Trainer.epochs(epochs)
                                .validation(new DataLoader(DATA, DataLoader.batchSize(20)))
                                .scheduler(new ReduceLROnPlateau(
                                        optimizer,
                                        ReduceLROnPlateau.options().patience(1).factor(0.5)))
                                .directory(directory.resolve("plateau"))
                                .resume(resume))
                .fit(loader());
    }

    @Test
    void thePlateauSchedulerGoesByTheWatchedLossAlsoAfterAResumption() {
        plateau(3, false, 3, 2, 2);
        List<EpochResult> history = plateau(6, true, 2, 2, 2);
        assertEquals(
                List.of(1.0, 1.0, 1.0, 1.0, 0.5, 0.5),
                history.stream().map(result -> result.values().get("lr")).toList());
    }

    @Test
    void wrongOptionsAndForeignCheckpointsAreRefused() {
        assertRefused(
                "Trainer: epochs and accumulate must be at least 1, patience and minDelta not negative,"
                        + " got [0, 1, 0, 0.0].",
                () -> Trainer.epochs(0));
        assertRefused(
                "Trainer: a run that is to be resumed must have a directory.",
                () -> Trainer.epochs(1).resume(true));
        Path file = directory.resolve("last.pt");
        TorchFile.save(Map.of("model", 1), file);
        Module model = new Linear(3, 1);
        Trainer trainer = new Trainer(
                model,
                new MSELoss()::forward,
                new SGD(model.parameters(), 0.1),
                Trainer.epochs(1).directory(directory).resume(true));
        assertRefused(
                "Trainer: the checkpoint must be one that a trainer with the same options wrote, expected a map under"
                        + " \"model\" [file: " + file + "].",
                () -> trainer.fit(loader()));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
