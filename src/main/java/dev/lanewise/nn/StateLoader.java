package dev.lanewise.nn;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Copies a saved state into a module: first everything is checked, then everything is copied. */
final class StateLoader {
    private StateLoader() {}

    static Module.KeyDifference load(
            String module, Map<String, Tensor> own, Map<String, ? extends Tensor> state, boolean strict) {
        List<String> missing = new ArrayList<>(own.keySet());
        missing.removeAll(state.keySet());
        List<String> unexpected = new ArrayList<>(state.keySet());
        unexpected.removeAll(own.keySet());
        List<String> faults = new ArrayList<>();
        if (strict) {
            missing.forEach(key -> faults.add("no \"" + key + "\""));
            unexpected.forEach(key -> faults.add("\"" + key + "\" that the module has not"));
        }
        own.forEach((key, target) -> addMismatch(key, target, state.get(key), faults));
        if (!faults.isEmpty()) {
            throw Check.argument("loadStateDict", "the state must have the names and sizes of the module")
                    .got(String.join("; ", faults))
                    .operand("module", module)
                    .hint(
                            missing.isEmpty() && unexpected.isEmpty()
                                    ? "Nothing was loaded."
                                    : "Nothing was loaded; loadStateDict(state, false) loads the names that both have.")
                    .error();
        }
        GradMode.noGrad(() -> own.forEach((key, target) -> {
            if (state.containsKey(key)) {
                target.copy_(state.get(key));
            }
        }));
        return new Module.KeyDifference(missing, unexpected);
    }

    private static void addMismatch(String key, Tensor target, Tensor source, List<String> faults) {
        if (source == null) {
            return;
        }
        if (source.isClosed()) {
            faults.add("\"" + key + "\" that is closed");
        } else if (!source.shape().equals(target.shape())) {
            faults.add("\"" + key + "\" of " + Arrays.toString(source.sizes()) + " for "
                    + Arrays.toString(target.sizes()));
        }
    }
}
