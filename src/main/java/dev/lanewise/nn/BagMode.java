package dev.lanewise.nn;

/** What {@link Functional#embeddingBag(dev.lanewise.Tensor, dev.lanewise.Tensor)} makes of the rows of a bag. */
public enum BagMode {
    /** Their sum, weighted if weights are given. */
    SUM,
    /** Their mean; zeros for an empty bag. */
    MEAN,
    /** The largest of each column; zeros for an empty bag. */
    MAX
}
