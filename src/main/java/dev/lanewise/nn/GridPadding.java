package dev.lanewise.nn;

/** What {@link Functional#gridSample} finds outside the image. */
public enum GridPadding {
    /** Zeros. */
    ZEROS,
    /** The nearest place of the image. */
    BORDER,
    /** The image mirrored at its borders. */
    REFLECTION
}
