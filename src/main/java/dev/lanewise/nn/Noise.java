package dev.lanewise.nn;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/** The functions that draw random numbers in training. */
final class Noise {
    /** What an activation of the scaled exponential linear unit saturates at, with its sign changed: {@code λ·α}. */
    private static final double SATURATION = 1.7580993408473766;

    private Noise() {}

    static Tensor dropout(Tensor input, double p, boolean training) {
        Functional.checkDropout(p);
        if (!training || p == 0 || input.numel() == 0) {
            return input;
        }
        return p == 1 ? nothing(input) : input.mul(kept(blank(input), p).div_(1 - p));
    }

    static Tensor alpha(Tensor input, double p, boolean training, boolean wholeChannels) {
        Functional.checkDropout(p);
        if (wholeChannels) {
            checkChannels("featureAlphaDropout", input);
        }
        if (!training || p == 0 || input.numel() == 0) {
            return input;
        }
        if (p == 1) {
            return nothing(input);
        }
        double scale = 1 / Math.sqrt((SATURATION * SATURATION * p + 1) * (1 - p));
        Tensor noise = kept(wholeChannels ? channels(input) : blank(input), p);
        Tensor shift = noise.add(-1).mul_(SATURATION * scale).add_(SATURATION * scale * p);
        return input.mul(noise.mul_(scale)).add(shift);
    }

    static Tensor gumbelSoftmax(Tensor logits, double temperature, boolean hard, int dim) {
        Tensor gumbels =
                GradMode.noGrad(() -> blank(logits).exponential_().log().neg());
        Tensor soft = logits.add(gumbels).div(temperature).softmax(dim);
        if (!hard) {
            return soft;
        }
        Tensor winner = soft.detach().argmaxKeepDim(dim);
        long[] along = new long[soft.dim()];
        Arrays.fill(along, 1);
        along[dim < 0 ? dim + soft.dim() : dim] = -1;
        Tensor chosen = Tensor.arange(soft.size(dim)).reshape(along).eq(winner).to(soft.dtype());
        return chosen.sub(soft.detach()).add(soft);
    }

    // A copy has the memory order of the input, which the draws follow.
    private static Tensor blank(Tensor input) {
        return input.isContiguous() ? Tensor.emptyLike(input) : input.detach().clone();
    }

    // As PyTorch: NaN and infinities stay NaN.
    private static Tensor nothing(Tensor input) {
        return input.mul(Tensor.zeros(input.dtype()));
    }

    private static Tensor kept(Tensor noise, double p) {
        return noise.bernoulli_(1 - p);
    }

    private static Tensor channels(Tensor input) {
        long[] shape = new long[input.dim()];
        Arrays.fill(shape, 1);
        shape[0] = input.size(0);
        shape[1] = input.size(1);
        return Tensor.empty(input.dtype(), shape);
    }

    private static void checkChannels(String op, Tensor input) {
        if (input.dim() < 2) {
            throw Check.shape(op, "the input must be [N, C, ...]")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
    }
}
