package dev.lanewise.optim;

import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an optimizer remembers of one parameter between steps. */
public final class ParamState {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private long steps;

    ParamState() {}

    /** How many steps the parameter has made. */
    public long steps() {
        return steps;
    }

    /** Counts a step and returns its number, from 1. */
    public long nextStep() {
        return ++steps;
    }

    /** A remembered tensor, or null; the names are PyTorch's. */
    public Tensor get(String name) {
        return tensors.get(name);
    }

    /** A remembered tensor; the first time, zeros of the shape and dtype of the parameter. */
    public Tensor zeros(String name, Tensor parameter) {
        Tensor tensor = tensors.get(name);
        return tensor != null ? tensor : put(name, Tensor.zerosLike(parameter));
    }

    /** Remembers a tensor, which from now on belongs to no scope, and returns it. */
    public Tensor put(String name, Tensor tensor) {
        tensors.put(name, Scope.escape(tensor));
        return tensor;
    }

    Map<String, Tensor> tensors() {
        return tensors;
    }

    void setSteps(long steps) {
        this.steps = steps;
    }
}
