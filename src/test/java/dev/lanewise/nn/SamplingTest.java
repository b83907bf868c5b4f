package dev.lanewise.nn;

import static dev.lanewise.nn.Near.steps;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradCheck;
import org.junit.jupiter.api.Test;

/** Images of another size or looked up elsewhere: what the recordings do not have, as PyTorch gives it. */
class SamplingTest {
    private static final Tensor IMAGE = steps(1, 1, 1, 3, 4).pow(1.5).div(10);
    private static final Tensor PLACES =
            Tensor.of(DType.FLOAT32, new double[][][][] {{{{-1.3, 0.2}, {0.5, 1.7}, {0.1, -0.4}}}});

    private static Tensor smooth(InterpolateMode mode, boolean corners, long... size) {
        return Functional.interpolate(IMAGE, size, null, mode, corners, true);
    }

    @Test
    void antialiasing() {
        Near.check(smooth(InterpolateMode.BILINEAR, false, 2, 2), 0.439029, 0.817615, 1.998641, 2.659073);
        Near.begins(smooth(InterpolateMode.BILINEAR, false, 5, 3), 0.03, 0.191421, 0.448583, 0.376164, 0.632398);
        Near.check(smooth(InterpolateMode.BILINEAR, true, 2, 2), 0.999835, 1.426015, 2.423141, 3.045859);
        Near.begins(smooth(InterpolateMode.BILINEAR, true, 5, 3), 0.0375, 0.248203, 0.480153, 0.257941, 0.534891);
        Near.check(smooth(InterpolateMode.BICUBIC, false, 2, 2), 0.323161, 0.747033, 2.020475, 2.806066);
        Near.begins(smooth(InterpolateMode.BICUBIC, false, 5, 3), -0.049461, 0.103211, 0.372986, 0.243831, 0.500844);
        Near.check(smooth(InterpolateMode.BICUBIC, true, 2, 2), 0.936757, 1.425356, 2.642734, 3.409188);
    }

    @Test
    void factorsOfEachDimension() {
        double[] factors = {1.3, 0.6};
        Tensor out = Functional.interpolate(IMAGE, null, factors, InterpolateMode.BILINEAR, false, false);
        Near.check(out, 0.033333, 0.282843, 0.906011, 1.469694, 2.408494, 3.162278);
    }

    private static void grid(GridMode mode, GridPadding padding, boolean corners, double... expected) {
        Near.check(Functional.gridSample(IMAGE, PLACES, mode, padding, corners), expected);
    }

    @Test
    void grids() {
        grid(GridMode.BILINEAR, GridPadding.ZEROS, true, 0.600902, 0.985134, 0.895507);
        grid(GridMode.BILINEAR, GridPadding.BORDER, false, 1.238823, 3.405282, 0.682472);
        grid(GridMode.BILINEAR, GridPadding.REFLECTION, false, 1.274203, 2.44585, 0.682472);
        grid(GridMode.BILINEAR, GridPadding.REFLECTION, true, 1.246394, 2.080828, 0.895507);
        grid(GridMode.NEAREST, GridPadding.ZEROS, true, 0.8, 0, 1.469694);
        grid(GridMode.NEAREST, GridPadding.REFLECTION, true, 0.8, 1.469694, 1.469694);
        grid(GridMode.BICUBIC, GridPadding.ZEROS, false, -0.085245, -0.316637, 0.553947);
        grid(GridMode.BICUBIC, GridPadding.ZEROS, true, 0.623236, 1.047003, 0.727897);
        grid(GridMode.BICUBIC, GridPadding.BORDER, false, 1.296304, 3.448622, 0.531218);
        grid(GridMode.BICUBIC, GridPadding.BORDER, true, 1.097495, 3.402781, 0.713375);
        grid(GridMode.BICUBIC, GridPadding.REFLECTION, false, 1.324373, 2.602844, 0.531218);
        grid(GridMode.BICUBIC, GridPadding.REFLECTION, true, 1.260752, 2.308724, 0.632194);
    }

    @Test
    void volumes() {
        Tensor volume = steps(1, 1, 1, 2, 2, 4);
        Tensor places = Tensor.of(DType.FLOAT32, new double[][][][][] {{{{{-0.3, 0.2, 0.9}, {0.5, 1.2, -0.8}}}}});
        Near.check(Functional.gridSample(volume, places), 7.02, 1.365);
        Near.check(Functional.gridSample(volume, places, GridMode.NEAREST, GridPadding.BORDER, true), 13, 6);
        Tensor theta =
                Tensor.of(DType.FLOAT32, new double[][][] {{{1, 0.5, 0, 0.1}, {0, 1, 0.2, -0.3}, {0.3, 0, 1, 0}}});
        Tensor grid = Functional.affineGrid(theta, new long[] {1, 1, 2, 2, 3}, true);
        assertArrayEquals(new long[] {1, 2, 2, 3, 3}, grid.shape().toArray());
        Near.begins(grid, -1.4, -1.5, -1.3, -0.4, -1.5, -1.0, 0.6, -1.5, -0.7, -0.4, 0.5, -1.3);
    }

