package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.ResampleOps;
import java.util.Arrays;

/** Images of another size. */
final class Resizing {
    /** Of the cubic curve, as PyTorch has it; the antialiased form uses the other. */
    private static final double CUBIC = -0.75;

    private static final double CUBIC_SMOOTH = -0.5;

    private Resizing() {}

    /** How one dimension is made; {@code scale} is the input's places for one of the output, 0 if it follows from the sizes. */
    private record Line(InterpolateMode mode, boolean alignCorners, int in, int out, double given, boolean wide) {
        /** The input's places for one of the output, with the precision that PyTorch computes it in. */
        double scale() {
            if (alignCorners) {
                return out > 1 ? round((double) (in - 1) / (out - 1)) : 0;
            }
            return given > 0 ? round(1 / given) : wide ? (double) in / out : (float) in / (float) out;
        }

        double round(double value) {
            return wide ? value : (float) value;
        }

        /** Where in the input a place of the output lies. */
        double source(int o) {
            double scale = scale();
            if (alignCorners) {
                return round(scale * o);
            }
            double at = wide ? scale * (o + 0.5) - 0.5 : (float) scale * (o + 0.5f) - 0.5f;
            return mode == InterpolateMode.BICUBIC ? at : Math.max(at, 0);
        }
    }

    static Tensor interpolate(
            Tensor input,
            long[] size,
            double[] scaleFactor,
            InterpolateMode mode,
            boolean alignCorners,
            boolean antialias) {
        check(input, size, scaleFactor, mode, alignCorners, antialias);
        int dims = input.dim() - 2;
        long[] out = new long[dims];
        for (int d = 0; d < dims; d++) {
            out[d] = size != null
                    ? size[size.length == 1 ? 0 : d]
                    : (long) (input.size(d + 2) * scaleFactor[scaleFactor.length == 1 ? 0 : d]);
            if (out[d] < 1 || input.size(d + 2) < 1) {
                throw Check.shape("interpolate", "sizes must be positive, before and after")
                        .got(Arrays.toString(out))
                        .operand("input", input.dtype(), input.shape().toArray())
                        .error();
            }
        }
        if (mode == InterpolateMode.AREA) {
            return switch (dims) {
                case 1 -> Functional.adaptiveAvgPool1d(input, out[0]);
                case 2 -> Functional.adaptiveAvgPool2d(input, out);
                default -> Functional.adaptiveAvgPool3d(input, out);
            };
        }
        Tensor x = input;
        boolean wide = input.dtype() == DType.FLOAT64 && mode.isSmooth();
        for (int d = dims - 1; d >= 0; d--) {
            double given = scaleFactor == null ? 0 : scaleFactor[scaleFactor.length == 1 ? 0 : d];
            Line line = new Line(
                    mode, alignCorners, Math.toIntExact(input.size(d + 2)), Math.toIntExact(out[d]), given, wide);
            x = antialias ? Antialias.resample(x, d + 2, line) : resample(x, d + 2, line);
        }
        return x;
    }

    private static Tensor resample(Tensor x, int dim, Line line) {
        int taps = line.mode().isSmooth() ? line.mode() == InterpolateMode.BICUBIC ? 4 : 2 : 1;
        int[] starts = new int[line.out() + 1];
        int[] sources = new int[taps * line.out()];
        double[] weights = new double[sources.length];
        for (int o = 0; o < line.out(); o++) {
            starts[o + 1] = starts[o] + taps;
            switch (taps) {
                case 1 -> {
                    sources[o] = nearest(line, o);
                    weights[o] = 1;
                }
                case 2 -> linear(line, o, sources, weights);
                default -> cubic(line, o, sources, weights);
            }
        }
        return ResampleOps.resample(x, dim, starts, sources, weights);
    }

    private static int nearest(Line line, int o) {
        float scale = (float) line.scale();
        float at = line.mode() == InterpolateMode.NEAREST ? o * scale : (float) ((o + 0.5) * scale);
        return Math.min((int) Math.floor(at), line.in() - 1);
    }

