package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.autograd.Autograd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Gradients by way of a formula in tensor ops, whose own derivative is known: for derivatives of derivatives. */
final class FormGradients {
    private FormGradients() {}

    /** The gradients of the inputs that are wanted, as parts of a graph; null for the others. */
    static Tensor[] of(Function<Tensor[], Tensor> form, Tensor g, Saved saved, Tensor... in) {
        Tensor[] aliases = new Tensor[in.length];
        List<Tensor> wanted = new ArrayList<>();
        for (int i = 0; i < in.length; i++) {
            aliases[i] = saved.wants(i) ? in[i].viewAs(in[i]) : in[i];
            if (saved.wants(i)) {
                wanted.add(aliases[i]);
            }
        }
        Tensor result = form.apply(aliases);
        Autograd.Options options =
                Autograd.Options.DEFAULT.withCreateGraph(true).withAllowUnused(true);
        Tensor[] grads = Autograd.grad(List.of(result), wanted, List.of(g), options);
        Tensor[] all = new Tensor[in.length];
        int next = 0;
        for (int i = 0; i < in.length; i++) {
            all[i] = saved.wants(i) ? grads[next++] : null;
        }
        return all;
    }
}
