package dev.lanewise.memory;

import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.internal.storage.MemoryBudget;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.MSELoss;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.SGD;

/**
 * Trains a model for many steps and reports the memory in use as it goes.
 *
 * <p>Arguments: {@code regression} or {@code mlp}; {@code scopes} or {@code plain}; the number of steps; how often to report.
 * A report is the line {@code step, live bytes, live bytes after a collection, system allocations, loss}; with scopes nothing
 * is collected for it, so that all allocations are the training's own.
 */
final class TrainingProgram {
    private static final int BATCH = 64;
    private static final int FEATURES = 64;
    private static final int CLASSES = 10;
    private static final int PARTS = 2;

    private final Tensor[] x;
    private final Tensor[] y;
    private final Module model;
    private final Loss criterion;
    private final Optimizer<?> optimizer;

    private TrainingProgram(Tensor[] x, Tensor[] y, Module model, Loss criterion, Optimizer<?> optimizer) {
        this.x = x;
        this.y = y;
        this.model = model;
        this.criterion = criterion;
        this.optimizer = optimizer;
    }

    public static void main(String[] args) {
        Lanewise.manualSeed(0);
        TrainingProgram program = args[0].equals("mlp") ? mlp() : regression();
        boolean scopes = args[1].equals("scopes");
        int steps = Integer.parseInt(args[2]);
        int interval = Integer.parseInt(args[3]);
        for (int step = 1; step <= steps; step++) {
            double loss = scopes ? program.scopedStep() : program.step();
            if (step % interval == 0) {
                report(step, loss, !scopes);
            }
        }
    }

    private static void report(int step, double loss, boolean collect) {
        long live = MemoryBudget.liveBytes();
        long allocations = MemoryBudget.systemAllocations();
        if (collect) {
            MemoryBudget.trim();
        }
        System.out.println(step + " " + live + " " + MemoryBudget.liveBytes() + " " + allocations + " " + loss);
    }

    /** A line through 16 points by plain gradient descent. */
    private static TrainingProgram regression() {
        Tensor x = Tensor.randn(16, 1);
        Tensor y = x.mul(3).add(1);
        Linear model = new Linear(1, 1);
        return new TrainingProgram(
                new Tensor[] {x}, new Tensor[] {y}, model, new MSELoss(), new SGD(model.parameters(), 1e-2));
    }

    /** A classifier by Adam, whose gradient is added up over the parts of a batch. */
    private static TrainingProgram mlp() {
        Tensor[] x = new Tensor[PARTS];
        Tensor[] y = new Tensor[PARTS];
        for (int part = 0; part < PARTS; part++) {
            x[part] = Tensor.randn(BATCH, FEATURES);
            y[part] = Tensor.randint(0, CLASSES, BATCH);
        }
        Module model = new Sequential(
                new Linear(FEATURES, FEATURES),
                new ReLU(),
                new Linear(FEATURES, FEATURES),
                new ReLU(),
                new Linear(FEATURES, CLASSES));
        return new TrainingProgram(x, y, model, new CrossEntropyLoss(), new Adam(model.parameters(), 1e-3));
    }

    private double step() {
        optimizer.zeroGrad();
        double loss = 0;
        for (int part = 0; part < x.length; part++) {
            loss += backward(part);
        }
        optimizer.step();
        return loss;
    }

    /** The same, each part in a scope inside the scope of the step. */
    private double scopedStep() {
        try (Scope step = Scope.open("step")) {
            optimizer.zeroGrad();
            double loss = 0;
            for (int part = 0; part < x.length; part++) {
                try (Scope inner = Scope.open("part")) {
                    loss += backward(part);
                }
            }
            optimizer.step();
            return loss;
        }
    }

    private double backward(int part) {
        Tensor loss = criterion.forward(model.forward(x[part]), y[part]);
        loss.backward();
        return loss.item();
    }
}
