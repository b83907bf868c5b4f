package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Helpers around training: clipping of gradients, parameters as one vector, weights computed from others, batch statistics.
 *
 * <p>Source: PyTorch's {@code torch.nn.utils}, and {@code update_bn} of {@code torch.optim.swa_utils}.
 */
public final class Utils {
    private Utils() {}

    // ------------------------------------------------------------------ gradients

    /** As {@link #clipGradNorm_(List, double, double, boolean)} with the Euclidean norm, which need not be finite. */
    public static Tensor clipGradNorm_(List<? extends Tensor> parameters, double maxNorm) {
        return clipGradNorm_(parameters, maxNorm, 2);
    }

    /** As {@link #clipGradNorm_(List, double, double, boolean)} with a norm that need not be finite. */
    public static Tensor clipGradNorm_(List<? extends Tensor> parameters, double maxNorm, double normType) {
        return clipGradNorm_(parameters, maxNorm, normType, false);
    }

    /**
     * Scales all gradients in place so that their norm as one vector is at most {@code maxNorm}.
     *
     * <p>{@code g = g · min(1, maxNorm / (norm + 1e-6))}. Parameters without gradient take no part.
     *
     * @param normType order of the norm; positive infinity for the largest absolute value
     * @param errorIfNonfinite true to throw IllegalArgumentException, changing nothing, if the norm is not finite
     * @return the norm before, 0-d
     */
    public static Tensor clipGradNorm_(
            List<? extends Tensor> parameters, double maxNorm, double normType, boolean errorIfNonfinite) {
        return GradMode.noGrad(() -> {
            List<Tensor> grads = gradients(parameters);
            if (grads.isEmpty()) {
                return Tensor.scalar(DType.FLOAT32, 0);
            }
            List<Tensor> norms = new ArrayList<>();
            grads.forEach(grad -> norms.add(grad.norm(normType)));
            Tensor norm = Tensor.stack(norms, 0).norm(normType);
            if (errorIfNonfinite && !Double.isFinite(norm.item())) {
                throw Check.argument("clipGradNorm_", "the norm of the gradients must be finite")
                        .got(norm.item())
                        .hint("Pass errorIfNonfinite false to scale by it all the same.")
                        .error();
            }
            Tensor factor = norm.add(1e-6).rdiv(maxNorm).clamp(null, 1.0);
            grads.forEach(grad -> grad.mul_(factor.to(grad.dtype())));
            return norm;
        });
    }

    /** Moves every element of the gradients into {@code [-clipValue, clipValue]}, in place. */
    public static void clipGradValue_(List<? extends Tensor> parameters, double clipValue) {
        GradMode.noGrad(() -> gradients(parameters).forEach(grad -> grad.clamp_(-clipValue, clipValue)));
    }

    private static List<Tensor> gradients(List<? extends Tensor> parameters) {
        List<Tensor> grads = new ArrayList<>();
        for (Tensor parameter : parameters) {
            if (parameter.grad() != null) {
                grads.add(parameter.grad());
            }
        }
        return grads;
    }

    // ------------------------------------------------------------------ vectors

    /** All elements of the parameters, one after another in row-major order, as a new vector; part of the graph. */
    public static Tensor parametersToVector(List<? extends Tensor> parameters) {
        List<Tensor> parts = new ArrayList<>();
        parameters.forEach(parameter -> parts.add(parameter.reshape(-1)));
        return Tensor.cat(parts, 0);
    }

    /** Copies the elements of a vector into the parameters, in the order of {@link #parametersToVector}. */
    public static void vectorToParameters(Tensor vector, List<? extends Tensor> parameters) {
        long elements = parameters.stream().mapToLong(Tensor::numel).sum();
        if (vector.dim() != 1 || vector.numel() != elements) {
            throw Check.shape("vectorToParameters", "the vector must have the elements of all parameters")
                    .expected(elements)
                    .got(vector.shape())
                    .error();
        }
        GradMode.noGrad(() -> {
            long from = 0;
            for (Tensor parameter : parameters) {
                long to = from + parameter.numel();
                parameter.copy_(vector.slice(0, from, to, 1).reshape(parameter.sizes()));
                from = to;
            }
        });
    }

    // ------------------------------------------------------------------ computed weights

    /** As {@link #weightNorm(Module, String, Integer)} with the weight, of which each row keeps its length. */
    public static <M extends Module> M weightNorm(M module) {
        return weightNorm(module, "weight", 0);
    }

