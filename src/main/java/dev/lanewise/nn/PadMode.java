package dev.lanewise.nn;

/** What {@link Functional#pad(dev.lanewise.Tensor, long[], PadMode)} puts around a tensor. */
public enum PadMode {
    /** Zeros. */
    CONSTANT,
    /** The mirror image, without the edge itself: {@code c b | a b c | b a}. */
    REFLECT,
    /** The edge: {@code a a | a b c | c c}. */
    REPLICATE,
    /** The other end: {@code b c | a b c | a b}. */
    CIRCULAR
}
