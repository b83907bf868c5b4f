package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/** The dropouts of {@link Functional} that take whole channels. */
abstract class DropoutFunctions extends AdaptivePoolFunctions {
    DropoutFunctions() {}

    /**
     * Sets each channel {@code [L]} of {@code [N, C, L]} or {@code [C, L]} to zero with probability {@code p} and divides the
     * others by {@code 1 - p}, if {@code training}.
     *
     * <p>Draws as {@link Functional#dropout(Tensor, double, boolean)}, once for each channel of each sample. Source: Tompson
     * et al., Efficient Object Localization Using Convolutional Networks, 2015.
     */
    public static Tensor dropout1d(Tensor input, double p, boolean training) {
        checkRank("dropout1d", input, 2, 3);
        return input.dim() == 3 ? channels(input, p, training) : single(input, p, training);
    }

    /** As {@link #dropout1d} for {@code [N, C, H, W]}; of {@code [N, C, L]} each {@code [L]} is a channel too. */
    public static Tensor dropout2d(Tensor input, double p, boolean training) {
        checkRank("dropout2d", input, 3, 4);
        return channels(input, p, training);
    }

    /** As {@link #dropout1d} for {@code [N, C, D, H, W]} or {@code [C, D, H, W]}. */
    public static Tensor dropout3d(Tensor input, double p, boolean training) {
        checkRank("dropout3d", input, 4, 5);
        return input.dim() == 5 ? channels(input, p, training) : single(input, p, training);
    }

    private static Tensor single(Tensor input, double p, boolean training) {
        return channels(input.unsqueeze(0), p, training).squeeze(0);
    }

    private static Tensor channels(Tensor input, double p, boolean training) {
        Functional.checkDropout(p);
        if (!training || p == 0 || input.numel() == 0) {
            return input;
        }
        if (p == 1) {
            return input.mul(Tensor.zeros(input.dtype()));
        }
        long[] shape = Windows.filled(input.dim(), 1);
        shape[0] = input.size(0);
        shape[1] = input.size(1);
        return input.mul(Tensor.empty(input.dtype(), shape).bernoulli_(1 - p).div_(1 - p));
    }

    private static void checkRank(String op, Tensor input, int least, int most) {
        if (input.dim() < least || input.dim() > most) {
            throw Check.shape(op, "the input must have " + least + " or " + most + " dimensions")
                    .got(input.dim())
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
    }
}
