package dev.lanewise.nn;

/** How {@link Functional#gridSample} finds what is between places. */
public enum GridMode {
    /** On lines between the places around, in two or three dimensions. */
    BILINEAR,
    /** The nearest place. */
    NEAREST,
    /** On cubic curves by four places each way, in two dimensions. */
    BICUBIC
}
