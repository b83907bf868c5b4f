package dev.lanewise;

import java.util.Arrays;

/** The sizes of a tensor along its dimensions; immutable. */
public final class Shape {
    private static final Shape SCALAR = new Shape(new long[0]);

    private final long[] sizes;

    private Shape(long[] sizes) {
        this.sizes = sizes;
    }

    /** A shape of the given sizes; no sizes give the shape of a 0-d tensor. The array is copied. */
    public static Shape of(long... sizes) {
        return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
    }

    /** Number of dimensions. */
    public int rank() {
        return sizes.length;
    }

    /** Size along a dimension; negative dimensions count from the end. Throws {@link IndexException} outside the rank. */
    public long size(int dim) {
        int wrapped = dim < 0 ? dim + sizes.length : dim;
        if (wrapped < 0 || wrapped >= sizes.length) {
            throw new IndexException("size: dim must be in [" + -sizes.length + ", " + (sizes.length - 1) + "], got "
                    + dim + " [shape: " + Arrays.toString(sizes) + "].");
        }
        return sizes[wrapped];
    }

    /** Number of elements: the product of the sizes, 1 for a 0-d shape. */
    public long numel() {
        long n = 1;
        for (long size : sizes) {
            n *= size;
        }
        return n;
    }

    /** The sizes as a new array. */
    public long[] toArray() {
        return sizes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** The sizes as PyTorch prints them, for example {@code torch.Size([2, 3])}. */
    @Override
    public String toString() {
        return "torch.Size(" + Arrays.toString(sizes) + ")";
    }
}
