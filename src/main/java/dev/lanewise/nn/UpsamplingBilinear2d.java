package dev.lanewise.nn;

/**
 * Images of another size on lines between places, with aligned corners.
 *
 * <p>Source: PyTorch's {@code torch.nn.UpsamplingBilinear2d}.
 */
public final class UpsamplingBilinear2d extends Upsample {
    /** Images that are so many times as large. */
    public UpsamplingBilinear2d(double scaleFactor) {
        super(scaleFactor, InterpolateMode.BILINEAR, true);
    }

    /** Images of a size, one number or two. */
    public UpsamplingBilinear2d(long[] size) {
        super(size, InterpolateMode.BILINEAR, true);
    }
}
