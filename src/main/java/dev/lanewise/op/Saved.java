package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.Node;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;

/** What one call kept for its derivative: the tensors its op declared, and the shapes and dtypes of all inputs. */
public final class Saved {
    private final String op;
    private final long[][] shapes;
    private final DType[] dtypes;
    private final int[] versions;
    private final Node[] next;
    private Tensor[] tensors;

    /** Keeps what {@code mask} asks for; the last place is the result's. */
    Saved(String op, int mask, Tensor[] inputs, Tensor output, Node[] next) {
        this.op = op;
        this.next = next;
        int n = inputs.length;
        shapes = new long[n][];
        dtypes = new DType[n];
        tensors = new Tensor[n + 1];
        versions = new int[n + 1];
        for (int i = 0; i < n; i++) {
            shapes[i] = inputs[i].sizes();
            dtypes[i] = inputs[i].dtype();
            if ((mask & 1 << Math.min(i, 2)) != 0) {
                keep(i, inputs[i]);
            }
        }
        if ((mask & 1 << Op.Saves.OUTPUT.ordinal()) != 0) {
            keep(n, output);
        }
    }

    private void keep(int place, Tensor tensor) {
        tensors[place] = tensor;
        versions[place] = tensor.storage().version();
    }

    /** Number of inputs. */
    public int inputs() {
        return shapes.length;
    }

    /** True if the gradient of an input is asked for; others may be null. */
    public boolean wants(int input) {
        return next[input] != null;
    }

    /** The sizes of an input; not to be changed. */
    public long[] shape(int input) {
        return shapes[input];
    }

    /** The dtype of an input. */
    public DType dtype(int input) {
        return dtypes[input];
    }

    /** A saved input, or null if it was not kept. Throws GradException if it was changed in place since. */
    public Tensor input(int input) {
        return read(input, "input " + input);
    }

    /** The saved result, or null if it was not kept. Throws GradException if it was changed in place since. */
    public Tensor output() {
        return read(shapes.length, "its result");
    }

    private Tensor read(int place, String what) {
        if (tensors == null) {
            throw Check.grad("backward", op + " has freed what it saved")
                    .hint("Pass retainGraph the first time to go backward twice.")
                    .error();
        }
        Tensor tensor = tensors[place];
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
                        op + " saved " + what + " " + tensor.dtype().shortName() + Arrays.toString(tensor.sizes())
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
    void checkLive() {
        if (tensors == null) {
            read(0, "");
        }
    }

    /** Drops the tensors. */
    void release() {
        tensors = null;
    }
}
