package dev.lanewise;

/** Thrown when the shapes of operands do not fit an operation. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An exception with the given one-line message. */
    public ShapeException(String message) {
        super(message);
    }
}
