package dev.lanewise;

/** Thrown when memory is used after it was freed. */
public final class ClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** An exception with the given one-line message. */
    public ClosedException(String message) {
        super(message);
    }
}
