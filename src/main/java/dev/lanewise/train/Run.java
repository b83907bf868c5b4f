package dev.lanewise.train;

import dev.lanewise.Generator;
import dev.lanewise.GeneratorState;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.internal.error.Check;
import dev.lanewise.io.TorchFile;
import dev.lanewise.nn.Module;
import dev.lanewise.optim.Optimizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a run of a {@link Trainer} leaves on disk: checkpoints, from which it goes on, and the log. */
final class Run {
    private static final String OP = "Trainer";
    private static final String MODEL = "model";
    private static final String OPTIMIZER = "optimizer";
    private static final String SCHEDULER = "scheduler";
    private static final String GENERATOR = "generator";
    private static final String LOADER = "loader_generator";
    private static final String HISTORY = "history";

    private final Module model;
    private final Optimizer<?> optimizer;
    private final Trainer.Options options;
    private final DataLoader training;

    Run(Module model, Optimizer<?> optimizer, Trainer.Options options, DataLoader training) {
        this.model = model;
        this.optimizer = optimizer;
        this.options = options;
        this.training = training;
    }

    /** True if the loss has not become better for too long. */
    boolean isOver(List<EpochResult> history) {
        return options.patience() > 0 && !history.isEmpty() && history.size() - best(history) >= options.patience();
    }

    /** The number of the epoch after which the loss did not become better by enough; NaN is never better. */
    private int best(List<EpochResult> history) {
        double best = Double.POSITIVE_INFINITY;
        int epoch = 0;
        for (EpochResult result : history) {
            if (result.watched() < best - options.minDelta()) {
                best = result.watched();
                epoch = result.epoch();
            }
        }
        return epoch;
    }

    void save(List<EpochResult> history) {
        if (options.directory() == null) {
            return;
        }
        try {
            Files.createDirectories(options.directory());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    OP + ": cannot make the directory " + options.directory() + ": " + e.getMessage() + ".", e);
        }
        if (best(history) == history.size()) {
            TorchFile.save(model.stateDict(), options.directory().resolve("best.pt"));
        }
        Map<String, Object> state = new LinkedHashMap<>();
        state.put(MODEL, model.stateDict());
        state.put(OPTIMIZER, optimizer.stateDict());
        state.put(
                SCHEDULER,
                options.scheduler() == null ? null : options.scheduler().stateDict());
        state.put(GENERATOR, saved(Generator.defaultGenerator()));
        state.put(LOADER, saved(training.options().generator()));
        state.put(HISTORY, history.stream().map(Run::saved).toList());
        TorchFile.save(state, last());
    }

    private Path last() {
        return options.directory().resolve("last.pt");
    }

    /** Goes back to where the last checkpoint was made; the epochs until then, none if there is no checkpoint. */
    List<EpochResult> resume() {
        if (!Files.exists(last())) {
            return List.of();
        }
        Map<String, ?> state = map(TorchFile.load(last()), "last.pt");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        map(state.get(MODEL), MODEL).forEach((name, tensor) -> tensors.put(name, (Tensor) tensor));
        model.loadStateDict(tensors);
        optimizer.loadStateDict(map(state.get(OPTIMIZER), OPTIMIZER));
        if (options.scheduler() != null) {
            options.scheduler().loadStateDict(map(state.get(SCHEDULER), SCHEDULER));
        }
        restore(Generator.defaultGenerator(), map(state.get(GENERATOR), GENERATOR));
        if (training.options().generator() != null) {
            restore(training.options().generator(), map(state.get(LOADER), LOADER));
        }
        List<EpochResult> history = new ArrayList<>();
        for (Object epoch : (List<?>) state.get(HISTORY)) {
            history.add(loaded(map(epoch, HISTORY)));
        }
        return history;
    }

    @SuppressWarnings("unchecked") // keys that are no texts are refused before
    private Map<String, ?> map(Object value, String what) {
        if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
            return (Map<String, ?>) map;
        }
        throw Check.argument(OP, "the checkpoint must be one that a trainer with the same options wrote")
                .expected("a map under \"" + what + "\"")
                .operand("file", last().toString())
                .error();
    }

    private static Map<String, Object> saved(EpochResult result) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("epoch", result.epoch());
        out.put("seconds", result.seconds());
        out.put("values", result.values());
        return out;
    }

    private EpochResult loaded(Map<String, ?> saved) {
        Map<String, Double> values = new LinkedHashMap<>();
        map(saved.get("values"), HISTORY).forEach((name, value) -> values.put(name, (Double) value));
        return new EpochResult(((Long) saved.get("epoch")).intValue(), values, (Double) saved.get("seconds"));
    }

    private static Map<String, Object> saved(Generator generator) {
        if (generator == null) {
            return null;
        }
        GeneratorState state = generator.getState();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("initial_seed", state.initialSeed());
        out.put("words", Tensor.fromArray(state.words()));
        out.put("position", state.position());
        out.put(
                "kept_normal",
                state.keptNormal().isPresent() ? state.keptNormal().getAsDouble() : null);
        return out;
    }

    private static void restore(Generator generator, Map<String, ?> saved) {
        long[] words = ((Tensor) saved.get("words")).toLongArray();
        int[] ints = new int[words.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) words[i];
        }
        Object kept = saved.get("kept_normal");
        generator.setState(new GeneratorState(
                (Long) saved.get("initial_seed"),
                ints,
                ((Long) saved.get("position")).intValue(),
                kept == null ? OptionalDouble.empty() : OptionalDouble.of((Double) kept)));
    }

    /** Writes the log anew, so that a resumed run's is that of the whole. */
    void log(List<EpochResult> history) {
        if (options.log() == null) {
            return;
        }
        boolean json = options.log().toString().matches(".*\\.jsonl?");
        StringBuilder text = new StringBuilder();
        if (!json && !history.isEmpty()) {
            text.append("epoch,")
                    .append(String.join(",", history.get(0).values().keySet()))
                    .append(",seconds\n");
        }
        history.forEach(result -> text.append(json ? json(result) : csv(result)).append('\n'));
        try {
            Files.writeString(options.log(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(OP + ": cannot write " + options.log() + ": " + e.getMessage() + ".", e);
        }
    }

    private static String csv(EpochResult result) {
        return result.epoch() + ","
                + result.values().values().stream().map(String::valueOf).collect(Collectors.joining(","))
                + "," + result.seconds();
    }

    private static String json(EpochResult result) {
        StringBuilder text = new StringBuilder("{\"epoch\": ").append(result.epoch());
        result.values()
                .forEach((name, value) -> text.append(", \"")
                        .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append("\": ")
                        // JSON has no number for these.
                        .append(Double.isFinite(value) ? value.toString() : "\"" + value + "\""));
        return text.append(", \"seconds\": ")
                .append(result.seconds())
                .append('}')
                .toString();
    }
}
