package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.StepCall;
import dev.lanewise.internal.kernel.StepMath;
import dev.lanewise.internal.kernel.StepRuns;
import dev.lanewise.internal.shape.View;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;

/** Optimizers' steps: one pass over a parameter, its gradient and its state, which is changed in place outside the graph. */
public final class Steps {
    private static final String NAME = "step";

    private Steps() {}

    /** The flags that all rules know. */
    public static int flags(boolean maximize, double weightDecay) {
        return (maximize ? StepMath.MAXIMIZE : 0) | (weightDecay == 0 ? 0 : StepMath.DECAY);
    }

    /**
     * Steps a parameter.
     *
     * <p>The gradient may have any layout; one that is not the parameter's is copied. Raises the version of the parameter and
     * of the state.
     *
     * @param states of the shape and dtype of the parameter, as many as the rule has
     */
    public static void run(
            StepRules.Rule rule, int flags, double[] numbers, Tensor parameter, Tensor grad, Tensor... states) {
        if (parameter.numel() == 0) {
            return;
        }
        Tensor[] given = new Tensor[states.length + 2];
        given[0] = parameter;
        given[1] = grad;
        System.arraycopy(states, 0, given, 2, states.length);
        View layout = parameter.isContiguous() ? parameter.view() : Layouts.common(NAME, parameter);
        Tensor[] used = new Tensor[given.length];
        for (int k = 0; k < given.length; k++) {
            used[k] = laidOut(given[k], parameter, layout);
        }
        run(rule, flags, numbers, used);
        for (int k = 0; k < given.length; k++) {
            if (k != 1) {
                if (used[k] != given[k]) {
                    InPlace.overwrite(given[k], used[k]);
                }
                given[k].storage().bumpVersion(NAME);
            }
        }
    }

    private static void run(StepRules.Rule rule, int flags, double[] numbers, Tensor[] operands) {
        MemorySegment[] segments = new MemorySegment[operands.length];
        long[] offsets = new long[operands.length];
        for (int k = 0; k < operands.length; k++) {
            segments[k] = operands[k].storage().segment();
            offsets[k] = operands[k].byteOffset();
        }
        StepCall call = new StepCall(segments, offsets, numbers);
        StepRuns.run(rule.kernel(operands[0].dtype(), flags), operands[0].numel(), call);
        Reference.reachabilityFence(operands);
    }

    /** A tensor with its elements in the order of a layout without gaps: itself, or a copy. */
    private static Tensor laidOut(Tensor x, Tensor parameter, View layout) {
        boolean ownMemory = x == parameter || x.storage() != parameter.storage();
        boolean inOrder = x.isContiguous() && parameter.isContiguous()
                || Arrays.equals(x.view().strides(), layout.strides());
        if (ownMemory && inOrder) {
            return x;
        }
        Tensor copy = new Tensor(Dispatch.empty(x.dtype(), x.sizes()).storage(), layout);
        Casts.copyInto(copy, x);
        return copy;
    }
}
