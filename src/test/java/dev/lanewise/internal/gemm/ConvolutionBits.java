package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import java.util.Arrays;

/** Prints a hash of the bits of many convolutions, of their bias and of their derivatives. */
final class ConvolutionBits {
    /** Batch, groups, channels and filters of a group, height, width; kernel; stride, padding, dilation. */
    private static final long[][] SIZES = {
        {2, 1, 1, 16, 28, 28, 3, 3, 1, 1, 1},
        {3, 1, 16, 12, 14, 14, 3, 3, 1, 1, 1},
        {5, 1, 64, 20, 16, 16, 3, 3, 1, 1, 1},
        {1, 1, 9, 5, 7, 33, 2, 5, 1, 2, 1},
        {2, 2, 20, 17, 9, 11, 3, 3, 2, 1, 1},
        {2, 3, 1, 4, 21, 19, 3, 18, 1, 8, 1},
        {1, 1, 33, 13, 12, 10, 3, 2, 1, 2, 2},
        {2, 1, 3, 8, 18, 18, 5, 5, 1, 2, 1},
        {2, 4, 1, 1, 8, 9, 3, 3, 1, 1, 1},
        {1, 1, 24, 7, 1, 50, 1, 7, 1, 0, 1},
        {2, 1, 8, 6, 40, 24, 3, 1, 3, 0, 2},
    };

    private ConvolutionBits() {}

    public static void main(String[] args) {
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            for (long[] size : SIZES) {
                print(type, size);
            }
        }
    }

    private static void print(DType type, long... s) {
        Generator random = new Generator().manualSeed(s[4]);
        Tensor x = draw(random, type, s[0], s[1] * s[2], s[4], s[5]);
        Tensor w = draw(random, type, s[1] * s[3], s[2], s[6], s[7]);
        Tensor b = draw(random, type, s[1] * s[3]);
        long[] stride = {s[8], s[8]};
        long[] padding = {s[9], s[9]};
        long[] dilation = {s[10], s[10]};
        Tensor y = Functional.conv2d(x, w, b, stride, padding, dilation, s[1]);
        Tensor g = draw(random, type, y.shape().toArray());
        y.backward(g);
        System.out.println(type + " " + Arrays.toString(s) + " " + hash(y) + " " + hash(x.grad()) + " " + hash(w.grad())
                + " " + hash(Functional.conv2d(x, w, null, stride, padding, dilation, s[1])));
    }

    private static Tensor draw(Generator random, DType type, long... shape) {
        return Tensor.randn(random, shape).to(type).requiresGrad_();
    }

    private static int hash(Tensor x) {
        return Arrays.hashCode(x.detach().toDoubleArray());
    }
}
