package dev.lanewise.nn;

import dev.lanewise.Tensor;

/** The functions of {@link Functional} that make images of another size or look them up elsewhere. */
abstract class SamplingFunctions extends AttentionFunctions {
    SamplingFunctions() {}

    /** Images of a size, by the nearest place; see the form with all parameters. */
    public static Tensor interpolate(Tensor input, long... size) {
        return interpolate(input, size, null, InterpolateMode.NEAREST, false, false);
    }

    /** Images of a size; see the form with all parameters. */
    public static Tensor interpolate(Tensor input, long[] size, InterpolateMode mode, boolean alignCorners) {
        return interpolate(input, size, null, mode, alignCorners, false);
    }

    /** Images that are so many times as large; see the form with all parameters. */
    public static Tensor interpolate(Tensor input, double scaleFactor, InterpolateMode mode, boolean alignCorners) {
        return interpolate(input, null, new double[] {scaleFactor}, mode, alignCorners, false);
    }

    /**
     * Images of another size.
     *
     * <p>Place o of a dimension of the result lies at {@code (o + 0.5) · scale - 0.5} in the input, or at {@code o · scale} if
     * the corners are aligned, where {@code scale} is the quotient of the sizes, or one over the given factor.
     *
     * @param input {@code [N, C, ...]} with one to three dimensions after the channels
     * @param size one number, or one for each of those dimensions; null if a factor is given
     * @param scaleFactor the same as a factor of the sizes, which are rounded down; null if a size is given
     * @param alignCorners true if the outermost places of input and result are the same, not their outer edges
     * @param antialias true to weigh all that lies under a place where a BILINEAR or BICUBIC image becomes smaller
     */
    public static Tensor interpolate(
            Tensor input,
            long[] size,
            double[] scaleFactor,
            InterpolateMode mode,
            boolean alignCorners,
            boolean antialias) {
        return Resizing.interpolate(input, size, scaleFactor, mode, alignCorners, antialias);
    }

    /** As {@link #interpolate(Tensor, double, InterpolateMode, boolean)}, by its old name. */
    public static Tensor upsample(Tensor input, double scaleFactor, InterpolateMode mode, boolean alignCorners) {
        return interpolate(input, scaleFactor, mode, alignCorners);
    }

    /** An image looked up between its places, with zeros outside; see the form with all parameters. */
    public static Tensor gridSample(Tensor input, Tensor grid) {
        return gridSample(input, grid, GridMode.BILINEAR, GridPadding.ZEROS, false);
    }

    /**
     * An image looked up at given places.
     *
     * @param input {@code [N, C, H, W]} or {@code [N, C, D, H, W]}
     * @param grid {@code [N, H', W', 2]} or {@code [N, D', H', W', 3]}: x, y and z from -1 to 1
     * @param alignCorners true if -1 and 1 are the outermost places, not the outer edges of those
     * @return {@code [N, C, H', W']} or {@code [N, C, D', H', W']}
     */
    public static Tensor gridSample(
            Tensor input, Tensor grid, GridMode mode, GridPadding padding, boolean alignCorners) {
        return GridSampling.gridSample(input, grid, mode, padding, alignCorners);
    }

    /**
     * The places of an image moved by an affine map, for {@link #gridSample}.
     *
     * @param theta {@code [N, 2, 3]}, or {@code [N, 3, 4]} for images with a depth
     * @param size of the images, {@code [N, C, H, W]} or {@code [N, C, D, H, W]}
     * @param alignCorners as for {@link #gridSample}
     * @return {@code [N, H, W, 2]} or {@code [N, D, H, W, 3]}
     */
    public static Tensor affineGrid(Tensor theta, long[] size, boolean alignCorners) {
        return GridSampling.affineGrid(theta, size, alignCorners);
    }
}
