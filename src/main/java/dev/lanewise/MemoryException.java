package dev.lanewise;

/** Thrown when an allocation would go over the off-heap memory budget. */
public final class MemoryException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** An exception with the given one-line message. */
    public MemoryException(String message) {
        super(message);
    }
}
