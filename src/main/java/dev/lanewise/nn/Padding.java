package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/** Padding with the tensor's own elements: parts of it, turned around or repeated, joined along each dimension. */
final class Padding {
    private Padding() {}

    static Tensor pad(Tensor input, long[] pads, PadMode mode) {
        if (mode == PadMode.CONSTANT) {
            return Functional.pad(input, pads);
        }
        int padded = pads.length / 2;
        boolean known = pads.length % 2 == 0 && padded >= 1 && padded <= 3;
        if (!known || input.dim() != padded + 1 && input.dim() != padded + 2) {
            throw refused(input, pads, "1 to 3 last dimensions can be padded, of an input with one or two more")
                    .got("a " + input.dim() + "-d input and " + pads.length + " numbers")
                    .error();
        }
        Tensor out = input;
        for (int i = 0; i < padded; i++) {
            int dim = input.dim() - 1 - i;
            out = padDim(out, dim, pads[2 * i], pads[2 * i + 1], mode, pads);
        }
        return out;
    }

    private static Tensor padDim(Tensor x, int dim, long before, long after, PadMode mode, long[] pads) {
        long size = x.size(dim);
        long most = mode == PadMode.REFLECT ? size - 1 : mode == PadMode.CIRCULAR ? size : Long.MAX_VALUE;
        long kept = size + Math.min(0, before) + Math.min(0, after);
        if (before > most || after > most || kept < (mode == PadMode.REPLICATE ? 1 : 0) || size + before + after < 1) {
            throw refused(x, pads, "the padding must fit dim " + dim + " of size " + size)
                    .expected(most == Long.MAX_VALUE ? "at least one place left" : "at most " + most + " on each side")
                    .got(before + " and " + after)
                    .error();
        }
        Tensor own = x.narrow(dim, Math.max(0, -before), kept);
        if (before <= 0 && after <= 0) {
            return own.clone();
        }
        Tensor left = edge(own, dim, Math.max(0, before), mode, false);
        Tensor right = edge(own, dim, Math.max(0, after), mode, true);
        return Tensor.cat(dim, left, own, right);
    }

    private static Tensor edge(Tensor own, int dim, long length, PadMode mode, boolean atEnd) {
        long size = own.size(dim);
        if (mode == PadMode.CIRCULAR) {
            return own.narrow(dim, atEnd ? 0 : size - length, length);
        }
        if (mode == PadMode.REFLECT) {
            return own.narrow(dim, atEnd ? size - 1 - length : 1, length).flip(dim);
        }
        long[] shape = own.shape().toArray();
        shape[dim] = length;
        return own.narrow(dim, atEnd ? size - 1 : 0, 1).expand(shape);
    }

    private static Check<?> refused(Tensor input, long[] pads, String rule) {
        return Check.shape("pad", rule)
                .operand("input", input.dtype(), input.shape().toArray())
                .operand("pad", Arrays.toString(pads));
    }
}
