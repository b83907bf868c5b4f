package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.MapKernel;
import java.lang.invoke.MethodHandles;
import java.util.Locale;

/**
 * What every operation declares: its name, one sentence about it, the dtypes it is computed in, and what its derivative
 * needs. An op object has no state that changes with a call; arguments travel beside it.
 */
public abstract class Op {
    /** What a derivative reads and the forward pass therefore keeps. */
    public enum Saves {
        /** The first input. */
        INPUT0,
        /** The second input. */
        INPUT1,
        /** The third input. */
        INPUT2,
        /** The result. */
        OUTPUT
    }

    /** Which dtypes an op takes and what it computes them in. */
    public enum DTypeRule {
        /** Floating point; integers and booleans are promoted to the default floating dtype. */
        FLOATING,
        /** Numbers; booleans are refused. */
        NUMERIC,
        /** Every dtype, booleans included. */
        ANY,
        /** Integers; booleans and floating point are refused. */
        INTEGERS,
        /** Integers and booleans, for what works on bits; floating point is refused. */
        BITS
    }

    private final String name;
    private final String inPlaceName;
    private final String doc;
    private final MapKernel[] kernels = new MapKernel[DType.values().length];
    private final int[] saveMasks = new int[3];
    private DTypeRule rule = DTypeRule.NUMERIC;
    private double low = -3;
    private double high = 3;
    private double ulps = -1;
    private String whyNotDifferentiable;
    private String torchName;
    private String reachedBy;
    private boolean wide;
    private double errorSingle;
    private double errorDouble;

    /** An op with PyTorch's name in camelCase and a sentence that says what it computes. */
    protected Op(String name, String doc) {
        this.name = name;
        this.inPlaceName = name + "_";
        this.doc = doc;
    }

    /** Declares the dtypes; NUMERIC unless said. */
    protected final void dtypes(DTypeRule dtypeRule) {
        this.rule = dtypeRule;
    }

    /** Declares the interval that tests and benchmarks draw arguments from; [-3, 3] unless said. */
    protected final void domain(double lowest, double highest) {
        this.low = lowest;
        this.high = highest;
    }

    /**
     * Declares how far, in units in the last place, the result may be from the scalar form rounded to the dtype; 4 for ops
     * that are FLOATING and 0 for others, unless said. Every rounding on the way to the result counts.
     */
    protected final void ulps(double most) {
        ulps = most;
    }

    /** Declares that the lane form is written for double lanes only; the narrower dtypes are computed in them and rounded. */
    protected final void wide() {
        this.wide = true;
    }

    /** True if all floating-point dtypes are computed in double lanes. */
    public final boolean isWide() {
        return wide;
    }

    /**
     * Declares the largest error, in units in the last place of the true value, of FLOAT32 and of FLOAT64 results; measured by
     * {@code AccuracyTest}.
     */
    protected final void error(double single, double full) {
        this.errorSingle = single;
        this.errorDouble = full;
    }

    /** True of functions with a declared error, which take many operations. */
    public final boolean isLong() {
        return errorSingle > 0;
    }

    /** The largest error of FLOAT32 results in units in the last place; 0 if it is not declared. */
    public final double errorSingle() {
        return errorSingle;
    }

    /** The largest error of FLOAT64 results in units in the last place; 0 if it is not declared. */
    public final double errorDouble() {
        return errorDouble;
    }

    /** Declares what the derivatives of all inputs read; nothing unless said. */
    protected final void saves(Saves... what) {
        for (int input = 0; input < saveMasks.length; input++) {
            savesFor(input, what);
        }
    }

    /** Declares what the derivative of one input reads, so that no more is kept when only that one is wanted. */
    protected final void savesFor(int input, Saves... what) {
        for (Saves one : what) {
            saveMasks[input] |= 1 << one.ordinal();
        }
    }

    /** Declares that there is no derivative, and why. */
    protected final void notDifferentiable(String why) {
        this.whyNotDifferentiable = why;
    }

