package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A part of a model: holds parameters, buffers and other modules by name, and computes an output in {@link #forward}.
 *
 * <pre>{@code
 * final class Net extends Module {
 *     private final Linear hidden = register("hidden", new Linear(64, 32));
 *     private final Linear output = register("output", new Linear(32, 10));
 *
 *     @Override
 *     public Tensor forward(Tensor x) {
 *         return output.forward(hidden.forward(x).relu());
 *     }
 * }
 * }</pre>
 *
 * <p>Names and orders are PyTorch's: the own parameters of a module come before those of the modules in it, and a name
 * further inside is a path such as {@code hidden.weight}. Import this class by its full name; {@code java.lang} has a
 * {@code Module} too. Source: PyTorch's {@code torch.nn.Module}.
 */
public abstract class Module {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Set<String> notSaved = new HashSet<>();
    private final Map<String, Supplier<Tensor>> computed = new LinkedHashMap<>();
    private final Map<String, Module> modules = new LinkedHashMap<>();
    private boolean training = true;

    /** A module in training mode that holds nothing yet. */
    protected Module() {}

    /**
     * Computes the output for one input.
     *
     * <p>Modules that take something else than one tensor have a {@code forward} of their own and leave this one, which
     * throws {@link UnsupportedOperationException}.
     */
    public Tensor forward(Tensor input) {
        throw new UnsupportedOperationException(
                "forward: " + name() + " must have a forward(Tensor), or be called with the arguments it takes.");
    }

    /** Is told of the results of modules. */
    interface Observer {
        /** Called with a module, its input and its result. */
        void saw(Module module, Tensor input, Tensor output);
    }

    private static final ThreadLocal<Observer> OBSERVER = new ThreadLocal<>();
    private static volatile boolean observed;

    /** Runs something while an observer is told of the results of modules in this thread. */
    static void observe(Observer observer, Runnable body) {
        Observer before = OBSERVER.get();
        OBSERVER.set(observer);
        observed = true;
        try {
            body.run();
        } finally {
            OBSERVER.set(before);
        }
    }

    /** Returns a result, and tells {@link Summary} of it: {@code return noted(input, result)} at the end of a forward. */
    protected final Tensor noted(Tensor input, Tensor output) {
        Observer observer = observed ? OBSERVER.get() : null;
        if (observer != null) {
            observer.saw(this, input, output);
        }
        return output;
    }

    // ------------------------------------------------------------------ what it holds

    /** Makes a module part of this one and returns it; the name is its key in {@link #stateDict()}. */
    protected final <M extends Module> M register(String name, M module) {
        checkName("register", name);
        if (module == this || module.namedModules().containsValue(this)) {
            throw Check.argument("register", "a module must not contain itself")
                    .got(name)
                    .operand("module", name())
                    .error();
        }
        modules.put(name, module);
        return module;
    }

    /** Makes a tensor a parameter of this module, without a copy; read it with {@link #parameter(String)}. */
    protected final void registerParameter(String name, Tensor data) {
        checkName("registerParameter", name);
        parameters.put(name, data instanceof Parameter parameter ? parameter : new Parameter(data));
    }

    /** Makes a tensor part of this module that is saved but not learned; read it with {@link #buffer(String)}. */
    protected final void registerBuffer(String name, Tensor data) {
        registerBuffer(name, data, true);
    }

    /** Makes a tensor part of this module that is not learned, and saved only if it is {@code persistent}. */
    protected final void registerBuffer(String name, Tensor data, boolean persistent) {
        checkName("registerBuffer", name);
        buffers.put(name, data);
        if (!persistent) {
            notSaved.add(name);
        }
    }

    /** An own parameter. Ask each time: {@link #to(DType)} puts another in its place, {@link Utils#weightNorm} computes it. */
    public final Parameter parameter(String name) {
        Supplier<Tensor> rule = computed.get(name);
        if (rule != null) {
            return Parameter.computed(rule.get());
        }
        return found("parameter", name, parameters);
    }

    /** An own buffer. Ask each time: {@link #to(DType)} puts another in its place. */
    public final Tensor buffer(String name) {
        return found("buffer", name, buffers);
    }

    /** Puts what a rule computes, each time it is asked for, in the place of an own parameter. */
    final void compute(String name, Supplier<Tensor> rule) {
        parameters.remove(name);
        computed.put(name, rule);
    }

    /** True if there is an own parameter of a name, not a computed one. */
    final boolean hasParameter(String name) {
        return parameters.containsKey(name);
    }

    /** The rule that an own parameter is computed by, or null. */
    final Supplier<Tensor> ruleOf(String name) {
        return computed.get(name);
    }

    /** Makes a computed parameter an ordinary one again and drops the parameters and buffers it was computed from. */
    final void restore(String name, Tensor value, String... sources) {
        computed.remove(name);
        for (String source : sources) {
            parameters.remove(source);
            buffers.remove(source);
        }
        registerParameter(name, value);
    }

    /** All parameters, those of contained modules included, each once. */
    public final List<Parameter> parameters() {
        return new ArrayList<>(namedParameters().values());
    }

    /** All parameters by path, each once under its first path, in order. */
    public final Map<String, Parameter> namedParameters() {
        Map<String, Parameter> out = new LinkedHashMap<>();
        Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        namedModules()
                .forEach((path, module) -> module.parameters.forEach((name, parameter) -> {
                    if (seen.add(parameter)) {
                        out.put(join(path, name), parameter);
                    }
                }));
        return out;
    }

    /** All buffers, those of contained modules included. */
    public final List<Tensor> buffers() {
        return new ArrayList<>(namedBuffers().values());
    }

    /** All buffers by path, in order. */
    public final Map<String, Tensor> namedBuffers() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        namedModules()
                .forEach((path, module) -> module.buffers.forEach((name, buffer) -> out.put(join(path, name), buffer)));
        return out;
    }

    /** The modules directly in this one. */
    public final List<Module> children() {
        return new ArrayList<>(modules.values());
    }

    /** The modules directly in this one by name, in order. */
    public final Map<String, Module> namedChildren() {
        return new LinkedHashMap<>(modules);
    }

    /** This module, under the empty path, and all modules in it, each once under its first path, in order. */
    public final Map<String, Module> namedModules() {
        Map<String, Module> out = new LinkedHashMap<>();
        collect("", out, Collections.newSetFromMap(new IdentityHashMap<>()));
        return out;
    }

    private void collect(String path, Map<String, Module> out, Set<Module> seen) {
        if (seen.add(this)) {
            out.put(path, this);
            modules.forEach((name, module) -> module.collect(join(path, name), out, seen));
        }
    }

    // ------------------------------------------------------------------ state

    /** All parameters and saved buffers by path, in PyTorch's order: views outside the graph that share their memory. */
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        addState("", out);
        return out;
    }

    private void addState(String path, Map<String, Tensor> out) {
        parameters.forEach((name, parameter) -> out.put(join(path, name), parameter.detach()));
        buffers.forEach((name, buffer) -> {
            if (!notSaved.contains(name)) {
                out.put(join(path, name), buffer.detach());
            }
        });
        modules.forEach((name, module) -> module.addState(join(path, name), out));
    }

    /** Copies a state into this module; every path must be in both, with the same sizes. See the form with a flag. */
    public final KeyDifference loadStateDict(Map<String, ? extends Tensor> state) {
        return loadStateDict(state, true);
    }

    /**
     * Copies a state into this module, converted to its dtypes.
     *
     * <p>If {@code strict}, every path must be in both. Sizes must be equal in any case. On an error, an
     * IllegalArgumentException that names every path at fault, nothing was copied.
     *
     * @return the paths that are in one of the two only; empty if {@code strict}
     */
    public final KeyDifference loadStateDict(Map<String, ? extends Tensor> state, boolean strict) {
        return StateLoader.load(name(), stateDict(), state, strict);
    }

    /**
     * Paths of a state that did not fit.
     *
     * @param missing paths of the module that the state has not
     * @param unexpected paths of the state that the module has not
     */
    public record KeyDifference(List<String> missing, List<String> unexpected) {
        /** Copies the lists. */
        public KeyDifference {
            missing = List.copyOf(missing);
            unexpected = List.copyOf(unexpected);
        }
    }

    // ------------------------------------------------------------------ modes and changes

    /** Sets training mode, in which {@link Dropout} and its like are at work, here and in all modules in it. */
    public final Module train() {
        return train(true);
    }

    /** Sets training or evaluation mode, here and in all modules in it. */
    public final Module train(boolean mode) {
        training = mode;
        modules.values().forEach(module -> module.train(mode));
        return this;
    }

    /** Sets evaluation mode, here and in all modules in it. */
    public final Module eval() {
        return train(false);
    }

    /** True in training mode, which a new module is in. */
    public final boolean isTraining() {
        return training;
    }

    /** Calls a function with every module in this one, innermost first, and with this one last. */
    public final Module apply(Consumer<? super Module> function) {
        modules.values().forEach(module -> module.apply(function));
        function.accept(this);
        return this;
    }

    /** Sets the gradients of all parameters that have one to zero. */
    public final void zeroGrad() {
        for (Tensor parameter : parameters()) {
            parameter.zeroGrad();
        }
    }

    /** Makes all parameters require grad, or no longer. */
    public final Module requiresGrad_(boolean requires) {
        parameters().forEach(parameter -> parameter.requiresGrad_(requires));
        return this;
    }

    /**
     * Converts all floating-point parameters and buffers, here and in all modules in it; other buffers stay.
     *
     * <p>Puts new parameters in the place of the old ones: make optimizers afterwards.
     */
    public final Module to(DType dtype) {
        if (!dtype.isFloatingPoint()) {
            throw Check.dtype("to", "a module must be converted to a floating-point dtype")
                    .got(dtype)
                    .operand("module", name())
                    .error();
        }
        IdentityHashMap<Tensor, Tensor> converted = new IdentityHashMap<>();
        namedModules().values().forEach(module -> module.convert(dtype, converted));
        return this;
    }

    private void convert(DType dtype, IdentityHashMap<Tensor, Tensor> converted) {
        parameters.replaceAll((name, parameter) -> parameter.isFloatingPoint() && parameter.dtype() != dtype
                ? (Parameter) converted.computeIfAbsent(parameter, old -> copied((Parameter) old, dtype))
                : parameter);
        buffers.replaceAll((name, buffer) -> buffer.isFloatingPoint() && buffer.dtype() != dtype
                ? converted.computeIfAbsent(buffer, old -> GradMode.noGrad(() -> old.to(dtype)))
                : buffer);
    }

    private static Parameter copied(Parameter old, DType dtype) {
        Parameter parameter = new Parameter(old.detach().to(dtype), old.requiresGrad());
        if (old.grad() != null) {
            parameter.setGrad(old.grad().detach().to(dtype));
        }
        return parameter;
    }

    // ------------------------------------------------------------------ text

    /** What {@link #toString()} prints between the parentheses for this module itself, such as its sizes. */
    protected String extraRepr() {
        return "";
    }

    /** The tree of modules as PyTorch prints it. */
    @Override
    public final String toString() {
        String extra = extraRepr();
        if (modules.isEmpty()) {
            return name() + "(" + (extra.contains("\n") ? "\n  " + indented(extra) + "\n" : extra) + ")";
        }
        StringBuilder text = new StringBuilder(name()).append("(\n");
        if (!extra.isEmpty()) {
            text.append("  ").append(indented(extra)).append('\n');
        }
        modules.forEach((name, module) -> text.append("  (")
                .append(name)
                .append("): ")
                .append(indented(module.toString()))
                .append('\n'));
        return text.append(')').toString();
    }

    private static String indented(String text) {
        return text.replace("\n", "\n  ");
    }

    private String name() {
        String name = getClass().getSimpleName();
        return name.isEmpty() ? "Module" : name;
    }

    private void checkName(String op, String name) {
        boolean taken = parameters.containsKey(name)
                || buffers.containsKey(name)
                || modules.containsKey(name)
                || computed.containsKey(name);
        if (name.isEmpty() || name.indexOf('.') >= 0 || taken) {
            throw Check.argument(op, taken ? "every name must be used once" : "a name must not be empty or hold a dot")
                    .got("\"" + name + "\"")
                    .operand("module", name())
                    .error();
        }
    }

    private <T> T found(String what, String name, Map<String, T> from) {
        T value = from.get(name);
        if (value == null) {
            throw Check.argument(what, "the module must have a " + what + " of that name")
                    .expected("one of " + from.keySet())
                    .got("\"" + name + "\"")
                    .operand("module", name())
                    .error();
        }
        return value;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
