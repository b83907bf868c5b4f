package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradMeta;
import dev.lanewise.autograd.Node;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import java.util.Arrays;
import java.util.Set;

/**
 * Changes of a tensor's own memory: the checks, the version counter, and the graph that then describes the tensor.
 *
 * <p>A change through a view becomes part of the history of the tensor that was viewed ({@link CopySlices}); other views
 * of it take their new history from there when next asked ({@link #refresh}).
 */
public final class InPlace {
    private static final Set<String> ONLY_IN_PLACE = Set.of(
            "copy_", "fill_", "indexPut_", "uniform_", "normal_", "random_", "bernoulli_", "fillDiagonal_", "step");

    private InPlace() {}

    /** Applies a one-input op to a tensor in place. */
    public static Tensor apply(UnaryOp op, Tensor self) {
        DType type = op.computeType(self.dtype());
        return change(op, null, type, self);
    }

    /** Applies a two-input op in place; the second is broadcast to the first. */
    public static Tensor apply(BinaryOp op, Tensor self, Tensor other) {
        return change(op, null, op.computeType(Promotion.resultType(self, other)), self, other);
    }

    /** Applies a two-input op in place with a number. */
    public static Tensor apply(BinaryOp op, Tensor self, Number other) {
        DType type = op.computeType(Promotion.resultType(self.dtype(), other));
        return change(op, null, type, self, Tensor.scalar(type, other));
    }

    /** Applies a three-input op in place, whose inputs have the given dtype in common. */
    public static Tensor apply(TernaryOp op, DType common, Tensor self, Tensor b, Tensor c) {
        return change(op, null, op.computeType(common), self, b, c);
    }

    /** Applies an op whose result has the shape and dtype of its one input in place. */
    public static <A> Tensor apply(StructuredOp<A> op, A args, Tensor self) {
        String name = op.inPlaceName();
        check(name, self, self.dtype());
        Tensor[] inputs = {self};
        boolean records = op.isDifferentiable() && self.isFloatingPoint() && Dispatch.needsGrad(inputs);
        Node[] edges = records ? Dispatch.edges(inputs) : null;
        Tensor[] kept = records ? keepOldValue(OpNode.mask(op, edges), inputs) : inputs;
        Casts.copyInto(self, op.forward(args, self.detach()));
        self.storage().bumpVersion(name);
        if (records) {
            rebase(self, new OpNode(op, args, kept, self, edges));
        }
        return self;
    }

    /**
     * Makes a tensor a view of its own memory, as the op of that name gives it. The elements stay; the version
     * counter goes up, for a derivative that kept the tensor would now read another shape.
     *
     * <p>The history gets the node of the op even where recording is off, since the tensor remains part of its graph.
     */
    public static <A> Tensor applyView(StructuredOp<A> op, A args, Tensor self) {
        String name = op.inPlaceName();
        checkLeaf(name, self);
        Tensor before = self.detach();
        View view = op.forward(args, before).view();
        boolean records = !self.isLeaf();
        Node[] edges = {self.gradEdge()};
        self.storage().bumpVersion(name);
        self.changeView(view);
        if (records) {
            self.gradMeta().setNode(new OpNode(op, args, new Tensor[] {before}, self, edges));
            self.gradMeta().setViewVersion(self.storage().version());
        }
        return self;
    }

    /** Applies a comparison in place: 1 where it holds, 0 elsewhere; no gradient flows through it. */
    public static Tensor apply(CompareOp op, Tensor self, Tensor other) {
        check(op.inPlaceName(), self, DType.BOOL, other);
        return copy(op.inPlaceName(), self, Dispatch.apply(op, self, other));
    }

    /** Applies a comparison with a number in place. */
    public static Tensor apply(CompareOp op, Tensor self, Number other) {
        return copy(op.inPlaceName(), self, Dispatch.apply(op, self, other));
    }