    /** Declares PyTorch's name where it is not {@code torch.} and the name in snake_case; empty if it has none. */
    protected final void torch(String pythonName) {
        this.torchName = pythonName;
    }

    /** Declares how the op is called where it has no method of its name on Tensor, Linalg or nn.Functional. */
    protected final void reachedBy(String how) {
        this.reachedBy = how;
    }

    /** What PyTorch calls it, for example {@code torch.log_softmax}; empty if it has no counterpart. */
    public final String torchName() {
        return torchName == null ? "torch." + name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) : torchName;
    }

    /** How it is called if there is no method of its name, else null. */
    public final String reachedBy() {
        return reachedBy;
    }

    /** PyTorch's name in camelCase, for example {@code logSoftmax}. */
    public final String name() {
        return name;
    }

    /** The name of the form that changes its first input, for example {@code add_}. */
    final String inPlaceName() {
        return inPlaceName;
    }

    /** One sentence that says what it computes. */
    public final String doc() {
        return doc;
    }

    /** The dtypes it takes. */
    public final DTypeRule dtypes() {
        return rule;
    }

    /** Lower end of the interval that arguments are drawn from in tests. */
    public final double low() {
        return low;
    }

    /** Upper end of the interval that arguments are drawn from in tests. */
    public final double high() {
        return high;
    }

    /** How far the result may be from the scalar form rounded to the dtype, in units in the last place. */
    public final double ulps() {
        return ulps >= 0 ? ulps : rule == DTypeRule.FLOATING ? 4 : 0;
    }

    /** True unless the op declared that it has no derivative. */
    public final boolean isDifferentiable() {
        return whyNotDifferentiable == null;
    }

    /** Why there is no derivative, or null. */
    public final String whyNotDifferentiable() {
        return whyNotDifferentiable;
    }

    /** Bit set of {@link Saves} ordinals that the derivative of an input reads. */
    final int saveMask(int input) {
        return saveMasks[Math.min(input, saveMasks.length - 1)];
    }

    /** Name of the graph node as PyTorch prints it, for example {@code MulBackward0}. */
    public String gradName() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Backward0";
    }

    /** Full access to this package, so that the kernel templates can copy the class of the op. */
    public final MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    /** The dtype that an input of the given dtype is computed in; refuses a dtype the op does not take. */
    public final DType computeType(DType input) {
        if (rule == DTypeRule.FLOATING && !input.isFloatingPoint()) {
            return DType.FLOAT32;
        }
        boolean wholeOnly = rule == DTypeRule.INTEGERS || rule == DTypeRule.BITS;
        if (wholeOnly && input.isFloatingPoint() || rule == DTypeRule.INTEGERS && input == DType.BOOL) {
            throw Check.dtype(name, "must be called on integers")
                    .expected(rule == DTypeRule.BITS ? "an integer dtype or bool" : "an integer dtype")
                    .got(input)
                    .hint("Convert with to(DType.INT64) first.")
                    .error();
        }
        if (rule == DTypeRule.NUMERIC && input == DType.BOOL) {
            throw Check.dtype(name, "must be called on numbers")
                    .expected("a numeric dtype")
                    .got(input)
                    .hint("Convert with to(DType.UINT8) or use a logical operation.")
                    .error();
        }
        return input;
    }

    /** The kernel for a dtype, made at the first call and kept. */
    final MapKernel kernel(DType type) {
        MapKernel kernel = kernels[type.ordinal()];
        if (kernel == null) {
            kernel = makeKernel(type);
            kernels[type.ordinal()] = kernel;
        }
        return kernel;
    }

    /** Makes the kernel for a dtype; ops that are not elementwise have none. */
    protected MapKernel makeKernel(DType type) {
        throw new UnsupportedOperationException(name + " has no elementwise kernel");
    }

    @Override
    public final String toString() {
        return name;
    }
}
