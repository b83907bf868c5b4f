package dev.lanewise.nn;

import dev.lanewise.DType;

/**
 * How bags of rows are looked up; immutable, each method gives a changed copy. Begin with {@link #DEFAULT}.
 *
 * @param table how the table is looked up; rows for padding are no part of a bag
 * @param mode what is made of the rows of a bag
 * @param includeLastOffset true if the offsets end with the end of the last bag
 */
public record EmbeddingBagOptions(EmbeddingOptions table, BagMode mode, boolean includeLastOffset) {
    /** Means, with the table's {@link EmbeddingOptions#DEFAULT}. */
    public static final EmbeddingBagOptions DEFAULT =
            new EmbeddingBagOptions(EmbeddingOptions.DEFAULT, BagMode.MEAN, false);

    /** These options with another way to look the table up. */
    public EmbeddingBagOptions table(EmbeddingOptions value) {
        return new EmbeddingBagOptions(value, mode, includeLastOffset);
    }

    /** These options with another mode. */
    public EmbeddingBagOptions mode(BagMode value) {
        return new EmbeddingBagOptions(table, value, includeLastOffset);
    }

    /** These options with offsets that end with the end of the last bag, or not. */
    public EmbeddingBagOptions includeLastOffset(boolean value) {
        return new EmbeddingBagOptions(table, mode, value);
    }

    /** These options with another dtype. */
    public EmbeddingBagOptions dtype(DType value) {
        return new EmbeddingBagOptions(table.dtype(value), mode, includeLastOffset);
    }
}
