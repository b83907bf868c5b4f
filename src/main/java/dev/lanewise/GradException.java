package dev.lanewise;

/** Thrown when a gradient is asked for that does not exist or can no longer be computed. */
public final class GradException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** An exception with the given one-line message. */
    public GradException(String message) {
        super(message);
    }
}