    private static void linear(Line line, int o, int[] sources, double[] weights) {
        double at = line.in() == line.out() ? o : line.source(o);
        int first = Math.min((int) at, line.in() - 1);
        double second = line.round(at - first);
        sources[2 * o] = first;
        sources[2 * o + 1] = Math.min(first + 1, line.in() - 1);
        weights[2 * o] = line.round(1 - second);
        weights[2 * o + 1] = second;
    }

    private static void cubic(Line line, int o, int[] sources, double[] weights) {
        double at = line.source(o);
        double first = Math.floor(at);
        double t = line.round(at - first);
        for (int k = 0; k < 4; k++) {
            int source = (int) first + k - 1;
            sources[4 * o + k] = Math.max(0, Math.min(line.in() - 1, source));
            weights[4 * o + k] = line.round(cubic(Math.abs(k - 1 - t), CUBIC));
        }
    }

    /**
     * The cubic convolution at a distance, between -2 and 2.
     *
     * <p>Source: R. Keys, "Cubic convolution interpolation for digital image processing", 1981.
     */
    static double cubic(double x, double a) {
        if (x <= 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    /** Places that are made of all that lie under a filter, which is wider where the image becomes smaller. */
    private static final class Antialias {
        private Antialias() {}

        static Tensor resample(Tensor x, int dim, Line line) {
            boolean isCubic = line.mode() == InterpolateMode.BICUBIC;
            double scale = line.scale();
            double reach = (isCubic ? 2 : 1) * Math.max(scale, 1);
            double shrink = scale >= 1 ? 1 / scale : 1;
            int most = (int) Math.ceil(reach) * 2 + 1;
            int[] starts = new int[line.out() + 1];
            int[] sources = new int[most * line.out()];
            double[] weights = new double[sources.length];
            int next = 0;
            for (int o = 0; o < line.out(); o++) {
                double center = scale * (o + 0.5);
                int from = Math.max((int) (center - reach + 0.5), 0);
                int to = Math.min((int) (center + reach + 0.5), line.in());
                double sum = 0;
                for (int i = from; i < to; i++) {
                    double distance = Math.abs((i - center + 0.5) * shrink);
                    weights[next + i - from] = isCubic ? cubic(distance, CUBIC_SMOOTH) : Math.max(0, 1 - distance);
                    sources[next + i - from] = i;
                    sum += weights[next + i - from];
                }
                for (int i = next; i < next + to - from; i++) {
                    weights[i] = sum == 0 ? weights[i] : weights[i] / sum;
                }
                next += to - from;
                starts[o + 1] = next;
            }
            return ResampleOps.resample(x, dim, starts, Arrays.copyOf(sources, next), Arrays.copyOf(weights, next));
        }
    }

    private static void check(
            Tensor input,
            long[] size,
            double[] scaleFactor,
            InterpolateMode mode,
            boolean alignCorners,
            boolean antialias) {
        int dims = input.dim() - 2;
        if (dims < 1 || dims > 3 || mode.dims() != 0 && mode.dims() != dims) {
            throw Check.shape("interpolate", "the input must be [N, C, ...] with as many dimensions as the mode is for")
                    .got("mode " + mode)
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        if ((size == null) == (scaleFactor == null)) {
            throw Check.argument("interpolate", "either a size or a scale factor must be given")
                    .error();
        }
        int numbers = size != null ? size.length : scaleFactor.length;
        if (numbers != 1 && numbers != dims) {
            throw Check.argument(
                            "interpolate", "there must be one number, or one for each dimension after the channels")
                    .expected("1 or " + dims)
                    .got(numbers)
                    .error();
        }
        checkMode(input, mode, alignCorners, antialias);
    }

    private static void checkMode(Tensor input, InterpolateMode mode, boolean alignCorners, boolean antialias) {
        if (alignCorners && !mode.isSmooth()) {
            throw Check.argument("interpolate", "only modes between places know corners")
                    .got(mode)
                    .error();
        }
        if (antialias && mode != InterpolateMode.BILINEAR && mode != InterpolateMode.BICUBIC) {
            throw Check.argument("interpolate", "only BILINEAR and BICUBIC can be antialiased")
                    .got(mode)
                    .error();
        }
        boolean known = input.isFloatingPoint() || input.dtype() == DType.UINT8 && !mode.isSmooth();
        if (!known) {
            throw Check.dtype("interpolate", "the input must be floating point, or uint8 for the nearest place")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
    }
}
