package dev.lanewise.bench.robustness;

import dev.lanewise.Tensor;

/** The first product of two matrices in a JVM: says how many milliseconds the call took. */
final class FirstProduct {
    private static final String MARK = "first product, milliseconds: ";
    private static final int SIZE = 256;

    private FirstProduct() {}

    /** No arguments. The operands are made before the clock starts. */
    public static void main(String... args) {
        Tensor a = Tensor.ones(SIZE, SIZE);
        Tensor b = Tensor.ones(SIZE, SIZE);
        long begun = System.nanoTime();
        Tensor product = a.matmul(b);
        double millis = (System.nanoTime() - begun) / 1e6;
        if (product.amin(0, 1).item() != SIZE) {
            throw new IllegalStateException("a wrong product");
        }
        System.out.println(MARK + millis);
    }

    /** What the line says, or else the other value. */
    static double parse(String line, double other) {
        return line.startsWith(MARK) ? Double.parseDouble(line.substring(MARK.length())) : other;
    }
}
