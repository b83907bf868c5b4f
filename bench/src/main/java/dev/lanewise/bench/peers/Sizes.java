package dev.lanewise.bench.peers;

/** Numbers of elements as text. */
final class Sizes {
    private static final int TEN = 10;

    private Sizes() {}

    /** 20000000 as {@code 2e7}; numbers of other forms as they are. */
    static String text(long size) {
        long mantissa = size;
        int exponent = 0;
        while (mantissa > 0 && mantissa % TEN == 0) {
            mantissa /= TEN;
            exponent++;
        }
        return mantissa < TEN && exponent > 2 ? mantissa + "e" + exponent : Long.toString(size);
    }
}
