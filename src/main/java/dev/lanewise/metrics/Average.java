package dev.lanewise.metrics;

/** How the values of several classes become one. */
public enum Average {
    /** That of class 1 alone, of two classes. */
    BINARY,
    /** Counted over all classes together. */
    MICRO,
    /** Their mean. */
    MACRO,
    /** Their mean, weighted by how many samples each class has. */
    WEIGHTED
}