    /**
     * Computes a parameter from its length and direction: {@code w = g · v / ‖v‖}, the norm taken over all dimensions but
     * {@code dim}.
     *
     * <p>The module gets parameters {@code name_g} and {@code name_v} in the place of {@code name}, which is computed each
     * time it is read. Make optimizers afterwards. Source: T. Salimans and D. Kingma, "Weight normalization", 2016.
     *
     * @param dim the dimension with a length for each place, or null for one length of the whole
     */
    public static <M extends Module> M weightNorm(M module, String name, Integer dim) {
        WeightNorm.apply(module, name, dim);
        return module;
    }

    /** Undoes {@link #weightNorm(Module)}. */
    public static <M extends Module> M removeWeightNorm(M module) {
        return removeWeightNorm(module, "weight");
    }

    /** Undoes {@link #weightNorm(Module, String, Integer)}: the parameter has the value it was computed to. */
    public static <M extends Module> M removeWeightNorm(M module, String name) {
        WeightNorm.remove(module, name);
        return module;
    }

    /** As {@link #spectralNorm(Module, String, int, double, Integer)} with the weight, one iteration and eps 1e-12. */
    public static <M extends Module> M spectralNorm(M module) {
        return spectralNorm(module, "weight", 1, 1e-12, null);
    }

    /**
     * Divides a parameter by its largest singular value, estimated by power iteration: {@code w / (uᵀ·W·v)}.
     *
     * <p>The module gets the parameter {@code name_orig} and the buffers {@code name_u} and {@code name_v} in the place of
     * {@code name}, which is computed each time it is read; in training mode that iterates {@code u} and {@code v} first.
     * Draws both from the default generator. Make optimizers afterwards. Source: T. Miyato et al., "Spectral normalization
     * for generative adversarial networks", 2018.
     *
     * @param dim the dimension that is the rows of the matrix W; null for 1 in transposed convolutions and 0 elsewhere
     */
    public static <M extends Module> M spectralNorm(M module, String name, int iterations, double eps, Integer dim) {
        SpectralNorm.apply(module, name, iterations, eps, dim);
        return module;
    }

    /** Undoes {@link #spectralNorm(Module)}. */
    public static <M extends Module> M removeSpectralNorm(M module) {
        return removeSpectralNorm(module, "weight");
    }

    /** Undoes {@link #spectralNorm(Module, String, int, double, Integer)}: the parameter has the value computed last. */
    public static <M extends Module> M removeSpectralNorm(M module, String name) {
        SpectralNorm.remove(module, name);
        return module;
    }

    static void checkParameter(String op, Module module, String name) {
        boolean free = module.ruleOf(name) == null;
        if (!free || !module.hasParameter(name)) {
            throw Check.argument(op, "the module must have a parameter of that name that is not computed yet")
                    .got("\"" + name + "\"" + (free ? "" : ", which is computed"))
                    .operand("module", module.getClass().getSimpleName())
                    .error();
        }
    }

    static RuntimeException notComputed(String op, Module module, String name) {
        return Check.argument(op, "the module must have a parameter of that name that was computed so")
                .got("\"" + name + "\"")
                .operand("module", module.getClass().getSimpleName())
                .error();
    }

    // ------------------------------------------------------------------ batch statistics

    /**
     * Sets the running statistics of all batch norms of a model to those of the batches, as {@code update_bn} does.
     *
     * <p>The model runs in training mode on the first tensor of each batch; each batch counts alike. For models whose weights
     * were averaged, and for changed data. Does nothing, and reads no batch, if there is no batch norm.
     */
    public static void updateBatchNorm(Iterable<Tensor[]> batches, Module model) {
        Map<BatchStatistics, NormOptions> options = new LinkedHashMap<>();
        model.namedModules().values().forEach(module -> {
            if (module instanceof BatchNorm1d || module instanceof BatchNorm2d || module instanceof BatchNorm3d) {
                BatchStatistics norm = (BatchStatistics) module;
                options.put(norm, norm.options());
            }
        });
        if (options.isEmpty()) {
            return;
        }
        Map<Module, Boolean> modes = new LinkedHashMap<>();
        model.namedModules().values().forEach(module -> modes.put(module, module.isTraining()));
        options.forEach((norm, own) -> {
            norm.resetRunningStats();
            norm.setOptions(own.momentum(null));
        });
        try (var mode = GradMode.off()) {
            model.train();
            for (Tensor[] batch : batches) {
                model.forward(batch[0]);
            }
        } finally {
            options.forEach(BatchStatistics::setOptions);
            model.train(modes.get(model));
        }
    }
}
