package dev.lanewise.train;

import dev.lanewise.GradMode;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.internal.error.Check;
import dev.lanewise.metrics.Metric;
import dev.lanewise.nn.Module;
import dev.lanewise.optim.LRScheduler;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.ReduceLROnPlateau;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Trains a model for some epochs, as the usual loop does.
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(model, new CrossEntropyLoss()::forward, new Adam(model.parameters()),
 *         Trainer.epochs(20).validation(test).metric("accuracy", new Accuracy()).directory(Path.of("run")));
 * List<EpochResult> history = trainer.fit(training);
 * }</pre>
 *
 * <p>For each batch: forward, loss, backward and a step of the optimizer, in a scope that frees what they made. After each
 * epoch: the loss and the metrics of the validation data in evaluation mode, a step of the scheduler, the log and the
 * checkpoints. A run that is resumed goes on exactly as the uninterrupted one would have: same losses, bit for bit.
 */
public final class Trainer {
    private final Module model;
    private final BinaryOperator<Tensor> criterion;
    private final Optimizer<?> optimizer;
    private final Options options;

    /**
     * How a model is trained; immutable, each method gives a changed copy. Begin with {@link Trainer#epochs}.
     *
     * @param epochs passes over the training data, at least 1
     * @param validation data that is not learned; null for none
     * @param metrics by name, fed with the training data while it is learned, and then anew with the validation data
     * @param scheduler makes a step after each epoch; null for none
     * @param patience stop after so many epochs in which the loss has not become better; 0 to never stop early
     * @param minDelta by how much the loss must fall to be better
     * @param directory where {@code last.pt}, the state after the last epoch, and {@code best.pt}, the model's state dict
     *     with the best loss, are kept; null for neither. "The loss" is that of the validation data, if there is any
     * @param resume true to go on from {@code last.pt} if it is there
     * @param log a file with one line per epoch: JSON if its name ends in {@code .json} or {@code .jsonl}, else CSV with a
     *     header; null for none
     * @param progress where a line per epoch is printed; null for nowhere
     * @param accumulate batches whose gradients are summed, each divided by their number, before the optimizer steps
     * @param forward what the model makes of a batch; null for {@code model.forward(batch[0])}
     * @param beforeStep is run between backward and the optimizer's step, for example to clip gradients; null for nothing
     */
    public record Options(
            int epochs,
            DataLoader validation,
            Map<String, Metric> metrics,
            Schedule scheduler,
            int patience,
            double minDelta,
            Path directory,
            boolean resume,
            Path log,
            PrintStream progress,
            int accumulate,
            Function<Tensor[], Tensor> forward,
            Runnable beforeStep) {
        /** Checks the numbers. */
        public Options {
            if (epochs < 1 || accumulate < 1 || patience < 0 || !(minDelta >= 0)) {
                throw Check.argument(
                                "Trainer",
                                "epochs and accumulate must be at least 1, patience and minDelta not negative")
                        .got(List.of(epochs, accumulate, patience, minDelta))
                        .error();
            }
            if (resume && directory == null) {
                throw Check.argument("Trainer", "a run that is to be resumed must have a directory")
                        .error();
            }
            metrics = new LinkedHashMap<>(metrics);
        }

        private Options with(Map<String, Metric> newMetrics, boolean newResume, Path newDirectory) {
            return new Options(
                    epochs,
                    validation,
                    newMetrics,
                    scheduler,
                    patience,
                    minDelta,
                    newDirectory,
                    newResume,
                    log,
                    progress,
                    accumulate,
                    forward,
                    beforeStep);
        }

        /** These options with data that is not learned, to judge the model by. */
        public Options validation(DataLoader value) {
            return new Options(
                    epochs,
                    value,
                    metrics,
                    scheduler,
                    patience,
                    minDelta,
                    directory,
                    resume,
                    log,
                    progress,
                    accumulate,
                    forward,
                    beforeStep);
        }

        /** These options with one more metric, which the trainer resets at the begin of each pass over data. */
        public Options metric(String name, Metric metric) {
            Map<String, Metric> more = new LinkedHashMap<>(metrics);
            more.put(name, metric);
            return with(more, resume, directory);
        }

        /** These options with a scheduler that makes a step after each epoch. */
        public Options scheduler(LRScheduler value) {
            return scheduler(Schedule.of(value));
        }

        /** These options with a scheduler that gets, after each epoch, the loss of the validation data, if there is any. */
        public Options scheduler(ReduceLROnPlateau value) {
            return scheduler(Schedule.of(value));
        }

        /** These options with a schedule of one's own. */
        public Options scheduler(Schedule value) {
            return new Options(
                    epochs,
                    validation,
                    metrics,
                    value,
                    patience,
                    minDelta,
                    directory,
                    resume,
                    log,
                    progress,
                    accumulate,
                    forward,
                    beforeStep);
        }

        /** These options with early stopping after so many epochs without a lower loss. */
        public Options patience(int value) {
            return new Options(
                    epochs,
                    validation,
                    metrics,
                    scheduler,
                    value,
                    minDelta,
                    directory,
                    resume,
                    log,
                    progress,
                    accumulate,
                    forward,
                    beforeStep);
        }

        /** These options with the least fall of the loss that counts. */
        public Options minDelta(double value) {
            return new Options(
                    epochs,
                    validation,
                    metrics,
                    scheduler,
                    patience,
                    value,
                    directory,
                    resume,
                    log,
                    progress,
                    accumulate,
                    forward,
                    beforeStep);
        }

        /** These options with a directory for checkpoints, which is made if it is not there. */
        public Options directory(Path value) {
            return with(metrics, resume, value);
        }

        /** These options with or without going on from the directory's last checkpoint. */
        public Options resume(boolean value) {
            return with(metrics, value, directory);
        }

        /** These options with a log file. */
        public Options log(Path value) {
            return new Options(
                    epochs,
                    validation,
                    metrics,
                    scheduler,
                    patience,
                    minDelta,
                    directory,
                    resume,
                    value,
                    progress,
                    accumulate,
                    forward,
                    beforeStep);
        }

        /** These options with a line per epoch, and on a terminal a bar that moves. */
        public Options progress(PrintStream value) {
            return new Options(
                    epochs,
                    validation,
                    metrics,
                    scheduler,
                    patience,
                    minDelta,
                    directory,
                    resume,
                    log,
                    value,
                    accumulate,
                    forward,
                    beforeStep);
        }

        /** These options with a step of the optimizer every so many batches. */
        public Options accumulate(int value) {
            return new Options(
                    epochs,
                    validation,
                    metrics,
                    scheduler,
                    patience,
                    minDelta,
                    directory,
                    resume,
                    log,
                    progress,
                    value,
                    forward,
                    beforeStep);
        }

        /** These options with another way from a batch to the model's output. */
        public Options forward(Function<Tensor[], Tensor> value) {
            return new Options(
                    epochs,
                    validation,
                    metrics,
                    scheduler,
                    patience,
                    minDelta,
                    directory,
                    resume,
                    log,
                    progress,
                    accumulate,
                    value,
                    beforeStep);
        }

        /** These options with something that is run before each step of the optimizer. */
        public Options beforeStep(Runnable value) {
            return new Options(
                    epochs,
                    validation,
                    metrics,
                    scheduler,
                    patience,
                    minDelta,
                    directory,
                    resume,
                    log,
                    progress,
                    accumulate,
                    forward,
                    value);
        }
    }

