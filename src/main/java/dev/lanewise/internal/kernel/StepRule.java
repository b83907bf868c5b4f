package dev.lanewise.internal.kernel;

import java.lang.invoke.MethodHandles;

/**
 * How an optimizer changes one element of a parameter.
 *
 * <p>The class of a rule is copied as a hidden class for each kernel. It therefore needs a constructor without parameters and
 * has methods only (no lambdas), none of them with the rule's own type as a parameter or result.
 */
public interface StepRule {
    /** Computes the new parameter and state and sets them; may see elements whose results are dropped. */
    <V> void step(StepMath<V> x);

    /** Full access to the package of the rule, to copy its class. */
    MethodHandles.Lookup lookup();
}
