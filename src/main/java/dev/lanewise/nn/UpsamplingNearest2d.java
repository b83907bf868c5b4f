package dev.lanewise.nn;

/**
 * Images of another size by the nearest place.
 *
 * <p>Source: PyTorch's {@code torch.nn.UpsamplingNearest2d}.
 */
public final class UpsamplingNearest2d extends Upsample {
    /** Images that are so many times as large. */
    public UpsamplingNearest2d(double scaleFactor) {
        super(scaleFactor, InterpolateMode.NEAREST, false);
    }

    /** Images of a size, one number or two. */
    public UpsamplingNearest2d(long[] size) {
        super(size, InterpolateMode.NEAREST, false);
    }
}
