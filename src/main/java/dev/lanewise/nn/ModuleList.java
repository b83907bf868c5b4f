package dev.lanewise.nn;

import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Modules in a list, named 0, 1, 2 …; what is done with them is for the module that holds it to say.
 *
 * <p>Source: PyTorch's {@code torch.nn.ModuleList}.
 */
public final class ModuleList extends Module implements Iterable<Module> {
    /** The modules of a list. */
    public ModuleList(List<? extends Module> modules) {
        extend(modules);
    }

    /** These modules; none for an empty list. */
    public ModuleList(Module... modules) {
        this(Arrays.asList(modules));
    }

    /** Adds a module at the end. Changes and returns this list. */
    public ModuleList append(Module module) {
        register(Integer.toString(size()), module);
        return this;
    }

    /** Adds modules at the end. Changes and returns this list. */
    public ModuleList extend(List<? extends Module> modules) {
        modules.forEach(this::append);
        return this;
    }

    /** The module at a position; negative positions count from the end. */
    public Module get(int position) {
        int size = size();
        int at = position < 0 ? position + size : position;
        if (at < 0 || at >= size) {
            throw Check.index("get", "position must be inside the list")
                    .expected("-" + size + " to " + (size - 1))
                    .got(position)
                    .error();
        }
        return children().get(at);
    }

    /** Number of modules. */
    public int size() {
        return children().size();
    }

    @Override
    public Iterator<Module> iterator() {
        return children().iterator();
    }
}
