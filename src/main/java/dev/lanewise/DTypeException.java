package dev.lanewise;

/** Thrown when an operation does not take the dtype of an operand, or a dtype cannot hold a result. */
public final class DTypeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An exception with the given one-line message. */
    public DTypeException(String message) {
        super(message);
    }
}
