package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MSELoss;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tanh;
import dev.lanewise.optim.ASGD;
import dev.lanewise.optim.Adadelta;
import dev.lanewise.optim.Adagrad;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.AdamW;
import dev.lanewise.optim.Adamax;
import dev.lanewise.optim.LBFGS;
import dev.lanewise.optim.NAdam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.RAdam;
import dev.lanewise.optim.RMSprop;
import dev.lanewise.optim.Rprop;
import dev.lanewise.optim.SGD;
import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Json;
import dev.lanewise.testing.Npz;
import dev.lanewise.testing.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/** Replays training runs step by step: losses, parameters on the way and at the end. */
final class TrainReplay {
    /** Relative differences of losses and, against |value| + 0.1, of parameters: at first, and as rounding adds up. */
    private static final double[] LOSS_FLOAT32 = {1e-5, 1e-4};

    /** Below this a loss of float32 is the difference of rounded numbers. */
    private static final double LOSS_FLOOR = 0.01;

    private static final double[] LOSS_FLOAT64 = {1e-9, 1e-9};
    private static final Map<String, double[]> PARAMETERS = Map.of(
            "after1.", new double[] {1e-4, 1e-10},
            "after10.", new double[] {5e-4, 1e-9},
            "final.", new double[] {2e-3, 1e-8});
    private static final int EARLY_STEPS = 10;
    private static final double NOISE = 1e-7;
    private static final String RUNNING_MEAN = "running_mean";

    /** Optimizers that turn a rounding error into another branch, by how much more their runs of float32 may differ. */
    private static final Map<String, Double> CHAOTIC = Map.of("LBFGS", 100.0, "Rprop", 100.0);

    private final Map<String, Object> recorded;
    private final Map<String, Npz.Array> arrays;
    private final boolean wide;

    private TrainReplay(Map<String, Object> recorded, Map<String, Npz.Array> arrays) {
        this.recorded = recorded;
        this.arrays = arrays;
        this.wide = "float64".equals(recorded.get("dtype"));
    }

