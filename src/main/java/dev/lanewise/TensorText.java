package dev.lanewise;

import java.util.Arrays;

/** The printed form of tensors. */
final class TensorText {
    private TensorText() {}

    static String of(Tensor x) {
        if (x.isClosed()) {
            return "tensor(closed, " + x.dtype().shortName() + Arrays.toString(x.sizes()) + ")";
        }
        long[] sizes = x.sizes();
        TensorPrinter printer = new TensorPrinter(PrintOptions.current(), DType.FLOAT32);
        if (x.isFloatingPoint()) {
            return printer.floats(x.dtype(), sizes, position -> x.readDouble(offset(x, position)), suffix(x));
        }
        return printer.integers(x.dtype(), sizes, position -> x.readLong(offset(x, position)), suffix(x));
    }

    private static String suffix(Tensor x) {
        if (!x.requiresGrad()) {
            return "";
        }
        return x.isLeaf() ? "requires_grad=True" : "grad_fn=" + x.gradFn();
    }

    /** Where the element at a row-major position lies, in bytes. */
    private static long offset(Tensor x, long position) {
        long[] sizes = x.sizes();
        long[] strides = x.view().strides();
        long offset = 0;
        long rest = position;
        for (int d = sizes.length - 1; d >= 0; d--) {
            offset += rest % sizes[d] * strides[d];
            rest /= sizes[d];
        }
        return x.byteOffset() + (offset << x.dtype().shift());
    }
}