    /** Applies an op that is not elementwise in place: its result, of the shape of self, is copied into self. */
    public static <A> Tensor replace(String name, StructuredOp<A> op, A args, Tensor... inputs) {
        Tensor self = inputs[0];
        Tensor result;
        try (var mode = GradMode.off()) {
            result = op.forward(args, inputs);
        }
        check(name, self, result.dtype(), Arrays.copyOfRange(inputs, 1, inputs.length));
        Node[] edges = self.isFloatingPoint() && Dispatch.needsGrad(inputs) ? Dispatch.edges(inputs) : null;
        Tensor[] kept = edges == null ? inputs : keepOldValue(OpNode.mask(op, edges), inputs);
        Casts.copyInto(self, result);
        self.storage().bumpVersion(name);
        if (edges != null) {
            rebase(self, new OpNode(op, args, kept, self, edges));
        }
        return self;
    }

    /** Copies a tensor into another, with broadcasting and conversion of the dtype. */
    public static Tensor copy(Tensor self, Tensor source) {
        return copy("copy_", self, source);
    }

    /** Sets every element to a number. */
    public static Tensor fill(Tensor self, Number value) {
        return copy("fill_", self, Tensor.scalar(self.dtype(), value));
    }

    /** Sets every element to 0, outside the graph. */
    public static void clear(Tensor self) {
        if (self.isContiguous()) {
            self.storage().clear(self.byteOffset(), self.numel() << self.dtype().shift());
            self.storage().bumpVersion("fill_");
        } else {
            GradMode.noGrad(self::zero_);
        }
    }

    /** Copies under the name of the method that was called, which messages begin with. */
    public static Tensor copy(String name, Tensor self, Tensor source) {
        check(name, self, self.dtype(), source);
        Node[] edges = edgesFor(self, source);
        Casts.copyInto(self, source);
        finish(name, self, source, edges);
        return self;
    }

    /** Refuses a tensor that cannot be overwritten by something that is not a tensor. */
    public static void checkFill(String name, Tensor self) {
        check(name, self, self.dtype());
    }

    /** Writes elements of the same dtype and shape, outside the graph. */
    public static void overwrite(Tensor self, Tensor source) {
        Casts.copyInto(self, source);
    }

    /** Notes that all elements were replaced, so that no gradient flows to what they were made from. */
    public static void changed(String name, Tensor self) {
        finish(name, self, self, edgesFor(self, self));
    }

    private static Node[] edgesFor(Tensor self, Tensor source) {
        if (!self.isFloatingPoint() || !Dispatch.needsGrad(self, source)) {
            return null;
        }
        return new Node[] {self.gradEdge(), source == self ? null : source.gradEdge()};
    }

    private static void finish(String name, Tensor self, Tensor source, Node[] edges) {
        self.storage().bumpVersion(name);
        if (edges != null) {
            rebase(self, new OpNode(Casts.COPY, null, new Tensor[] {self, source}, self, edges));
        }
    }