    /**
     * A trainer.
     *
     * @param criterion the loss of the model's output and the batch's last tensor, a 0-d mean over the samples
     * @param optimizer of the model's parameters
     */
    public Trainer(Module model, BinaryOperator<Tensor> criterion, Optimizer<?> optimizer, Options options) {
        this.model = model;
        this.criterion = criterion;
        this.optimizer = optimizer;
        this.options = options;
    }

    /** Options for so many passes over the training data, and nothing else. */
    public static Options epochs(int epochs) {
        return new Options(epochs, null, Map.of(), null, 0, 0, null, false, null, null, 1, null, null);
    }

    /** Trains the model and returns what each epoch came to, those before a resumption included. */
    public List<EpochResult> fit(DataLoader training) {
        Run run = new Run(model, optimizer, options, training);
        List<EpochResult> history = new ArrayList<>(options.resume() ? run.resume() : List.of());
        run.log(history);
        while (history.size() < options.epochs() && !run.isOver(history)) {
            EpochResult result = epoch(training, history.size() + 1);
            history.add(result);
            run.log(history);
            run.save(history);
        }
        return List.copyOf(history);
    }

    private EpochResult epoch(DataLoader training, int number) {
        long begun = System.nanoTime();
        double rate = optimizer.groups().get(0).lr();
        String title = String.format(
                Locale.ROOT,
                "epoch %" + Integer.toString(options.epochs()).length() + "d/%d",
                number,
                options.epochs());
        Means means = new Means(options, title, training);
        learn(training, means);
        Map<String, Double> values = new LinkedHashMap<>(means.values(""));
        if (options.validation() != null) {
            values.putAll(evaluate(options.validation(), EpochResult.VALIDATION));
        }
        values.put(EpochResult.RATE, rate);
        EpochResult result = new EpochResult(number, values, (System.nanoTime() - begun) / 1e9);
        if (options.scheduler() != null) {
            options.scheduler().step(result.watched());
        }
        means.finish(values);
        return result;
    }

    private void learn(DataLoader training, Means means) {
        model.train();
        optimizer.zeroGrad();
        int waiting = 0;
        for (Tensor[] batch : training) {
            try (Scope step = Scope.open("training step")) {
                Tensor output = forward(batch);
                Tensor target = batch[batch.length - 1];
                Tensor loss = criterion.apply(output, target);
                (options.accumulate() == 1 ? loss : loss.div(options.accumulate())).backward();
                waiting++;
                if (waiting == options.accumulate()) {
                    step();
                    waiting = 0;
                }
                means.add(loss.item(), output, target);
            }
        }
        if (waiting > 0) {
            step();
        }
    }

    private void step() {
        if (options.beforeStep() != null) {
            options.beforeStep().run();
        }
        optimizer.step();
        optimizer.zeroGrad();
    }

    private Tensor forward(Tensor[] batch) {
        return options.forward() == null
                ? model.forward(batch[0])
                : options.forward().apply(batch);
    }

    /** The loss and the metrics of some data in evaluation mode, without gradients; the model's mode is as before then. */
    public Map<String, Double> evaluate(DataLoader data) {
        return evaluate(data, "");
    }

    private Map<String, Double> evaluate(DataLoader data, String prefix) {
        boolean training = model.isTraining();
        model.eval();
        Means means = new Means(options, null, null);
        try (var mode = GradMode.off()) {
            for (Tensor[] batch : data) {
                try (Scope scope = Scope.open("evaluation")) {
                    Tensor output = forward(batch);
                    Tensor target = batch[batch.length - 1];
                    means.add(criterion.apply(output, target).item(), output, target);
                }
            }
        } finally {
            model.train(training);
        }
        return means.values(prefix);
    }
}
