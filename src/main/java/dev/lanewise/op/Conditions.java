package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/** Tensors that say where something is to happen. */
public final class Conditions {
    private Conditions() {}

    /** The condition as BOOL; UINT8, which older programs use, is taken too. */
    public static Tensor of(String op, String name, Tensor condition) {
        if (condition.dtype() == DType.BOOL) {
            return condition;
        }
        if (condition.dtype() == DType.UINT8) {
            return Dispatch.converted(condition, DType.BOOL);
        }
        throw Check.dtype(op, "the " + name + " must be bool")
                .got(condition.dtype())
                .operand(name, condition.dtype(), condition.sizes())
                .hint("Compare first, for example with ne(0).")
                .error();
    }
}
