package dev.lanewise.golden;


/** Linear algebra. */
final class LinalgCalls {
    private LinalgCalls() {}

    static void fill() {}
}
