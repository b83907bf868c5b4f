package dev.lanewise.golden;

import dev.lanewise.optim.ConstantLR;
import dev.lanewise.optim.CosineAnnealingLR;
import dev.lanewise.optim.CosineAnnealingWarmRestarts;
import dev.lanewise.optim.CyclicLR;
import dev.lanewise.optim.ExponentialLR;
import dev.lanewise.optim.LRScheduler;
import dev.lanewise.optim.LambdaLR;
import dev.lanewise.optim.LinearLR;
import dev.lanewise.optim.MultiStepLR;
import dev.lanewise.optim.MultiplicativeLR;
import dev.lanewise.optim.OneCycleLR;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.PolynomialLR;
import dev.lanewise.optim.ReduceLROnPlateau;
import dev.lanewise.optim.StepLR;
import dev.lanewise.testing.Golden;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schedulers from their recorded names and arguments. */
final class Schedules {
    /** The functions of the epoch that are recorded: a number, or a power of one. */
    private static final Pattern LAMBDA = Pattern.compile("lambda \\w+: ([0-9.e-]+)( \\*\\* \\w+)?");

    private final Map<String, Object> args;

    private Schedules(Map<String, Object> args) {
        this.args = args;
    }

    /** What to call with the loss after each step. */
    static DoubleConsumer of(Map<String, Object> recorded, Optimizer<?> optimizer) {
        if (recorded.get("scheduler") == null) {
            return loss -> {};
        }
        Schedules of = new Schedules(Golden.map(recorded.get("scheduler_args")));
        String name = (String) recorded.get("scheduler");
        if (name.equals("ReduceLROnPlateau")) {
            return of.plateau(optimizer)::step;
        }
        LRScheduler scheduler = of.scheduler(name, optimizer);
        return loss -> scheduler.step();
    }

    private LRScheduler scheduler(String name, Optimizer<?> optimizer) {
        return switch (name) {
            case "StepLR" -> new StepLR(optimizer, integer("step_size", 1), number("gamma", 0.1));
            case "MultiStepLR" -> new MultiStepLR(optimizer, milestones(), number("gamma", 0.1));
            case "ConstantLR" -> new ConstantLR(optimizer, number("factor", 1.0 / 3), integer("total_iters", 5));
            case "LinearLR" ->
                new LinearLR(
                        optimizer, number("start_factor", 1.0 / 3), number("end_factor", 1), integer("total_iters", 5));
            case "ExponentialLR" -> new ExponentialLR(optimizer, number("gamma", 1));
            case "PolynomialLR" -> new PolynomialLR(optimizer, integer("total_iters", 5), number("power", 1));
            case "CosineAnnealingLR" -> new CosineAnnealingLR(optimizer, integer("T_max", 1), number("eta_min", 0));
            case "CosineAnnealingWarmRestarts" ->
                new CosineAnnealingWarmRestarts(
                        optimizer, integer("T_0", 1), integer("T_mult", 1), number("eta_min", 0));
            case "LambdaLR" -> new LambdaLR(optimizer, function());
            case "MultiplicativeLR" -> new MultiplicativeLR(optimizer, function());
            case "CyclicLR" -> cyclic(optimizer);
            case "OneCycleLR" -> oneCycle(optimizer);
            default -> throw new Unsupported("there is no such scheduler");
        };
    }

    private LRScheduler cyclic(Optimizer<?> optimizer) {
        int up = integer("step_size_up", 2000);
        String mode = (String) args.getOrDefault("mode", "triangular");
        return new CyclicLR(
                optimizer,
                CyclicLR.between(number("base_lr", 0), number("max_lr", 0))
                        .steps(up, integer("step_size_down", up))
                        .mode(CyclicLR.Mode.valueOf(mode.toUpperCase(Locale.ROOT)))
                        .gamma(number("gamma", 1)));
    }

    private LRScheduler oneCycle(Optimizer<?> optimizer) {
        return new OneCycleLR(
                optimizer,
                OneCycleLR.of(number("max_lr", 0), integer("total_steps", 1))
                        .pctStart(number("pct_start", 0.3))
                        .linear("linear".equals(args.get("anneal_strategy")))
                        .divisors(number("div_factor", 25), number("final_div_factor", 1e4))
                        .threePhase(Boolean.TRUE.equals(args.get("three_phase"))));
    }

    private ReduceLROnPlateau plateau(Optimizer<?> optimizer) {
        ReduceLROnPlateau.Options options = ReduceLROnPlateau.options()
                .maximize("max".equals(args.get("mode")))
                .factor(number("factor", 0.1))
                .patience(integer("patience", 10))
                .cooldown(integer("cooldown", 0))
                .minLr(number("min_lr", 0));
        double threshold = number("threshold", 1e-4);
        return new ReduceLROnPlateau(
                optimizer,
                "abs".equals(args.get("threshold_mode"))
                        ? options.absoluteThreshold(threshold)
                        : options.threshold(threshold));
    }

    private IntToDoubleFunction function() {
        Matcher matcher = LAMBDA.matcher((String) args.get("lr_lambda"));
        if (!matcher.matches()) {
            throw new Unsupported("the function " + args.get("lr_lambda"));
        }
        double base = Double.parseDouble(matcher.group(1));
        return matcher.group(2) == null ? epoch -> base : epoch -> Math.pow(base, epoch);
    }

    private int[] milestones() {
        return Arrays.stream(Golden.longs(args.get("milestones")))
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private int integer(String name, int otherwise) {
        return args.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    private double number(String name, double otherwise) {
        return args.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }
}
