package dev.lanewise;

/** Thrown when an index, a dimension or a range lies outside a tensor. */
public final class IndexException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An exception with the given one-line message. */
    public IndexException(String message) {
        super(message);
    }
}
