package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Node;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/**
 * What one call kept for its derivative: the tensors its op declared, and the shapes and dtypes of all inputs.
 *
 * <p>A part of the graph node, not an object of its own, because a node is made at every recorded call.
 */
public abstract class Saved extends Node {
    private final long[] outputShape;
    private final DType outputType;
    // Null where all inputs have the shape and the dtype of the result.
    private final long[][] shapes;
    private final DType[] dtypes;
    // Null where the op's derivative reads no tensor; the last place is the result's.
    private Tensor[] tensors;
    private final int[] versions;
    private boolean released;

    /** Keeps what {@code mask} asks for. */
    Saved(int mask, Tensor[] inputs, Tensor output, Node[] next) {
        super(next);
        outputShape = output.sizes();
        outputType = output.dtype();
        boolean alike = true;
        for (Tensor input : inputs) {
            alike &= isLikeOutput(input);
        }
        shapes = alike ? null : shapes(inputs);
        dtypes = alike ? null : dtypes(inputs);
        tensors = mask == 0 ? null : chosen(mask, output, inputs);
        versions = mask == 0 ? null : versions(tensors);
    }

    /** The same for two inputs, without an array of them. */
    Saved(int mask, Tensor a, Tensor b, Tensor output, Node[] next) {
        super(next);
        outputShape = output.sizes();
        outputType = output.dtype();
        boolean alike = isLikeOutput(a) && isLikeOutput(b);
        shapes = alike ? null : shapes(a, b);
        dtypes = alike ? null : dtypes(a, b);
        tensors = mask == 0 ? null : chosen(mask, output, a, b);
        versions = mask == 0 ? null : versions(tensors);
    }

    private boolean isLikeOutput(Tensor input) {
        return input.dtype() == outputType && Arrays.equals(input.sizes(), outputShape);
    }

    private static long[][] shapes(Tensor... inputs) {
        long[][] shapes = new long[inputs.length][];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = inputs[i].sizes();
        }
        return shapes;
    }

    private static DType[] dtypes(Tensor... inputs) {
        DType[] dtypes = new DType[inputs.length];
        for (int i = 0; i < dtypes.length; i++) {
            dtypes[i] = inputs[i].dtype();
        }
        return dtypes;
    }

    /** The inputs and the result, null where nobody will read them. */
    private static Tensor[] chosen(int mask, Tensor output, Tensor... inputs) {
        Tensor[] chosen = new Tensor[inputs.length + 1];
        for (int i = 0; i < inputs.length; i++) {
            chosen[i] = (mask & 1 << Math.min(i, 2)) == 0 ? null : inputs[i];
        }
        chosen[inputs.length] = (mask & 1 << Op.Saves.OUTPUT.ordinal()) == 0 ? null : output;
        return chosen;
    }

    private static int[] versions(Tensor... tensors) {
        int[] versions = new int[tensors.length];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = tensors[i] == null ? 0 : tensors[i].storage().version();
        }
        return versions;
    }

    /** True if the gradient of an input is asked for; others may be null. */
    public boolean wants(int input) {
        return next(input) != null;
    }

    /** The sizes of an input; not to be changed. */
    public long[] shape(int input) {
        return shapes == null ? outputShape : shapes[input];
    }

    /** The dtype of an input. */
    public DType dtype(int input) {
        return dtypes == null ? outputType : dtypes[input];
    }

    /** A saved input, or null if it was not kept. Throws GradException if it was changed in place since. */
    public Tensor input(int input) {
        return read(input, "input " + input);
    }

    /** The saved result, or null if it was not kept. Throws GradException if it was changed in place since. */
    public Tensor output() {
        return tensors == null ? read(0, "") : read(tensors.length - 1, "its result");
    }

    private Tensor read(int place, String what) {
        checkLive();
        Tensor tensor = tensors == null ? null : tensors[place];
        if (tensor != null && tensor.storage().version() != versions[place]) {
            throw changed(tensor, what, versions[place]);
        }
        return tensor;
    }

    private RuntimeException changed(Tensor tensor, String what, int version) {
        String change = tensor.storage().lastChange();
        String by = change == null ? "" : " after " + change;
        return Check.grad(
                        "backward",
                        op() + " saved " + what + " " + tensor.dtype().shortName() + Arrays.toString(tensor.sizes())
                                + " at version "
                                + version + ", now at version "
                                + tensor.storage().version() + by)
                .hint(advice(change))
                .error();
    }

    private static String advice(String change) {
        if (change == null) {
            return "Use the form without underscore, or clone before the change.";
        }
        String otherwise = InPlace.hasNewForm(change) ? "Use " + change.replaceAll("_$", "") + ", or clone" : "Clone";
        return otherwise + " before " + change + ".";
    }

    /** Refuses a node whose saved tensors were freed. */
    final void checkLive() {
        if (released) {
            throw Check.grad("backward", op() + " has freed what it saved")
                    .hint("Pass retainGraph the first time to go backward twice.")
                    .error();
        }
    }

    /** The op of the call. */
    abstract Op op();

    /** Drops the tensors. */
    @Override
    public void release() {
        tensors = null;
        released = true;
    }
}
