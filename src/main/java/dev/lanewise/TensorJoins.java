package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.JoinOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Several tensors made one, and one made several. */
abstract class TensorJoins extends TensorSorting {
    TensorJoins(Storage storage, View view, Tensor base) {
        super(storage, view, base);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    // ------------------------------------------------------------------ joins

    /** Tensors side by side: along dimension 1, or along dimension 0 if they have at most one. A copy. */
    public static Tensor hstack(Tensor... tensors) {
        Tensor[] wide = each("hstack", tensors, Tensor::atleast1d);
        return cat(wide[0].dim() == 1 ? 0 : 1, wide);
    }

    /** Tensors one below the other along dimension 0; a vector is a row. A copy. */
    public static Tensor vstack(Tensor... tensors) {
        return cat(0, each("vstack", tensors, Tensor::atleast2d));
    }

    /**
     * Tensors one behind the other along dimension 2; {@link #atleast3d()} says what fewer dimensions become. A copy.
     */
    public static Tensor dstack(Tensor... tensors) {
        return cat(2, each("dstack", tensors, Tensor::atleast3d));
    }

    /** Tensors side by side along dimension 1; numbers and vectors are columns. A copy. */
    public static Tensor columnStack(Tensor... tensors) {
        return cat(1, each("columnStack", tensors, t -> t.dim() <= 1 ? t.reshape(t.numel(), 1) : t));
    }

    private static Tensor[] each(String op, Tensor[] tensors, UnaryOperator<Tensor> f) {
        if (tensors.length == 0) {
            throw Check.argument(op, "there must be at least one tensor").error();
        }
        return Arrays.stream(tensors).map(f).toArray(Tensor[]::new);
    }

    /** Matrices along the diagonal of one that is 0 elsewhere; a vector is a row, a number a 1 × 1 matrix. A copy. */
    public static Tensor blockDiag(Tensor... tensors) {
        Tensor[] blocks = each("blockDiag", tensors, Tensor::atleast2d);
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i].dim() > 2) {
                throw Check.shape("blockDiag", "the tensors must have at most 2 dimensions")
                        .got(blocks[i].dim() + " for tensor " + i)
                        .operand("tensor " + i, blocks[i].dtype(), blocks[i].sizes())
                        .error();
            }
        }
        return Dispatch.apply(JoinOps.BLOCK_DIAG, null, blocks);
    }

    // ------------------------------------------------------------------ grids

    /** Views of the tensors, expanded to the one shape that all broadcast to. */
    public static List<Tensor> broadcastTensors(Tensor... tensors) {
        long[] shape = Shapes.broadcast(
                "broadcastTensors", Arrays.stream(tensors).map(Tensor::sizes).toArray(long[][]::new));
        return Arrays.stream(tensors).map(t -> t.expand(shape)).toList();
    }

    /** As {@link #meshgrid(String, Tensor...)} with {@code "ij"}. */
    public static List<Tensor> meshgrid(Tensor... tensors) {
        return meshgrid("ij", tensors);
    }

    /**
     * The coordinates of the points of a grid: views, one for each tensor of at most one dimension.
     *
     * @param indexing {@code "ij"}: tensor k runs along dimension k; {@code "xy"}: the first two are exchanged
     */
    public static List<Tensor> meshgrid(String indexing, Tensor... tensors) {
        checkGrid(indexing, tensors);
        boolean swaps = indexing.equals("xy") && tensors.length > 1;
        long[] shape = new long[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            shape[place(i, swaps)] = tensors[i].numel();
        }
        List<Tensor> grids = new ArrayList<>();
        for (int i = 0; i < tensors.length; i++) {
            long[] ones = new long[tensors.length];
            Arrays.fill(ones, 1);
            ones[place(i, swaps)] = tensors[i].numel();
            grids.add(tensors[i].reshape(ones).expand(shape));
        }
        return grids;
    }

    private static int place(int tensor, boolean swaps) {
        return swaps && tensor < 2 ? 1 - tensor : tensor;
    }

    private static void checkGrid(String indexing, Tensor[] tensors) {
        if (tensors.length == 0) {
            throw Check.argument("meshgrid", "there must be at least one tensor")
                    .error();
        }
        if (!indexing.equals("ij") && !indexing.equals("xy")) {
            throw Check.argument("meshgrid", "the indexing must be \"ij\" or \"xy\"")
                    .got(indexing)
                    .error();
        }
        for (int i = 0; i < tensors.length; i++) {
            if (tensors[i].dim() > 1) {
                throw Check.shape("meshgrid", "the tensors must have at most 1 dimension")
                        .got(Arrays.toString(tensors[i].sizes()) + " for tensor " + i)
                        .error();
            }
            if (tensors[i].dtype() != tensors[0].dtype()) {
                throw Check.dtype("meshgrid", "the tensors must have one dtype")
                        .expected(tensors[0].dtype())
                        .got(tensors[i].dtype().shortName() + " for tensor " + i)
                        .error();
            }
        }
    }

    /** All ways to pick one element of each vector, one per row in the order of the last vector; a copy. */
    public static Tensor cartesianProd(Tensor... vectors) {
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i].dim() != 1) {
                throw Check.shape("cartesianProd", "the tensors must be vectors")
                        .got(Arrays.toString(vectors[i].sizes()) + " for tensor " + i)
                        .error();
            }
        }
        if (vectors.length == 1) {
            return vectors[0];
        }
        return stack(meshgrid(vectors).stream().map(Tensor::flatten).toList(), 1);
    }

    /** All pairs of elements of this vector, in order; see {@link #combinations(int, boolean)}. */
    public final Tensor combinations() {
        return combinations(2, false);
    }

    /** All ways to pick {@code r} elements of this vector in order, one per row, or several times each; a copy. */
    public final Tensor combinations(int r, boolean withReplacement) {
        if (dim() != 1) {
            throw Check.shape("combinations", "the tensor must be a vector")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        if (r < 0) {
            throw Check.argument("combinations", "the number of elements must not be negative")
                    .got(r)
                    .error();
        }
        if (r == 0) {
            return empty(dtype(), 0);
        }
        long[][] columns = Combinations.columns(numel(), r, withReplacement);
        Tensor[] picked = new Tensor[r];
        for (int i = 0; i < r; i++) {
            picked[i] = indexSelect(0, of(columns[i]));
        }
        return stack(1, picked);
    }

    /** The matrix with the powers n - 1 to 0 of this vector of n elements as columns; INT64 for integers. */
    public final Tensor vander() {
        return vander(dim() == 1 ? numel() : 0, false);
    }

    /** The matrix with the powers 0 to {@code n - 1} of this vector as columns, from the highest unless increasing. */
    public final Tensor vander(long n, boolean increasing) {
        if (dim() != 1 || n < 0) {
            throw Check.shape("vander", "the tensor must be a vector, and the number of columns not negative")
                    .got(n + " columns")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        Tensor x = isFloatingPoint() ? self() : self().to(DType.INT64);
        if (n == 0) {
            return empty(x.dtype(), numel(), 0);
        }
        Tensor[] columns = new Tensor[Math.toIntExact(n)];
        Tensor power = ones(x.dtype(), numel());
        for (int i = 0; i < columns.length; i++) {
            columns[increasing ? i : columns.length - 1 - i] = power;
            power = i == 0 ? x : power.mul(x);
        }
        return stack(1, columns);
    }

    // ------------------------------------------------------------------ dimensions at least

    /** A view with one dimension if there is none, else the tensor itself. */
    public final Tensor atleast1d() {
        return dim() == 0 ? reshape(1) : self();
    }

    /** A view with two dimensions if there are fewer, a vector as a row; else the tensor itself. */
    public final Tensor atleast2d() {
        return dim() == 0 ? reshape(1, 1) : dim() == 1 ? self().unsqueeze(0) : self();
    }

    /** A view with three dimensions if there are fewer: n becomes 1 × n × 1, m × n becomes m × n × 1. */
    public final Tensor atleast3d() {
        return switch (dim()) {
            case 0 -> reshape(1, 1, 1);
            case 1 -> unsqueeze(0).unsqueeze(-1);
            case 2 -> unsqueeze(-1);
            default -> self();
        };
    }

    // ------------------------------------------------------------------ splits

    /** Views of consecutive parts of at most {@code length} places along dimension 0. */
    public final List<Tensor> split(long length) {
        return split(length, 0);
    }

    /** Views of consecutive parts of the given lengths, which add up to the size of the dimension. */
    public final List<Tensor> split(long[] lengths, int dim) {
        int d = requireDim("split", dim);
        long total = 0;
        boolean positive = true;
        for (long length : lengths) {
            total += length;
            positive &= length >= 0;
        }
        if (total != size(d) || !positive) {
            throw Check.shape("split", "the lengths must not be negative and add up to the size of dim " + d)
                    .expected("a sum of " + size(d))
                    .got(lengths)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        List<Tensor> parts = new ArrayList<>();
        long from = 0;
        for (long length : lengths) {
            parts.add(narrow(d, from, length));
            from += length;
        }
        return parts;
    }

    /**
     * Views of the tensor cut into at most {@code chunks} parts of one size along a dimension; the last may be smaller.
     */
    public final List<Tensor> chunk(int chunks, int dim) {
        int d = requireDim("chunk", dim);
        if (chunks <= 0) {
            throw Check.argument("chunk", "the number of chunks must be positive")
                    .got(chunks)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        if (size(d) == 0) {
            return split(new long[chunks], d);
        }
        return split((size(d) + chunks - 1) / chunks, d);
    }

    /** As {@link #chunk(int, int)} along dimension 0. */
    public final List<Tensor> chunk(int chunks) {
        return chunk(chunks, 0);
    }

    /** Views of all places along dimension 0. */
    public final List<Tensor> unbind() {
        return unbind(0);
    }

    /**
     * Views of exactly {@code sections} parts along a dimension; the first ones are longer by one if it does not
     * divide.
     */
    public final List<Tensor> tensorSplit(int sections, int dim) {
        int d = requireDim("tensorSplit", dim);
        if (sections <= 0) {
            throw Check.argument("tensorSplit", "the number of sections must be positive")
                    .got(sections)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        long[] lengths = new long[sections];
        for (int i = 0; i < sections; i++) {
            lengths[i] = size(d) / sections + (i < size(d) % sections ? 1 : 0);
        }
        return split(lengths, d);
    }

    /** Views of the parts between positions along a dimension, which are bounds of ranges as in Python. */
    public final List<Tensor> tensorSplit(long[] positions, int dim) {
        int d = requireDim("tensorSplit", dim);
        List<Tensor> parts = new ArrayList<>();
        long from = 0;
        for (long position : positions) {
            parts.add(slice(d, from, position, 1));
            from = position;
        }
        parts.add(slice(d, from, Long.MAX_VALUE, 1));
        return parts;
    }

    /** As the other forms, by a 0-d INT64 tensor with the number of sections or a 1-d one with the positions. */
    public final List<Tensor> tensorSplit(Tensor sectionsOrPositions, int dim) {
        if (sectionsOrPositions.dim() > 1 || sectionsOrPositions.dtype() != DType.INT64) {
            throw Check.argument("tensorSplit", "the sections must be a 0-d or 1-d int64 tensor")
                    .operand("sections", sectionsOrPositions.dtype(), sectionsOrPositions.sizes())
                    .error();
        }
        return sectionsOrPositions.dim() == 0
                ? tensorSplit(Math.toIntExact(sectionsOrPositions.itemLong()), dim)
                : tensorSplit(sectionsOrPositions.toLongArray(), dim);
    }

    /** Views of equal parts side by side: along dimension 1, or along dimension 0 of a vector. */
    public final List<Tensor> hsplit(int sections) {
        return evenSplit("hsplit", sections, 1, dim() == 1 ? 0 : 1);
    }

    /** Views of the parts between positions along dimension 1, or along dimension 0 of a vector. */
    public final List<Tensor> hsplit(long... positions) {
        requireRank("hsplit", 1);
        return tensorSplit(positions, dim() == 1 ? 0 : 1);
    }

    /** Views of equal parts along dimension 0 of a tensor of at least two dimensions. */
    public final List<Tensor> vsplit(int sections) {
        return evenSplit("vsplit", sections, 2, 0);
    }

    /** Views of the parts between positions along dimension 0 of a tensor of at least two dimensions. */
    public final List<Tensor> vsplit(long... positions) {
        requireRank("vsplit", 2);
        return tensorSplit(positions, 0);
    }

    /** Views of equal parts along dimension 2. */
    public final List<Tensor> dsplit(int sections) {
        return evenSplit("dsplit", sections, 3, 2);
    }

    /** Views of the parts between positions along dimension 2. */
    public final List<Tensor> dsplit(long... positions) {
        requireRank("dsplit", 3);
        return tensorSplit(positions, 2);
    }

    private List<Tensor> evenSplit(String op, int sections, int rank, int dim) {
        requireRank(op, rank);
        if (sections <= 0 || size(dim) % sections != 0) {
            throw Check.shape(op, "the sections must divide dim " + dim + " evenly")
                    .expected("a divisor of " + size(dim))
                    .got(sections)
                    .operand("self", dtype(), sizes())
                    .hint("Use tensorSplit for parts of different sizes.")
                    .error();
        }
        return split(size(dim) / sections, dim);
    }

    final void requireRank(String op, int rank) {
        if (dim() < rank) {
            throw Check.shape(op, "the tensor must have at least " + rank + (rank == 1 ? " dimension" : " dimensions"))
                    .got(dim())
                    .operand("self", dtype(), sizes())
                    .error();
        }
    }
}
