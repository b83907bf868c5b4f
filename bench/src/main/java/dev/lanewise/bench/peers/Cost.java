package dev.lanewise.bench.peers;

/**
 * What a workload cannot do without: floating-point operations of products and convolutions, and bytes that must be read
 * and written at least once.
 *
 * @param flops multiplications and additions
 * @param read bytes read
 * @param written bytes written
 * @param wide whether the arithmetic is in double
 */
record Cost(double flops, double read, double written, boolean wide) {
    static final Cost UNKNOWN = new Cost(0, 0, 0, false);

    static Cost bytes(double read, double written) {
        return new Cost(0, read, written, false);
    }

    static Cost flops(double flops) {
        return new Cost(flops, 0, 0, false);
    }
}
