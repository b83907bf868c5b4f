package dev.lanewise.nn;

import dev.lanewise.internal.error.Check;
import java.util.Map;
import java.util.Set;

/**
 * Modules by name, in the order in which they were put in; what is done with them is for the module that holds it to say.
 *
 * <p>Source: PyTorch's {@code torch.nn.ModuleDict}.
 */
public final class ModuleDict extends Module {
    /** An empty dictionary. */
    public ModuleDict() {}

    /** Modules in the order of the map, which should be a {@link java.util.LinkedHashMap}. */
    public ModuleDict(Map<String, ? extends Module> modules) {
        modules.forEach(this::put);
    }

    /** Puts in a module under a name that is not in use. Changes and returns this dictionary. */
    public ModuleDict put(String name, Module module) {
        register(name, module);
        return this;
    }

    /** The module of a name. */
    public Module get(String name) {
        Module module = namedChildren().get(name);
        if (module == null) {
            throw Check.argument("get", "there must be a module of that name")
                    .expected("one of " + keys())
                    .got("\"" + name + "\"")
                    .error();
        }
        return module;
    }

    /** Whether there is a module of a name. */
    public boolean containsKey(String name) {
        return namedChildren().containsKey(name);
    }

    /** The names in order. */
    public Set<String> keys() {
        return namedChildren().keySet();
    }

    /** Number of modules. */
    public int size() {
        return namedChildren().size();
    }
}
