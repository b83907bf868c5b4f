package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.Tensor;

/** Comparison with what PyTorch 1.13.1 printed with six digits. */
final class Near {
    private Near() {}

    static void check(Tensor got, double... expected) {
        assertArrayEquals(expected, got.detach().flatten().toDoubleArray(), 2e-5);
    }

    /** The same, of which only so many values are given. */
    static void begins(Tensor got, double... expected) {
        check(got.flatten().narrow(0, 0, expected.length), expected);
    }

    /** 0, 1, 2 … times a number, in a shape. */
    static Tensor steps(double factor, long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return Tensor.arange(dev.lanewise.DType.FLOAT32, count).mul(factor).reshape(shape);
    }
}
