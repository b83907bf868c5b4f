package dev.lanewise.golden;

/** Thrown for a recorded call that the library has no counterpart for; says which. */
public final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The recorded call, or what is missing for it. */
    public Unsupported(String what) {
        super(what);
    }
}
