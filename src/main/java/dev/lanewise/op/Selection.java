package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.IndexException;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Combine;
import dev.lanewise.internal.kernel.IndexKernels;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.kernel.RowKernels;
import dev.lanewise.internal.shape.Shapes;
import java.lang.ref.Reference;
import java.util.Arrays;

/**
 * The places that lists of positions select in some dimensions of a tensor, the other dimensions being taken whole.
 *
 * <p>The INT64 lists are broadcast together. Their dimensions take the place of the selected ones if those stand side by
 * side, else they come first; so does PyTorch.
 */
public final class Selection {
    private final int[] dims;
    private final Pinned[] lists;
    private final boolean fromEnd;

    /**
     * Lists for dimensions in rising order.
     *
     * @param fromEnd true if positions below 0 count from the end
     */
    public Selection(int[] dims, Tensor[] lists, boolean fromEnd) {
        this.dims = dims.clone();
        this.lists = Arrays.stream(lists).map(Pinned::new).toArray(Pinned[]::new);
        this.fromEnd = fromEnd;
    }

    /** One list for one dimension. */
    public Selection(int dim, Tensor list, boolean fromEnd) {
        this(new int[] {dim}, new Tensor[] {list}, fromEnd);
    }

    /**
     * The selection of whole slices that an index along a dimension amounts to where it is one list, expanded to the sizes of
     * the tensor; null where it is not.
     */
    static Selection ofExpanded(Tensor x, int dim, Tensor index) {
        Tensor list = index.detach();
        for (int d = index.dim() - 1; d >= 0; d--) {
            if (d != dim) {
                if (index.size(d) == 0
                        || index.size(d) != x.size(d)
                        || index.view().strides()[d] != 0) {
                    return null;
                }
                list = list.select(d, 0);
            }
        }
        return index.dim() > 1 ? new Selection(dim, list, false) : null;
    }

    /** How many places a single list has, or each of several that were made together. */
    public long count() {
        return lists[0].tensor().numel();
    }

    /** The rank of what is selected from a tensor of a rank. */
    public int resultRank(int rank) {
        int most = 0;
        for (Pinned list : lists) {
            most = Math.max(most, list.tensor().dim());
        }
        return rank - dims.length + most;
    }

    /** Refuses lists that were changed since, for the derivative of an op. */
    void requireUnchanged(String op) {
        for (Pinned list : lists) {
            list.unchanged(op);
        }
    }

    /** Refuses lists that do not broadcast, and positions outside the tensor. */
    void check(String op, Tensor x) {
        shape(op);
        for (int i = 0; i < dims.length; i++) {
            Tensor list = lists[i].tensor();
            IndexChecks.int64(op, list);
            if (fromEnd) {
                IndexChecks.around(op, list, x.size(dims[i]));
            } else {
                IndexChecks.inside(op, list, x.size(dims[i]), dims[i]);
            }
        }
    }

    /** The shape that the lists broadcast to. */
    private long[] shape(String op) {
        long[][] shapes =
                Arrays.stream(lists).map(list -> list.tensor().sizes()).toArray(long[][]::new);
        try {
            return Shapes.broadcast(op, shapes);
        } catch (ShapeException e) {
            throw indexException(op, shapes, e);
        }
    }

    private static IndexException indexException(String op, long[][] shapes, ShapeException cause) {
        IndexException error = Check.index(op, "the index tensors must broadcast")
                .expected("sizes that are equal or 1 in each dimension, counted from the last")
                .got(Arrays.deepToString(shapes))
                .hint("Use reshape or unsqueeze to line the dimensions up.")
                .error();
        error.initCause(cause);
        return error;
    }

    private boolean adjacent() {
        return dims[dims.length - 1] - dims[0] == dims.length - 1;
    }

    /** The dimensions that stay in front of those of the lists. */
    private int[] before() {
        int[] front = new int[adjacent() ? dims[0] : 0];
        Arrays.setAll(front, d -> d);
        return front;
    }

