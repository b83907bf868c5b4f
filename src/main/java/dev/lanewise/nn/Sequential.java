package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Modules one after the other: the output of each is the input of the next.
 *
 * <p>They are named 0, 1, 2 … unless names are given. Source: PyTorch's {@code torch.nn.Sequential}.
 */
public final class Sequential extends Module {
    private final List<Module> steps = new ArrayList<>();

    /** Modules in the order in which they are applied; none gives the identity. */
    public Sequential(Module... modules) {
        for (Module module : modules) {
            append(module);
        }
    }

    /** Modules with names, applied in the order of the map, which should be a {@link java.util.LinkedHashMap}. */
    public Sequential(Map<String, ? extends Module> modules) {
        modules.forEach((name, module) -> steps.add(register(name, module)));
    }

    /** Adds a module at the end, named by its position. Changes and returns this module. */
    public Sequential append(Module module) {
        steps.add(register(Integer.toString(steps.size()), module));
        return this;
    }

    /** The module at a position; negative positions count from the end. */
    public Module get(int position) {
        int at = position < 0 ? position + steps.size() : position;
        if (at < 0 || at >= steps.size()) {
            throw Check.index("get", "position must be inside the sequence")
                    .expected("-" + steps.size() + " to " + (steps.size() - 1))
                    .got(position)
                    .error();
        }
        return steps.get(at);
    }

    /** Number of modules. */
    public int size() {
        return steps.size();
    }

    @Override
    public Tensor forward(Tensor input) {
        Tensor x = input;
        for (Module step : steps) {
            x = step.forward(x);
        }
        return noted(input, x);
    }
}
