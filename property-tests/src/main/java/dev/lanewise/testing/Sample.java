package dev.lanewise.testing;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.Arrays;

/**
 * A recipe for a test tensor: everything but the dtype, so that one sample can be tried in all of them.
 *
 * <p>jqwik shrinks it towards few dimensions, small sizes, CONTIGUOUS, seed 0 and no special values.
 */
public final class Sample {
    private final Layout layout;
    private final long[] shape;
    private final long seed;
    private final boolean special;

    private Sample(Layout layout, long[] shape, long seed, boolean special) {
        this.layout = layout;
        this.shape = shape;
        this.seed = seed;
        this.special = special;
    }

    /** A sample; the shape is changed to one that the layout can have. */
    public static Sample of(Layout layout, long[] shape, long seed, boolean special) {
        return new Sample(layout, layout.fit(shape), seed, special);
    }

    /** The tensor in a dtype, with values in [low, high] apart from special ones. */
    public Tensor tensor(DType dtype, double low, double high) {
        return layout.build(
                special ? Values.special(dtype, shape, low, high, seed) : Values.within(dtype, shape, low, high, seed));
    }

    /** The FLOAT64 tensor with values in [low, high] at which functions with a kink are smooth. */
    public Tensor smooth(double low, double high) {
        return layout.build(Values.smooth(shape, low, high, seed));
    }

    /** The same with other values. */
    public Sample reseeded(long more) {
        return new Sample(layout, shape, seed * 31 + more, special);
    }

    /** The same with another shape, which must be one that the layout can have. */
    public Sample reshaped(long... newShape) {
        return new Sample(layout, newShape.clone(), seed, special);
    }

    /** How the tensor lies in memory. */
    public Layout layout() {
        return layout;
    }

    /** The sizes, as a new array. */
    public long[] shape() {
        return shape.clone();
    }

    /** What the values come from. */
    public long seed() {
        return seed;
    }

    /** True if some values are NaN, infinite, -0.0 and their like. */
    public boolean special() {
        return special;
    }

    /** All of it, to build the sample again. */
    @Override
    public String toString() {
        return layout + Arrays.toString(shape) + " seed " + seed + (special ? " special" : "");
    }
}
