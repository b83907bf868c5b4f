package dev.lanewise;

import dev.lanewise.autograd.Autograd;
import dev.lanewise.autograd.GradMeta;
import dev.lanewise.autograd.Node;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.storage.Storage;
import dev.lanewise.op.InPlace;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** What a tensor is: a view of a storage, and what it knows about gradients. */
abstract class TensorBase implements AutoCloseable {
    private final Storage storage;
    private final Tensor base;
    private View view;
    private boolean contiguous;
    private GradMeta meta;

    TensorBase(Storage storage, View view, Tensor base) {
        this.storage = storage;
        this.base = base;
        this.view = view;
        this.contiguous = Shapes.isContiguous(view.shape(), view.strides());
    }

    private Tensor self() {
        return (Tensor) this;
    }

    /** The dtype of the elements. */
    public final DType dtype() {
        return storage.dtype();
    }

    /** The sizes along all dimensions. */
    public final Shape shape() {
        return Shape.of(view.shape());
    }

    /** The sizes along all dimensions, as {@link #shape()}. */
    public final Shape size() {
        return shape();
    }

    /** The size along a dimension; negative dimensions count from the end. */
    public final long size(int dim) {
        return view.shape()[requireDim("size", dim)];
    }

    /** The dimension counted from 0; a 0-d tensor has none. */
    final int requireDim(String op, int dim) {
        int wrapped = Shapes.wrapDim(op, dim, dim());
        if (dim() == 0) {
            throw Check.index(op, "a 0-d tensor has no dimensions")
                    .got("dim " + dim)
                    .operand("self", dtype(), sizes())
                    .error();
        }
        return wrapped;
    }

    /** Number of dimensions; 0 for a scalar. */
    public final int dim() {
        return view.shape().length;
    }

    /** Number of elements. */
    public final long numel() {
        return Shapes.numel(view.shape());
    }

    /** The strides in elements, as a new array. */
    public final long[] stride() {
        return view.strides().clone();
    }

    /** The stride along a dimension in elements. */
    public final long stride(int dim) {
        return view.strides()[requireDim("stride", dim)];
    }

    /** Position of the first element in the storage, in elements. */
    public final long storageOffset() {
        return view.offset();
    }

    /** True if the elements lie in row-major order without gaps. */
    public final boolean isContiguous() {
        return contiguous;
    }

    /** True if the tensor was made as a view of another, whose memory it shares. */
    public final boolean isView() {
        return base != null;
    }

    /** Bytes of one element. */
    public final int elementSize() {
        return dtype().byteSize();
    }

    /** True for a floating-point dtype. */
    public final boolean isFloatingPoint() {
        return dtype().isFloatingPoint();
    }

    // ------------------------------------------------------------------ for the library's own packages

    /** The memory; for the library's own packages, the type is not exported. */
    public final Storage storage() {
        return storage;
    }

    /** The layout; for the library's own packages, the type is not exported. */
    public final View view() {
        return view;
    }

    /**
     * Replaces the layout, for the in-place forms of views; for the library's own packages.
     *
     * <p>The caller raises the version of the storage and gives the tensor its new history. The new layout must reach
     * the same elements, since views of this tensor count their places in its memory.
     */
    public final void changeView(View newView) {
        view = newView;
        contiguous = Shapes.isContiguous(newView.shape(), newView.strides());
    }

    /** The sizes, not to be changed; for the library's own packages. */
    public final long[] sizes() {
        return view.shape();
    }

    /** Where the first element lies in the storage's segment, in bytes; for the library's own packages. */
    public final long byteOffset() {
        return storage.byteOffset() + (view.offset() << storage.dtype().shift());
    }

    /** The tensor that this one is a view of, or null; for the library's own packages. */
    public final Tensor viewBase() {
        return base;
    }

    /** What the tensor knows about gradients, made at the first call; for the library's own packages. */
    public final GradMeta gradMeta() {
        if (meta == null) {
            meta = new GradMeta();
        }
        return meta;
    }

    /** True once {@link #gradMeta()} was made; for the library's own packages. */
    public final boolean hasGradMeta() {
        return meta != null;
    }

    /** The node that gradients of this tensor go to, null if it needs none; for the library's own packages. */
    public final Node gradEdge() {
        if (base != null) {
            InPlace.refresh(self());
        }
        return meta == null ? null : meta.edge(self());
    }

    // ------------------------------------------------------------------ gradients

    /** True if operations on this tensor are recorded: it is a leaf that was asked to, or was made from one. */
    public final boolean requiresGrad() {
        if (base != null) {
            InPlace.refresh(self());
        }
        return meta != null && (meta.requiresGrad() || meta.node() != null);
    }