    /** The dimensions that come after those of the lists. */
    private int[] after(int rank) {
        int skip = before().length;
        int[] rest = new int[rank - dims.length - skip];
        int place = 0;
        for (int d = skip; d < rank; d++) {
            if (Arrays.binarySearch(dims, d) < 0) {
                rest[place++] = d;
            }
        }
        return rest;
    }

    /** The shape of what is selected from a tensor. */
    long[] resultShape(String op, Tensor x) {
        return joined(of(x.sizes(), before()), shape(op), of(x.sizes(), after(x.dim())));
    }

    /** What is selected, row-major. */
    Tensor take(String op, Tensor x) {
        Tensor out = Dispatch.empty(x.dtype(), resultShape(op, x));
        Tensor offsets = offsets(op, x);
        RowKernels.take(places(x, offsets), target(x), list(out.reshape(flat(x, offsets.numel())), x.dim()));
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(offsets);
        Reference.reachabilityFence(out);
        return out;
    }

    /** Combines values, broadcast to the shape of what is selected, with what is selected. */
    void put(String op, Combine how, Tensor x, Tensor values) {
        Tensor offsets = offsets(op, x);
        Tensor wide = values.expand(resultShape(op, x)).reshape(flat(x, offsets.numel()));
        MapKernel add = how == Combine.ADD && x.dtype() != DType.BOOL ? BinaryOps.ADD.kernel(x.dtype()) : null;
        RowKernels.put(places(x, offsets), how, add, list(wide, x.dim()), target(x));
        Reference.reachabilityFence(x);
        Reference.reachabilityFence(offsets);
        Reference.reachabilityFence(wide);
    }

    /** For each place of the lists, where its slice begins in bytes from the first element of the tensor. */
    private Tensor offsets(String op, Tensor x) {
        long[] shape = shape(op);
        Tensor offsets = Tensor.zeros(DType.INT64, shape);
        for (int i = 0; i < dims.length; i++) {
            IndexKernels.locate(
                    shape,
                    Dispatch.operand(offsets, shape),
                    Dispatch.operand(lists[i].tensor(), shape),
                    x.size(dims[i]),
                    x.view().strides()[dims[i]] << x.dtype().shift());
        }
        Reference.reachabilityFence(this);
        return offsets;
    }

    private RowKernels.Places places(Tensor x, Tensor offsets) {
        long[] sizes = x.sizes();
        Operand list = Dispatch.operand(offsets, offsets.sizes());
        return new RowKernels.Places(of(sizes, before()), of(sizes, after(x.dim())), list, offsets.numel());
    }

    private long[] flat(Tensor x, long count) {
        return joined(of(x.sizes(), before()), new long[] {count}, of(x.sizes(), after(x.dim())));
    }

    /** The tensor that the offsets point into. */
    private RowKernels.Side target(Tensor x) {
        long[] strides = x.view().strides();
        return new RowKernels.Side(operand(x, of(strides, before())), 0, of(strides, after(x.dim())));
    }

    /** The tensor that holds the slices one after the other. */
    private RowKernels.Side list(Tensor x, int rank) {
        int lead = before().length;
        long[] strides = x.view().strides();
        return new RowKernels.Side(
                operand(x, Arrays.copyOf(strides, lead)),
                strides[lead],
                Arrays.copyOfRange(strides, lead + 1, lead + 1 + after(rank).length));
    }

    private static Operand operand(Tensor x, long[] strides) {
        return new Operand(x.storage().segment(), x.byteOffset(), x.dtype(), strides);
    }

    private static long[] of(long[] values, int[] places) {
        return Arrays.stream(places).mapToLong(place -> values[place]).toArray();
    }

    private static long[] joined(long[] a, long[] b, long[] c) {
        long[] all = Arrays.copyOf(a, a.length + b.length + c.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        System.arraycopy(c, 0, all, a.length + b.length, c.length);
        return all;
    }
}
