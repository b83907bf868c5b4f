package dev.lanewise.nn;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.function.Supplier;

/** A parameter divided by its largest singular value. */
final class SpectralNorm implements Supplier<Tensor> {
    private final Module module;
    private final String name;
    private final int iterations;
    private final double eps;
    private final int dim;

    private SpectralNorm(Module module, String name, int iterations, double eps, int dim) {
        this.module = module;
        this.name = name;
        this.iterations = iterations;
        this.eps = eps;
        this.dim = dim;
    }

    static void apply(Module module, String name, int iterations, double eps, Integer dim) {
        Utils.checkParameter("spectralNorm", module, name);
        if (iterations <= 0) {
            throw Check.argument("spectralNorm", "the number of iterations must be positive")
                    .got(iterations)
                    .error();
        }
        Parameter weight = module.parameter(name);
        int rows = dim != null ? dim : isTransposed(module) ? 1 : 0;
        weight.size(rows); // refuses a dimension that there is not
        SpectralNorm rule = new SpectralNorm(module, name, iterations, eps, rows < 0 ? rows + weight.dim() : rows);
        Tensor data = weight.detach();
        Tensor matrix = rule.matrix(data);
        Tensor u = rule.normalized(drawn(data, matrix.size(0)));
        Tensor v = rule.normalized(drawn(data, matrix.size(1)));
        module.compute(name, rule);
        module.registerParameter(rule.original(), data);
        module.registerBuffer(rule.left(), u);
        module.registerBuffer(rule.right(), v);
    }

    static void remove(Module module, String name) {
        if (!(module.ruleOf(name) instanceof SpectralNorm rule)) {
            throw Utils.notComputed("removeSpectralNorm", module, name);
        }
        Tensor value = GradMode.noGrad(() -> rule.divided(module.buffer(rule.left()), module.buffer(rule.right())));
        module.restore(name, value, rule.original(), rule.left(), rule.right());
    }

    private static boolean isTransposed(Module module) {
        return module instanceof ConvTranspose1d
                || module instanceof ConvTranspose2d
                || module instanceof ConvTranspose3d;
    }

    private static Tensor drawn(Tensor like, long n) {
        return Tensor.empty(like.dtype(), n).normal_(0, 1);
    }

    private String original() {
        return name + "_orig";
    }

    private String left() {
        return name + "_u";
    }

    private String right() {
        return name + "_v";
    }

    /** The weight as a matrix whose rows are the places of the dimension. */
    private Tensor matrix(Tensor weight) {
        Tensor first = dim == 0 ? weight : weight.movedim(dim, 0);
        return first.reshape(first.size(0), -1);
    }

    private Tensor normalized(Tensor x) {
        return x.div(x.norm().clamp(eps, null));
    }

    @Override
    public Tensor get() {
        Tensor u = module.buffer(left());
        Tensor v = module.buffer(right());
        if (module.isTraining()) {
            GradMode.noGrad(() -> {
                Tensor matrix = matrix(module.parameter(original()).detach());
                for (int i = 0; i < iterations; i++) {
                    v.copy_(normalized(matrix.t().mv(u)));
                    u.copy_(normalized(matrix.mv(v)));
                }
            });
            // The derivative keeps these values while the buffers go on.
            return divided(u.clone(), v.clone());
        }
        return divided(u, v);
    }

    private Tensor divided(Tensor u, Tensor v) {
        Tensor weight = module.parameter(original());
        return weight.div(u.dot(matrix(weight).mv(v)));
    }
}