    /** Asks for this leaf's gradient; only floating-point tensors have one. Changes and returns this tensor. */
    public final Tensor requiresGrad_() {
        return requiresGrad_(true);
    }

    /** Asks for this leaf's gradient, or no longer; only floating-point tensors have one. Changes and returns this. */
    public final Tensor requiresGrad_(boolean requires) {
        if (requires && !isFloatingPoint()) {
            throw Check.dtype("requiresGrad_", "only floating-point tensors have gradients")
                    .operand("self", dtype(), sizes())
                    .hint("Convert with to(DType.FLOAT32) first.")
                    .error();
        }
        if (!requires && meta != null && meta.node() != null) {
            throw Check.grad("requiresGrad_", "only a leaf can stop requiring grad")
                    .operand("self", dtype(), sizes())
                    .hint("Use detach() to get a tensor outside the graph.")
                    .error();
        }
        if (requires || meta != null) {
            gradMeta().setRequiresGrad(requires && meta.node() == null);
        }
        return self();
    }

    /** True unless the tensor was made by a recorded operation. */
    public final boolean isLeaf() {
        if (base != null) {
            InPlace.refresh(self());
        }
        return meta == null || meta.node() == null;
    }

    /** The gradient that backward passes have added up for this leaf, or null. Not a copy. */
    public final Tensor grad() {
        return meta == null ? null : meta.shownGrad();
    }

    /** Replaces the gradient; null clears it. It must have this tensor's shape and dtype. */
    public final void setGrad(Tensor grad) {
        if (grad != null && (!Arrays.equals(grad.sizes(), sizes()) || grad.dtype() != dtype())) {
            throw Check.shape("setGrad", "the gradient must have the shape and dtype of the tensor")
                    .operand("self", dtype(), sizes())
                    .operand("grad", grad.dtype(), grad.sizes())
                    .error();
        }
        if (grad != null || meta != null) {
            gradMeta().replaceGrad(grad);
        }
    }

    /** Sets the gradient to zero if there is one; a later backward pass adds to the same memory. */
    public final void zeroGrad() {
        Tensor grad = meta == null ? null : meta.grad();
        if (grad == null) {
            return;
        }
        if (grad.isClosed()) {
            meta.setGrad(null);
        } else if (grad.isLeaf()) {
            InPlace.clear(grad);
        } else {
            // A gradient with a graph of its own is left to that graph.
            meta.setGrad(Tensor.zerosLike(grad));
        }
    }

    /** The node of the operation that made this tensor, or null for a leaf. */
    public final Node gradFn() {
        return isLeaf() ? null : gradEdge();
    }

    /** Makes a tensor that is not a leaf keep its gradient in {@link #grad()} during backward. */
    public final void retainGrad() {
        if (!requiresGrad()) {
            throw Check.grad("retainGrad", "the tensor must require grad")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        gradMeta().retainGrad();
    }

    /**
     * Calls a function with the gradient of this tensor in every backward pass; a result other than null replaces it.
     *
     * @return removes the hook when run
     */
    public final Runnable registerHook(UnaryOperator<Tensor> hook) {
        if (!requiresGrad()) {
            throw Check.grad("registerHook", "the tensor must require grad")
                    .operand("self", dtype(), sizes())
                    .error();
        }
        gradEdge();
        gradMeta().addHook(hook);
        return () -> gradMeta().removeHook(hook);
    }

    /** Computes the gradients of all leaves that this one-element tensor was made from and adds them to their grad. */
    public final void backward() {
        Autograd.backward(self(), null, false, false);
    }

    /** Computes the gradients of all leaves for a given gradient of this tensor, of its shape. */
    public final void backward(Tensor gradient) {
        Autograd.backward(self(), gradient, false, false);
    }

    /**
     * Computes the gradients of all leaves.
     *
     * @param gradient gradient of this tensor, or null for 1 if it has one element
     * @param retainGraph keeps what was saved, so that backward can be called again
     * @param createGraph records the gradients' own graph, for derivatives of higher order
     */
    public final void backward(Tensor gradient, boolean retainGraph, boolean createGraph) {
        Autograd.backward(self(), gradient, retainGraph || createGraph, createGraph);
    }

    /** A view of the same memory outside the graph. */
    public final Tensor detach() {
        return new Tensor(storage, view);
    }

    /** A view of the same memory that gradients know nothing of, as PyTorch's {@code .data}. */
    public final Tensor data() {
        return new Tensor(storage, view);
    }

    // ------------------------------------------------------------------ memory

    /** Frees the memory at once, for all views of it; later use throws {@link ClosedException}. */
    @Override
    public final void close() {
        storage.close();
    }

    /** True after {@link #close()}, or after the scope of the memory was closed. */
    public final boolean isClosed() {
        return storage.isClosed();
    }
}