    private static Tensor change(Op op, Object args, DType type, Tensor... inputs) {
        Tensor self = inputs[0];
        String name = op.inPlaceName();
        check(name, self, type, Arrays.copyOfRange(inputs, 1, inputs.length));
        boolean records = self.dtype().isFloatingPoint() && Dispatch.needsGrad(inputs);
        Node[] edges = null;
        Tensor[] kept = inputs;
        if (records) {
            edges = Dispatch.edges(inputs);
            kept = op.isDifferentiable() ? keepOldValue(OpNode.mask(op, edges), inputs) : inputs;
        }
        Tensor[] operands = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            operands[i] = Dispatch.converted(inputs[i], type);
        }
        write(op.kernel(type), type, self, operands);
        self.storage().bumpVersion(name);
        if (records) {
            boolean known = op.isDifferentiable();
            rebase(self, known ? new OpNode(op, args, kept, self, edges) : new NoDerivative(op, edges));
        }
        return self;
    }

    /** The kernel goes straight into the tensor if it computes in its dtype and no input would be read after the write. */
    private static void write(MapKernel kernel, DType type, Tensor self, Tensor[] operands) {
        boolean direct = type == self.dtype();
        for (int i = 1; i < operands.length; i++) {
            boolean sameMemory = operands[i].storage() == self.storage();
            direct &= !sameMemory || sameLayout(operands[i].view(), self.view());
        }
        if (direct) {
            Dispatch.mapInto(kernel, self, operands);
        } else {
            Tensor result = Dispatch.map(kernel, type, View.contiguous(self.sizes()), operands);
            Casts.copyInto(self, result);
        }
    }

    private static boolean sameLayout(View a, View b) {
        return a.offset() == b.offset()
                && Arrays.equals(a.shape(), b.shape())
                && Arrays.equals(a.strides(), b.strides());
    }

    /** Where a derivative reads values that are about to be overwritten, self or others in its memory, it gets a copy. */
    private static Tensor[] keepOldValue(int mask, Tensor[] inputs) {
        Tensor[] kept = inputs.clone();
        for (int i = 0; i < inputs.length; i++) {
            boolean read = (mask & 1 << Math.min(i, Op.Saves.INPUT2.ordinal())) != 0;
            if (read && inputs[i].storage() == inputs[0].storage()) {
                kept[i] = inputs[i].clone();
            }
        }
        return kept;
    }

    /** Refuses what cannot be changed in place; {@code others} are broadcast to it. */
    static void check(String name, Tensor self, DType type, Tensor... others) {
        checkLeaf(name, self);
        if (type.category() > self.dtype().category()) {
            throw Check.dtype(name, "the result must fit the dtype of self")
                    .expected("at most " + self.dtype().shortName())
                    .got(type)
                    .operand("self", self.dtype(), self.sizes())
                    .hint("Convert self with to(DType." + type.name() + "), or use the form without underscore.")
                    .error();
        }
        if (!self.isContiguous()
                && Shapes.overlapsItself(self.sizes(), self.view().strides())) {
            throw Check.argument(name, "self must not have elements that share memory")
                    .operand("self", self.dtype(), self.sizes())
                    .hint("Call clone() on an expanded tensor first.")
                    .error();
        }
        for (Tensor other : others) {
            if (other.dim() == 0 || Arrays.equals(other.sizes(), self.sizes())) {
                continue;
            }
            long[] shape = Shapes.broadcast(name, self.sizes(), other.sizes());
            if (!Arrays.equals(shape, self.sizes())) {
                throw Check.shape(
                                name,
                                "result shape " + Arrays.toString(shape) + " does not fit into self "
                                        + Arrays.toString(self.sizes()))
                        .operand("self", self.dtype(), self.sizes())
                        .operand("other", other.dtype(), other.sizes())
                        .hint(
                                hasNewForm(name)
                                        ? "Use " + name.replaceAll("_$", "") + " to get a new tensor."
                                        : "Only self decides the shape.")
                        .error();
            }
        }
    }

    private static void checkLeaf(String name, Tensor self) {
        if (GradMode.isEnabled() && (isLeaf(self) || self.viewBase() != null && isLeaf(self.viewBase()))) {
            throw Check.grad(name, "a leaf that requires grad cannot be changed in place")
                    .operand("self", self.dtype(), self.sizes())
                    .hint("Do it inside GradMode.noGrad(...), or use the form without underscore.")
                    .error();
        }
    }

    /** True if there is a method of this name without the underscore that gives a new tensor. */
    static boolean hasNewForm(String name) {
        return !ONLY_IN_PLACE.contains(name);
    }

    private static boolean isLeaf(Tensor tensor) {
        return tensor.requiresGrad() && tensor.isLeaf();
    }

    /** Makes {@code node} the history of a tensor that has just been changed. */
    static void rebase(Tensor self, Node node) {
        Tensor base = self.viewBase();
        if (base == null) {
            self.gradMeta().setNode(node);
            return;
        }
        Node[] next = new Node[Math.max(1, node.nextFunctions().size())];
        next[0] = base.gradEdge();
        for (int i = 1; i < next.length; i++) {
            next[i] = node.next(i);
        }
        base.gradMeta().setNode(new CopySlices(node, base.view(), self.view(), next));
        refresh(self);
    }

    /** Gives a view a new history where what it views was changed in place since the view's history was made. */
    public static void refresh(Tensor view) {
        Tensor base = view.viewBase();
        if (!base.hasGradMeta() || base.gradMeta().node() == null) {
            return;
        }
        GradMeta meta = view.gradMeta();
        int version = view.storage().version();
        if (meta.viewVersion() != version) {
            Regions.Region region = new Regions.Region(base.view(), view.view());
            Tensor[] inputs = {base};
            meta.setNode(new OpNode(Regions.AS_STRIDED, region, inputs, view, Dispatch.edges(inputs)));
            meta.setViewVersion(version);
        }
    }
}
