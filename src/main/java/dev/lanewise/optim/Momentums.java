package dev.lanewise.optim;

import dev.lanewise.internal.error.Check;
import java.util.List;
import java.util.Map;

/** The momentum of a group, or its first beta, for the schedulers that change it. */
final class Momentums {
    private Momentums() {}

    static <O extends Optimizer.Options<O>> void set(String scheduler, ParamGroup<O> group, double momentum) {
        Map<String, Object> values = group.options().values();
        if (values.get("betas") instanceof List<?> betas) {
            group.setOptions(group.options().withValues(Map.of("betas", List.of(momentum, betas.get(1)))));
        } else if (values.containsKey("momentum")) {
            group.setOptions(group.options().withValues(Map.of("momentum", momentum)));
        } else {
            throw Check.argument(scheduler, "the optimizer must have a momentum or betas")
                    .got(values.keySet())
                    .hint("Switch the cycling of the momentum off.")
                    .error();
        }
    }
}
