package dev.lanewise.optim;

import dev.lanewise.GradMode;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * L-BFGS: steps along the Newton direction that the last changes of parameters and gradient let guess; for whole batches.
 *
 * <p>A step computes the loss many times, so {@link #step(Supplier)} takes a closure that clears the gradients, computes the
 * loss, goes backward and returns the loss. There is one group of parameters. What it remembers is not part of the state
 * dict. Source: Nocedal and Wright, Numerical Optimization, chapters 3 and 7; PyTorch's {@code torch.optim.LBFGS}, in its
 * order of operations.
 */
public final class LBFGS extends Optimizer<LBFGS.Options> {
    private static final double LEAST_CURVATURE = 1e-10;

    /**
     * Options; immutable, each method gives a changed copy. Begin with {@link LBFGS#lr}.
     *
     * @param lr factor of a step; with a line search, of the first step tried
     * @param maxIter iterations of a step
     * @param maxEval computations of the loss in a step
     * @param toleranceGrad a largest gradient that ends a step
     * @param toleranceChange a change of the loss or the parameters that ends a step
     * @param historySize changes that are remembered
     * @param strongWolfe true to search along each direction until the strong Wolfe conditions hold
     */
    public record Options(
            double lr,
            int maxIter,
            int maxEval,
            double toleranceGrad,
            double toleranceChange,
            int historySize,
            boolean strongWolfe)
            implements Optimizer.Options<Options> {
        /** Checks the ranges. */
        public Options {
            Values.notNegative("LBFGS", "learning rate", lr);
            Values.notNegative("LBFGS", "number of iterations", maxIter);
            Values.notNegative("LBFGS", "history size", historySize);
        }

        @Override
        public Options lr(double value) {
            return new Options(value, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, strongWolfe);
        }

        /** These options with another number of iterations, and 5/4 of it as the number of computations of the loss. */
        public Options maxIter(int value) {
            return new Options(lr, value, value * 5 / 4, toleranceGrad, toleranceChange, historySize, strongWolfe);
        }

        /** These options with another number of computations of the loss. */
        public Options maxEval(int value) {
            return new Options(lr, maxIter, value, toleranceGrad, toleranceChange, historySize, strongWolfe);
        }

        /** These options with other bounds that end a step. */
        public Options tolerances(double grad, double change) {
            return new Options(lr, maxIter, maxEval, grad, change, historySize, strongWolfe);
        }

        /** These options with another number of changes that are remembered. */
        public Options historySize(int value) {
            return new Options(lr, maxIter, maxEval, toleranceGrad, toleranceChange, value, strongWolfe);
        }

        /** These options with or without a line search. */
        public Options strongWolfe(boolean value) {
            return new Options(lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, value);
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("lr", lr);
            out.put("max_iter", maxIter);
            out.put("max_eval", maxEval);
            out.put("tolerance_grad", toleranceGrad);
            out.put("tolerance_change", toleranceChange);
            out.put("history_size", historySize);
            out.put("line_search_fn", strongWolfe ? "strong_wolfe" : null);
            return out;
        }

        @Override
        public Options withValues(Map<String, ?> values) {
            int iterations = (int) Values.number(values, "max_iter", maxIter);
            int evaluations = values.containsKey("max_iter") ? iterations * 5 / 4 : maxEval;
            boolean search = values.containsKey("line_search_fn")
                    ? "strong_wolfe".equals(values.get("line_search_fn"))
                    : strongWolfe;
            return new Options(
                    Values.number(values, "lr", lr),
                    iterations,
                    (int) Values.number(values, "max_eval", evaluations),
                    Values.number(values, "tolerance_grad", toleranceGrad),
                    Values.number(values, "tolerance_change", toleranceChange),
                    (int) Values.number(values, "history_size", historySize),
                    search);
        }
    }

    /** A change of the parameters and the change of the gradient that came with it. */
    private record Change(Tensor step, Tensor grad, double inverse) {
        void close() {
            step.close();
            grad.close();
        }
    }

    /** A point on the line: how far, the loss, the gradient and its part along the line. */
    record Point(double at, double loss, Tensor grad, double slope) {}

    private final List<Change> history = new ArrayList<>();
    private Tensor direction;
    private Tensor formerGrad;
    private double formerLoss;
    private double length;
    private double scale = 1;
    private long iterations;

    /** L-BFGS with learning rate 1. */
    public LBFGS(List<? extends Tensor> parameters) {
        this(parameters, lr(1));
    }

    /** L-BFGS with a learning rate. */
    public LBFGS(List<? extends Tensor> parameters, double lr) {
        this(parameters, lr(lr));
    }

    /** L-BFGS with options. */
    public LBFGS(List<? extends Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** Options with a learning rate, 20 iterations, a history of 100 and no line search. */
    public static Options lr(double lr) {
        return new Options(lr, 20, 25, 1e-7, 1e-9, 100, false);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad, Options options, ParamState state) {
        throw Check.argument("LBFGS", "a step must have a closure that computes the loss")
                .hint("Call step(() -> { optimizer.zeroGrad(); Tensor loss = ...; loss.backward(); return loss; }).")
                .error();
    }

    @Override
    public Tensor step(Supplier<Tensor> closure) {
        if (groups().size() > 1) {
            throw Check.argument("LBFGS", "there must be one group of parameters")
                    .got(groups().size())
                    .hint("Give all parameters to the constructor.")
                    .error();
        }
        Tensor first = evaluate(closure);
        try (var mode = GradMode.off();
                Scope scope = Scope.open("LBFGS step")) {
            Tensor grad = flatGrad();
            if (largest(grad) > options().toleranceGrad()) {
                iterate(closure, first.item(), grad);
            }
        }
        return first;
    }

    private void iterate(Supplier<Tensor> closure, double firstLoss, Tensor firstGrad) {
        double loss = firstLoss;
        Tensor grad = firstGrad;
        int evaluations = 1;
        for (int i = 1; i <= options().maxIter(); i++) {
            iterations++;
            chooseDirection(grad);
            formerGrad = replace(formerGrad, grad.clone());
            formerLoss = loss;
            length = iterations == 1
                    ? Math.min(1, 1 / grad.abs().sum().item()) * options().lr()
                    : options().lr();
            double slope = grad.dot(direction).item();
            if (slope > -options().toleranceChange()) {
                return;
            }
            int used = 0;
            if (options().strongWolfe()) {
                var search = new WolfeSearch(t -> at(closure, t), options().toleranceChange());
                Point best = search.run(length, new Point(0, loss, grad, slope), largest(direction));
                loss = best.loss();
                grad = best.grad();
                length = best.at();
                move(length);
                used = search.evaluations();
            } else {
                move(length);
                if (i != options().maxIter()) {
                    loss = evaluate(closure).item();
                    grad = flatGrad();
                    used = 1;
                }
            }
            evaluations += used;
            if (isDone(i, evaluations, grad, loss)) {
                return;
            }
        }
    }

    private boolean isDone(int iteration, int evaluations, Tensor grad, double loss) {
        return iteration == options().maxIter()
                || evaluations >= options().maxEval()
                || largest(grad) <= options().toleranceGrad()
                || largest(direction) * length <= options().toleranceChange()
                || Math.abs(loss - formerLoss) < options().toleranceChange();
    }

    /** The direction by the two-loop recursion over the remembered changes. */
    private void chooseDirection(Tensor grad) {
        if (iterations == 1) {
            direction = replace(direction, grad.neg());
            return;
        }
        remember(grad);
        Tensor q = grad.neg();
        double[] alphas = new double[history.size()];
        for (int i = history.size() - 1; i >= 0; i--) {
            Change change = history.get(i);
            alphas[i] = change.step().dot(q).item() * change.inverse();
            q.add_(change.grad(), -alphas[i]);
        }
        q.mul_(scale);
        for (int i = 0; i < history.size(); i++) {
            Change change = history.get(i);
            double beta = change.grad().dot(q).item() * change.inverse();
            q.add_(change.step(), alphas[i] - beta);
        }
        direction = replace(direction, q);
    }

    private void remember(Tensor grad) {
        Tensor gradChange = grad.sub(formerGrad);
        Tensor step = direction.mul(length);
        double curvature = gradChange.dot(step).item();
        if (curvature > LEAST_CURVATURE) {
            if (history.size() == options().historySize()) {
                history.remove(0).close();
            }
            history.add(new Change(Scope.escape(step), Scope.escape(gradChange), 1 / curvature));
            scale = curvature / gradChange.dot(gradChange).item();
        }
    }

    private Options options() {
        return groups().get(0).options();
    }

    private static double largest(Tensor x) {
        return x.abs().max().item();
    }

    private static Tensor replace(Tensor former, Tensor next) {
        if (former != null) {
            former.close();
        }
        return Scope.escape(next);
    }

    private static Tensor evaluate(Supplier<Tensor> closure) {
        try (var mode = GradMode.on()) {
            return closure.get();
        }
    }

    /** All gradients one after the other. */
    private Tensor flatGrad() {
        List<Tensor> parts = new ArrayList<>();
        for (Tensor parameter : groups().get(0).parameters()) {
            Tensor grad = parameter.grad();
            parts.add(grad == null ? Tensor.zerosLike(parameter).reshape(-1) : grad.reshape(-1));
        }
        return Tensor.cat(0, parts.toArray(Tensor[]::new));
    }

    /** Moves all parameters along the direction. */
    private void move(double distance) {
        long from = 0;
        for (Tensor parameter : groups().get(0).parameters()) {
            Tensor part = direction.narrow(0, from, parameter.numel());
            parameter.add_(part.reshape(parameter.shape().toArray()), distance);
            from += parameter.numel();
        }
    }

    /** The loss and the gradient at a distance along the direction; the parameters come back to where they were. */
    private Point at(Supplier<Tensor> closure, double distance) {
        List<Tensor> before = new ArrayList<>();
        groups().get(0).parameters().forEach(parameter -> before.add(parameter.clone()));
        move(distance);
        double loss = evaluate(closure).item();
        Tensor grad = flatGrad().clone();
        for (int i = 0; i < before.size(); i++) {
            groups().get(0).parameters().get(i).copy_(before.get(i));
        }
        return new Point(distance, loss, grad, grad.dot(direction).item());
    }
}
