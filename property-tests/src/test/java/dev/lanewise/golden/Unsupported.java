package dev.lanewise.golden;

/** Thrown for a recorded call that the library has no counterpart for; says which. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unsupported(String what) {
        super(what);
    }
}