    /** All runs in the folder {@code train} of a directory. */
    static Report replay(Path directory) {
        Report report = new Report("train");
        Path folder = directory.resolve("train");
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".json")).sorted().forEach(file -> replay(report, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return report;
    }

    private static void replay(Report report, Path file) {
        String name = file.getFileName().toString().replace(".json", "");
        Map<String, Object> recorded = Golden.map(Json.parse(Project.read(file)));
        if (recorded.containsKey("kind")) {
            Path npz = file.resolveSibling(name + ".npz");
            Map<String, Npz.Array> arrays = Files.exists(npz) ? Npz.read(npz) : Map.of();
            report.check("train/" + name, name, () -> new TrainReplay(recorded, arrays).run());
        } else if (recorded.containsKey("runs") && !name.equals("index")) {
            int runs = Golden.list(recorded.get("runs")).size();
            report.unsupported(name + ": the data is not part of the recording", runs);
        }
    }

    private void run() {
        switch ((String) recorded.get("kind")) {
            case "mlp" -> classifier();
            case "model" -> model();
            case "tutorial section 9.2" -> descent();
            case "tutorial section 10" -> regression();
            default -> throw new Unsupported("there are no such layers");
        }
    }

    // ------------------------------------------------------------------ a classifier with each optimizer

    private void classifier() {
        Sequential model = model((String) recorded.get("model"));
        model.to(wide ? DType.FLOAT64 : DType.FLOAT32);
        model.stateDict().forEach((name, tensor) -> tensor.copy_(tensor("init." + name)));
        Optimizer<?> optimizer = optimizer(model.parameters());
        Tensor x = tensor("X");
        Tensor y = tensor("y");
        DoubleConsumer scheduler = Schedules.of(recorded, optimizer);
        double[] rates = Golden.doubles(recorded.get("lr_per_step"));
        double[] losses = Golden.doubles(recorded.get("loss_per_step"));
        for (int step = 0; step < losses.length; step++) {
            close(rates[step], optimizer.groups().get(0).lr(), 1e-12, 0, "learning rate of step " + step);
            checkMomentum(optimizer, step);
            Tensor loss = optimizer.step(() -> {
                optimizer.zeroGrad();
                Tensor value = new CrossEntropyLoss().forward(model.forward(x), y);
                value.backward();
                return value;
            });
            double[] allowed = wide ? LOSS_FLOAT64 : LOSS_FLOAT32;
            double most = allowed[step < EARLY_STEPS ? 0 : 1] * chaos();
            close(losses[step], loss.item(), most, wide ? 0 : LOSS_FLOOR, "loss of step " + step);
            scheduler.accept(loss.item());
            if (step == 0) {
                compare("after1.", model);
            } else if (step == EARLY_STEPS - 1) {
                compare("after10.", model);
            }
        }
        if (chaos() == 1) {
            compare("final.", model);
        }
    }

    // ------------------------------------------------------------------ models of other layers

    private void model() {
        Module model = TrainModels.of((String) recorded.get("name"));
        Expect.same(recorded.get("repr"), model.toString(), "printed form");
        model.to(wide ? DType.FLOAT64 : DType.FLOAT32);
        Expect.same(
                recorded.get("parameter_order"),
                List.copyOf(model.namedParameters().keySet()),
                "order of the parameters");
        model.stateDict().forEach((name, value) -> value.copy_(tensor("init." + name)));
        Optimizer<?> optimizer = optimizer(model.parameters());
        double[] losses = Golden.doubles(recorded.get("loss_per_step"));
        Tensor x = tensor("x");
        for (int step = 0; step < losses.length; step++) {
            optimizer.zeroGrad();
            Tensor loss = loss(model.forward(x), x);
            loss.backward();
            if (step == 0) {
                model.namedParameters()
                        .forEach((name, value) -> compare("grad0." + name, value.grad(), wide ? 1e-9 : 1e-3));
            }
            optimizer.step();
            double[] allowed = wide ? LOSS_FLOAT64 : LOSS_FLOAT32;
            double most = allowed[step < EARLY_STEPS ? 0 : 1];
            close(losses[step], loss.item(), most, wide ? 0 : LOSS_FLOOR, "loss of step " + step);
        }
        compare("final.", model);
        model.eval();
        compare("eval_output", model.forward(x), PARAMETERS.get("final.")[wide ? 1 : 0]);
    }

    /** Of an autoencoder to its input, of the others to the classes. */
    private Tensor loss(Tensor out, Tensor x) {
        return arrays.containsKey("y")
                ? new CrossEntropyLoss().forward(out.flatten(0, -2), tensor("y").flatten())
                : new MSELoss().forward(out, x);
    }

    private void compare(String key, Tensor got, double tolerance) {
        double[] expected = arrays.get(key).toDoubles();
        double[] actual = got.toDoubleArray();
        Expect.same(expected.length, actual.length, key + ": number of elements");
        for (int i = 0; i < expected.length; i++) {
            if (!isNoise(key, i)) {
                close(expected[i], actual[i], tolerance, 0.1, key + " " + i);
            }
        }
    }

    /**
     * True for the final value of a parameter that a norm or a softmax after it cancels: its gradient is nothing but rounding
     * errors, which Adam makes steps of. The mean that the norm takes off follows it, and what is evaluated with that.
     */
    private boolean isNoise(String key, int i) {
        if (wide) {
            return false;
        }
        if (key.equals("eval_output")) {
            return arrays.keySet().stream().anyMatch(name -> name.endsWith(RUNNING_MEAN));
        }
        Npz.Array first = key.startsWith("final.") ? arrays.get(key.replace("final.", "grad0.")) : null;
        boolean mean = key.startsWith("final.") && key.endsWith(RUNNING_MEAN);
        return mean || first != null && Math.abs(first.toDoubles()[i]) < NOISE;
    }

    /** Compares the momentum, or the first beta, where there is one. */
    private void checkMomentum(Optimizer<?> optimizer, int step) {
        Object expected =
                Golden.list(recorded.get("momentum_or_beta1_per_step")).get(step);
        Map<String, Object> options = optimizer.groups().get(0).options().values();
        Object got = options.get("betas") instanceof List<?> betas ? betas.get(0) : options.get("momentum");
        if (expected != null) {
            close(Golden.number(expected), ((Number) got).doubleValue(), 1e-12, 0, "momentum of step " + step);
        }
    }

    /** A network from its recorded description, for example {@code Linear(20,32) ReLU Linear(32,3)}. */
    private static Sequential model(String description) {
        return new Sequential(
                Stream.of(description.split(" ")).map(TrainReplay::layer).toArray(Module[]::new));
    }

    private static Module layer(String description) {
        if (description.startsWith("Linear(")) {
            String[] sizes = description
                    .substring("Linear(".length(), description.length() - 1)
                    .split(",", -1);
            return new Linear(Long.parseLong(sizes[0]), Long.parseLong(sizes[1]));
        }
        return switch (description) {
            case "ReLU" -> new ReLU();
            case "Tanh" -> new Tanh();
            default -> throw new Unsupported("there are no such layers");
        };
    }

    private Optimizer<?> optimizer(List<? extends Tensor> parameters) {
        Map<String, Object> args = Golden.map(recorded.get("optimizer_args"));
        return switch ((String) recorded.get("optimizer")) {
            case "SGD" -> new SGD(parameters, SGD.lr(0).withValues(args));
            case "Adam" -> new Adam(parameters, Adam.lr(0).withValues(args));
            case "AdamW" -> new AdamW(parameters, AdamW.lr(0).withValues(args));
            case "LBFGS" -> new LBFGS(parameters, LBFGS.lr(0).withValues(args));
            case "ASGD" -> new ASGD(parameters, ASGD.lr(0).withValues(args));
            case "Adadelta" -> new Adadelta(parameters, Adadelta.lr(0).withValues(args));
            case "Adagrad" -> new Adagrad(parameters, Adagrad.lr(0).withValues(args));
            case "Adamax" -> new Adamax(parameters, Adamax.lr(0).withValues(args));
            case "NAdam" -> new NAdam(parameters, NAdam.lr(0).withValues(args));
            case "RAdam" -> new RAdam(parameters, RAdam.lr(0).withValues(args));
            case "RMSprop" -> new RMSprop(parameters, RMSprop.lr(0).withValues(args));
            case "Rprop" -> new Rprop(parameters, Rprop.lr(0).withValues(args));
            default -> throw new Unsupported("there is no such optimizer");
        };
    }

    private void compare(String prefix, Module model) {
        double tolerance = PARAMETERS.get(prefix)[wide ? 1 : 0] * chaos();
        model.stateDict().forEach((name, tensor) -> compare(prefix + name, tensor, tolerance));
    }

    private double chaos() {
        return wide ? 1 : CHAOTIC.getOrDefault((String) recorded.get("optimizer"), 1.0);
    }

    private Tensor tensor(String key) {
        Npz.Array array = arrays.get(key);
        return Tensor.fromArray(array.values()).reshape(array.shape());
    }

    // ------------------------------------------------------------------ gradient descent

    /** y = x² + 20 from x = 10 by steps of 0.01, bit for bit. */
    private void descent() {
        Tensor x = Tensor.scalar(wide ? DType.FLOAT64 : DType.FLOAT32, 10).requiresGrad_();
        int step = 0;
        for (Object row : Golden.list(recorded.get("trace"))) {
            Tensor y = x.pow(2).add(20);
            if (x.grad() != null) {
                x.grad().zero_();
            }
            y.backward();
            Tensor change = x.grad().mul(0.01);
            double gradient = x.grad().item();
            x.data().sub_(change);
            double[] expected = Golden.doubles(row);
            double[] got = {x.item(), gradient, change.item(), y.item()};
            for (int i = 0; i < expected.length; i++) {
                close(expected[i], got[i], 0, 0, "step " + step + " column " + i);
            }
            step++;
        }
    }

    // ------------------------------------------------------------------ linear regression

    /** From the seed alone: order of the batches, initial parameters, loss of every step, parameters after each pass. */
    private void regression() {
        double tolerance = wide ? 1e-10 : 1e-5;
        DType type = wide ? DType.FLOAT64 : DType.FLOAT32;
        Tensor x = tensor("x").to(type).reshape(-1, 1);
        Tensor y = tensor("y").to(type).reshape(-1, 1);
        Lanewise.manualSeed(((Number) recorded.get("seed")).longValue());
        var samples = new TensorDataset(x, y, Tensor.arange(x.size(0)));
        var loader = new DataLoader(samples, DataLoader.batchSize(16).shuffle(true));
        Linear model = new Linear(1, 1, Linear.dtype(type));
        close(Golden.number(recorded.get("w0")), model.weight().item(), 0, 0, "initial weight");
        close(Golden.number(recorded.get("b0")), model.bias().item(), 0, 0, "initial bias");
        var optimizer = new SGD(model.parameters(), 1e-2);
        Iterator<Object> losses = Golden.list(recorded.get("step_loss")).iterator();
        Iterator<Object> weights = Golden.list(recorded.get("w_after_epoch")).iterator();
        for (Object pass : Golden.list(recorded.get("batches"))) {
            Iterator<Object> batches = Golden.list(pass).iterator();
            for (Tensor[] batch : loader) {
                Expect.same(
                        Tensor.of(Golden.longs(batches.next())).toString(),
                        batch[2].toString(),
                        "order of the samples");
                Tensor loss = new MSELoss().forward(model.forward(batch[0]), batch[1]);
                close(Golden.number(losses.next()), loss.item(), tolerance, 0, "loss of a step");
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
            }
            close(Golden.number(weights.next()), model.weight().item(), tolerance, 0, "weight after a pass");
        }
        close(Golden.number(recorded.get("final_b")), model.bias().item(), tolerance, 0, "final bias");
    }

    private static void close(double expected, double got, double relative, double floor, String what) {
        boolean near = Double.compare(expected, got) == 0
                || Math.abs(expected - got) <= relative * (Math.abs(expected) + floor);
        if (!near) {
            throw new AssertionError(what + ": expected " + expected + ", got " + got);
        }
    }
}
