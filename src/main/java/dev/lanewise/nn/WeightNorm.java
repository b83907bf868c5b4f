package dev.lanewise.nn;

import dev.lanewise.Tensor;
import java.util.function.Supplier;

/** A parameter as length times direction. */
final class WeightNorm implements Supplier<Tensor> {
    private final Module module;
    private final String name;
    private final Integer dim;

    private WeightNorm(Module module, String name, Integer dim) {
        this.module = module;
        this.name = name;
        this.dim = dim;
    }

    static void apply(Module module, String name, Integer dim) {
        Utils.checkParameter("weightNorm", module, name);
        Parameter weight = module.parameter(name);
        WeightNorm rule = new WeightNorm(module, name, dim == null ? null : place(weight, dim));
        Tensor length = rule.norm(weight.detach()).clone();
        Tensor direction = weight.detach().clone();
        module.compute(name, rule);
        module.registerParameter(rule.length(), length);
        module.registerParameter(rule.direction(), direction);
    }

    static void remove(Module module, String name) {
        if (!(module.ruleOf(name) instanceof WeightNorm rule)) {
            throw Utils.notComputed("removeWeightNorm", module, name);
        }
        module.restore(name, rule.get().detach().clone(), rule.length(), rule.direction());
    }

    private static int place(Tensor weight, int dim) {
        // Asking for the size refuses a dimension that there is not.
        return weight.size(dim) >= 0 && dim < 0 ? dim + weight.dim() : dim;
    }

    private String length() {
        return name + "_g";
    }

    private String direction() {
        return name + "_v";
    }

    /** The norms, with the other dimensions kept at size 1; of the whole, 0-d. */
    private Tensor norm(Tensor v) {
        if (dim == null) {
            return v.norm();
        }
        if (v.dim() == 1) {
            return v.abs();
        }
        int[] others = new int[v.dim() - 1];
        for (int d = 0; d < others.length; d++) {
            others[d] = d < dim ? d : d + 1;
        }
        return v.norm(2, others, true, v.dtype());
    }

    @Override
    public Tensor get() {
        Tensor v = module.parameter(direction());
        return v.mul(module.parameter(length()).div(norm(v)));
    }
}
