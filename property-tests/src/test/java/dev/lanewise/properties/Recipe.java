package dev.lanewise.properties;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradCheck;
import dev.lanewise.testing.reference.Ref;
import java.util.Arrays;
import java.util.List;

/** How an op that is not elementwise is called on tensors of given sizes, and what the reference makes of the same. */
final class Recipe {
    /** The dtypes that a recipe runs in. */
    enum Types {
        /** Every dtype. */
        ALL,
        /** All but BOOL. */
        NUMBERS,
        /** The floating-point ones. */
        FLOATS,
        /** FLOAT32 and FLOAT64. */
        WIDE
    }

    /** The shapes of the inputs for three sizes. */
    interface Shapes {
        long[][] of(long a, long b, long c);
    }

    /** The call on tensors. */
    interface Call {
        Tensor of(Tensor... in);
    }

    /** The same by the reference. */
    interface Meaning {
        Ref of(Ref... in);
    }

    private final String op;
    private final Types types;
    private final Shapes shapes;
    private final Call call;
    private final Meaning meaning;
    private boolean empties = true;
    private boolean ties;
    private boolean onceOnly;
    private GradCheck.Options options = GradCheck.Options.DEFAULT;

    Recipe(String op, Types types, Shapes shapes, Call call, Meaning meaning) {
        this.op = op;
        this.types = types;
        this.shapes = shapes;
        this.call = call;
        this.meaning = meaning;
    }

    /** Says that no size may be 0. */
    Recipe notEmpty() {
        empties = false;
        return this;
    }

    /** Says that there is no derivative where elements are equal, as they are in a repeated layout. */
    Recipe choosesAmongAll() {
        ties = true;
        return this;
    }

    /** Says that the derivative has no derivative, but refuses. */
    Recipe firstOrderOnly() {
        onceOnly = true;
        return this;
    }

    /** Sets the step of the derivative's check. */
    Recipe withStep(double step, double tolerance) {
        options = options.withStep(step).withTolerance(tolerance, tolerance);
        return this;
    }

    String op() {
        return op;
    }

    boolean takesEmpties() {
        return empties;
    }

    boolean hasTies() {
        return ties;
    }

    boolean isFirstOrderOnly() {
        return onceOnly;
    }

    GradCheck.Options options() {
        return options;
    }

    long[][] shapes(long a, long b, long c) {
        return shapes.of(a, b, c);
    }

    Tensor call(Tensor... in) {
        return call.of(in);
    }

    Ref meaning(Ref... in) {
        return meaning.of(in);
    }

    List<DType> dtypes() {
        return Arrays.stream(DType.values())
                .filter(type -> switch (types) {
                    case ALL -> true;
                    case NUMBERS -> type != DType.BOOL;
                    case FLOATS -> type.isFloatingPoint();
                    case WIDE -> type == DType.FLOAT32 || type == DType.FLOAT64;
                })
                .toList();
    }
}
