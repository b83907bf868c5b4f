package dev.lanewise.internal.kernel;

/**
 * What an optimizer's rule is written in: one element of a parameter, its gradient and its state, as values of type V.
 *
 * <p>V is a vector in the fast form and a strip of elements in the scalar form; a rule is one text for both. Every
 * operation rounds to the dtype of the computation, FLOAT32 or FLOAT64, and {@link #fma} rounds once.
 *
 * @param <V> the values
 */
public interface StepMath<V> {
    /** Flag: {@link #gradient} is the negative gradient. */
    int MAXIMIZE = 1;

    /** Flag: {@link #gradient} has number 0 times the parameter added. */
    int DECAY = 2;

    /** The first flag that a rule may give a meaning to. */
    int OWN_FLAG = 4;

    /** Flags there are at most. */
    int FLAGS = 16;

    /** Elements there are; a rule steps them all, {@link #width} at a time. */
    int count();

    /** Elements of a value; a constant. */
    int width();

    /** Whether a flag is set; a constant, so that what is not asked for costs nothing. */
    boolean has(int flag);

    /** A number of this step; number 0 is the weight decay. */
    V number(int which);

    /** The parameter from element {@code i} on, before the step. */
    V parameter(int i);

    /** The gradient as the flags {@link #MAXIMIZE} and {@link #DECAY} want it. */
    V gradient(int i);

    /** A state before it is set in this step. */
    V state(int which, int i);

    /** Writes the parameter; not to be read after. */
    void setParameter(int i, V value);

    /** Writes a state; not to be read after. */
    void setState(int which, int i, V value);

    /** a + b. */
    V add(V a, V b);

    /** a - b. */
    V sub(V a, V b);

    /** a · b. */
    V mul(V a, V b);

    /** a / b. */
    V div(V a, V b);

    /** a · b + c, rounded once. */
    V fma(V a, V b, V c);

    /** The square root. */
    V sqrt(V a);

    /** The absolute value. */
    V abs(V a);

    /** The larger; NaN if one is. */
    V max(V a, V b);

    /** The smaller; NaN if one is. */
    V min(V a, V b);

    /** {@code then} where the test is above zero, {@code otherwise} elsewhere, at NaN too. */
    V ifPositive(V test, V then, V otherwise);

    /** {@code then} where the test is below zero, {@code otherwise} elsewhere, at NaN too. */
    V ifNegative(V test, V then, V otherwise);
}
