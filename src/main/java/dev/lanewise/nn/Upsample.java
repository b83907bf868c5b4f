package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.text.PythonText;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Images of another size; see {@link Functional#interpolate(Tensor, long[], double[], InterpolateMode, boolean, boolean)}.
 *
 * <p>Source: PyTorch's {@code torch.nn.Upsample}.
 */
public sealed class Upsample extends Module permits UpsamplingNearest2d, UpsamplingBilinear2d {
    private final long[] size;
    private final double[] scaleFactor;
    private final InterpolateMode mode;
    private final boolean alignCorners;

    /** Images that are so many times as large, by the nearest place. */
    public Upsample(double scaleFactor) {
        this(scaleFactor, InterpolateMode.NEAREST, false);
    }

    /** Images that are so many times as large. */
    public Upsample(double scaleFactor, InterpolateMode mode, boolean alignCorners) {
        this(null, new double[] {scaleFactor}, mode, alignCorners);
    }

    /** Images of a size. */
    public Upsample(long[] size, InterpolateMode mode, boolean alignCorners) {
        this(size, null, mode, alignCorners);
    }

    /** The layer with all parameters; size or factor is null, the other one number or one for each dimension. */
    public Upsample(long[] size, double[] scaleFactor, InterpolateMode mode, boolean alignCorners) {
        this.size = size == null ? null : size.clone();
        this.scaleFactor = scaleFactor == null ? null : scaleFactor.clone();
        this.mode = mode;
        this.alignCorners = alignCorners;
    }

    @Override
    public final Tensor forward(Tensor input) {
        return noted(input, Functional.interpolate(input, size, scaleFactor, mode, alignCorners, false));
    }

    @Override
    protected final String extraRepr() {
        String what = scaleFactor == null ? "size=" + Tuples.plain(size) : "scale_factor=" + factors();
        return what + ", mode=" + mode;
    }

    private String factors() {
        String list = Arrays.stream(scaleFactor).mapToObj(PythonText::of).collect(Collectors.joining(", "));
        return scaleFactor.length == 1 ? list : "(" + list + ")";
    }
}
