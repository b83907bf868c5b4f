package dev.lanewise.nn;

/** What a loss makes of the values of its elements. */
public enum Reduction {
    /** Returns them as they are. */
    NONE,
    /** Their mean; what losses do unless told otherwise. */
    MEAN,
    /** Their sum. */
    SUM,
    /** Their sum divided by the size of the first dimension; for the divergence {@code klDiv} alone. */
    BATCHMEAN
}
