package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/** Images looked up at places given as numbers from -1 to 1. */
final class GridSampling {
    private static final double CUBIC = -0.75;

    private final Tensor image;
    private final long[] sizes;
    private final GridPadding padding;
    private final boolean alignCorners;
    private final int dims;

    private GridSampling(Tensor input, GridPadding padding, boolean alignCorners) {
        this.dims = input.dim() - 2;
        this.image = input.flatten(2, -1);
        this.sizes = input.shape().toArray();
        this.padding = padding;
        this.alignCorners = alignCorners;
    }

    static Tensor gridSample(Tensor input, Tensor grid, GridMode mode, GridPadding padding, boolean alignCorners) {
        check(input, grid, mode);
        GridSampling sampling = new GridSampling(input, padding, alignCorners);
        Tensor places = grid.flatten(1, -2);
        Tensor[] at = new Tensor[sampling.dims];
        for (int d = 0; d < at.length; d++) {
            // The grid's last dimension is x, y, z; those of the image are in the other order.
            Tensor coordinate = places.select(2, at.length - 1 - d);
            double size = sampling.sizes[d + 2];
            at[d] = alignCorners
                    ? coordinate.add(1).div(2).mul(size - 1)
                    : coordinate.add(1).mul(size).sub(1).div(2);
        }
        Tensor out = switch (mode) {
            case NEAREST -> sampling.nearest(at);
            case BILINEAR -> sampling.linear(at);
            case BICUBIC -> sampling.cubic(at);
        };
        long[] shape = grid.shape().toArray();
        long[] result = new long[input.dim()];
        result[0] = input.size(0);
        result[1] = input.size(1);
        System.arraycopy(shape, 1, result, 2, sampling.dims);
        return out.reshape(result);
    }

    private Tensor nearest(Tensor... at) {
        Tensor[] places = new Tensor[dims];
        for (int d = 0; d < dims; d++) {
            places[d] = padded(at[d].detach(), d).round();
        }
        return value(places);
    }

    /** The sum over the corners around: 4 in two dimensions, 8 in three. */
    private Tensor linear(Tensor... at) {
        Tensor[] low = new Tensor[dims];
        Tensor[] part = new Tensor[dims];
        for (int d = 0; d < dims; d++) {
            Tensor x = padded(at[d], d);
            low[d] = x.detach().floor();
            part[d] = x.sub(low[d]);
        }
        Tensor sum = null;
        for (int corner = 0; corner < 1 << dims; corner++) {
            Tensor[] places = new Tensor[dims];
            Tensor weight = null;
            for (int d = 0; d < dims; d++) {
                boolean high = (corner >> d & 1) != 0;
                places[d] = high ? low[d].add(1) : low[d];
                Tensor own = high ? part[d] : part[d].rsub(1);
                weight = weight == null ? own : weight.mul(own);
            }
            Tensor term = value(places).mul(weight.unsqueeze(1));
            sum = sum == null ? term : sum.add(term);
        }
        return sum;
    }