    @Test
    void derivativesOfBothOrders() {
        Tensor image = Tensor.randn(DType.FLOAT64, 1, 2, 3, 4).requiresGrad_();
        GradCheck.checkSecondOrder(
                in -> Functional.interpolate(in[0], new long[] {5, 2}, InterpolateMode.BICUBIC, true), image);
        Tensor places = Tensor.of(DType.FLOAT64, new double[][][][] {{{{-0.63, 0.22}, {0.51, 0.87}, {0.13, -0.41}}}})
                .requiresGrad_();
        for (GridMode mode : new GridMode[] {GridMode.BILINEAR, GridMode.BICUBIC}) {
            GradCheck.check(
                    in -> Functional.gridSample(in[0], in[1], mode, GridPadding.REFLECTION, false), image, places);
            GradCheck.checkSecondOrder(
                    in -> Functional.gridSample(in[0], in[1], mode, GridPadding.ZEROS, true), image, places);
        }
        Tensor theta = Tensor.randn(DType.FLOAT64, 2, 2, 3).requiresGrad_();
        GradCheck.check(in -> Functional.affineGrid(in[0], new long[] {2, 1, 3, 2}, false), theta);
    }

    @Test
    void layers() {
        Tensor x = Tensor.randn(1, 2, 3, 3);
        assertArrayEquals(
                new long[] {1, 2, 6, 6}, new Upsample(2).forward(x).shape().toArray());
        assertArrayEquals(
                new long[] {1, 2, 5, 5},
                new UpsamplingBilinear2d(new long[] {5}).forward(x).shape().toArray());
        assertEquals("Upsample(scale_factor=2.0, mode=nearest)", new Upsample(2).toString());
        assertEquals(
                "Upsample(size=(3, 4), mode=bilinear)",
                new Upsample(new long[] {3, 4}, InterpolateMode.BILINEAR, true).toString());
        assertEquals(
                "Upsample(scale_factor=(2.0, 3.0), mode=nearest-exact)",
                new Upsample(null, new double[] {2, 3}, InterpolateMode.NEAREST_EXACT, false).toString());
        assertEquals("UpsamplingNearest2d(scale_factor=2.0, mode=nearest)", new UpsamplingNearest2d(2.0).toString());
        assertEquals(
                "UpsamplingBilinear2d(size=3, mode=bilinear)", new UpsamplingBilinear2d(new long[] {3}).toString());
    }

    @Test
    void bytesByTheNearestPlace() {
        Tensor x = Tensor.of(DType.UINT8, new long[][][] {{{1, 2, 255}}});
        assertArrayEquals(
                new long[] {1, 1, 2, 2, 255, 255},
                Functional.interpolate(x, 6).flatten().toLongArray());
        assertThrows(
                DTypeException.class, () -> Functional.interpolate(x, new long[] {6}, InterpolateMode.LINEAR, false));
    }

    @Test
    void refusals() {
        Tensor x = Tensor.zeros(1, 1, 3, 3);
        assertEquals(
                "interpolate: the input must be [N, C, ...] with as many dimensions as the mode is for, got mode linear"
                        + " [input: float32[1, 1, 3, 3]].",
                assertThrows(
                                ShapeException.class,
                                () -> Functional.interpolate(x, new long[] {2}, InterpolateMode.LINEAR, false))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Functional.interpolate(x, new long[] {2}, InterpolateMode.NEAREST, true));
        assertThrows(IllegalArgumentException.class, () -> Functional.interpolate(x, 2, 2, 2));
        assertThrows(ShapeException.class, () -> Functional.interpolate(x, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> Functional.interpolate(x, null, null, InterpolateMode.NEAREST, false, false));
        assertThrows(ShapeException.class, () -> Functional.gridSample(x, Tensor.zeros(1, 2, 2, 3)));
        assertThrows(DTypeException.class, () -> Functional.gridSample(x, Tensor.zeros(DType.FLOAT64, 1, 2, 2, 2)));
        assertThrows(
                ShapeException.class,
                () -> Functional.affineGrid(Tensor.zeros(1, 2, 4), new long[] {1, 1, 2, 2}, false));
    }
}