    private Tensor cubic(Tensor... at) {
        Tensor[] low = new Tensor[2];
        Tensor[][] weights = new Tensor[2][];
        for (int d = 0; d < 2; d++) {
            low[d] = at[d].detach().floor();
            weights[d] = weights(at[d].sub(low[d]));
        }
        Tensor sum = null;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                Tensor[] places = {padded(low[0].add(i - 1), 0), padded(low[1].add(j - 1), 1)};
                Tensor weight = weights[0][i].mul(weights[1][j]);
                Tensor term = value(places).mul(weight.unsqueeze(1));
                sum = sum == null ? term : sum.add(term);
            }
        }
        return sum;
    }

    /** The cubic convolution at the distances from four places. */
    private static Tensor[] weights(Tensor t) {
        Tensor s = t.rsub(1);
        return new Tensor[] {outer(t.add(1)), inner(t), inner(s), outer(s.add(1))};
    }

    private static Tensor inner(Tensor x) {
        return x.mul(CUBIC + 2).sub(CUBIC + 3).mul(x).mul(x).add(1);
    }

    private static Tensor outer(Tensor x) {
        return x.sub(5).mul(x).add(8).mul(x).sub(4).mul(CUBIC);
    }

    /** A coordinate moved into the image, unless there are zeros outside. */
    private Tensor padded(Tensor x, int d) {
        double size = sizes[d + 2];
        return switch (padding) {
            case ZEROS -> x;
            case BORDER -> x.clamp(0, size - 1);
            case REFLECTION -> {
                Tensor mirrored = alignCorners ? reflected(x, 0, size - 1) : reflected(x, -0.5, size);
                yield mirrored.clamp(0, size - 1);
            }
        };
    }

    /** A coordinate mirrored at {@code low} and {@code low + span} until it is between them. */
    private static Tensor reflected(Tensor x, double low, double span) {
        if (span == 0) {
            return x.mul(0);
        }
        Tensor away = x.sub(low).abs();
        Tensor rest = away.fmod(span);
        Tensor even = away.detach().div(span).floor().fmod(2).eq(0);
        return rest.add(low).where(even, rest.rsub(span + low));
    }

    /** The image at whole places, zeros outside. */
    private Tensor value(Tensor... places) {
        Tensor inside = null;
        Tensor index = null;
        for (int d = 0; d < dims; d++) {
            double most = sizes[d + 2] - 1;
            Tensor here = places[d].ge(0).logicalAnd(places[d].le(most));
            inside = inside == null ? here : inside.logicalAnd(here);
            Tensor place =
                    places[d].detach().nanToNum(-1, -1, -1).clamp(0, most).to(DType.INT64);
            index = index == null ? place : index.mul(sizes[d + 2]).add(place);
        }
        Tensor all = index.unsqueeze(1).expand(sizes[0], sizes[1], index.size(1));
        Tensor found = image.gather(2, all);
        return padding == GridPadding.ZEROS ? found.where(inside.unsqueeze(1), Tensor.zeros(found.dtype())) : found;
    }

    private static void check(Tensor input, Tensor grid, GridMode mode) {
        int dims = input.dim() - 2;
        boolean fits = (dims == 2 || dims == 3)
                && grid.dim() == input.dim()
                && grid.size(0) == input.size(0)
                && grid.size(-1) == dims
                && (mode != GridMode.BICUBIC || dims == 2);
        for (int d = 2; d < input.dim(); d++) {
            fits &= input.size(d) > 0;
        }
        if (!fits) {
            throw Check.shape(
                            "gridSample",
                            "the input must be [N, C, H, W] and the grid [N, H', W', 2], or the same with a depth and 3")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .operand("grid", grid.dtype(), grid.shape().toArray())
                    .error();
        }
        if (input.dtype() != grid.dtype() || !input.isFloatingPoint()) {
            throw Check.dtype("gridSample", "input and grid must have one floating-point dtype")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .operand("grid", grid.dtype(), grid.shape().toArray())
                    .error();
        }
    }

    // ------------------------------------------------------------------ affine grids

    static Tensor affineGrid(Tensor theta, long[] size, boolean alignCorners) {
        int dims = size.length - 2;
        boolean fits = (dims == 2 || dims == 3)
                && theta.dim() == 3
                && theta.size(0) == size[0]
                && theta.size(1) == dims
                && theta.size(2) == dims + 1
                && theta.isFloatingPoint();
        if (!fits) {
            throw Check.shape(
                            "affineGrid", "theta must be [N, 2, 3] for a size [N, C, H, W], or [N, 3, 4] with a depth")
                    .got(size)
                    .operand("theta", theta.dtype(), theta.shape().toArray())
                    .error();
        }
        long[] shape = new long[dims + 1];
        System.arraycopy(size, 2, shape, 0, dims);
        shape[dims] = 1;
        Tensor[] columns = new Tensor[dims + 1];
        for (int d = 0; d < dims; d++) {
            long[] line = Windows.filled(dims + 1, 1);
            line[dims - 1 - d] = size[size.length - 1 - d];
            columns[d] = line(theta.dtype(), size[size.length - 1 - d], alignCorners)
                    .reshape(line)
                    .expand(shape);
        }
        columns[dims] = Tensor.ones(theta.dtype(), shape);
        Tensor base = Tensor.cat(dims, columns).reshape(-1, dims + 1).unsqueeze(0);
        shape[dims] = dims;
        long[] result = new long[dims + 2];
        result[0] = size[0];
        System.arraycopy(shape, 0, result, 1, dims + 1);
        return base.expand(size[0], base.size(1), dims + 1)
                .bmm(theta.transpose(1, 2))
                .reshape(result);
    }

    private static Tensor line(DType type, long steps, boolean alignCorners) {
        if (steps <= 1) {
            return Tensor.zeros(type, steps);
        }
        Tensor line = Tensor.linspace(type, -1, 1, steps);
        return alignCorners ? line : line.mul(steps - 1).div(steps);
    }
}
