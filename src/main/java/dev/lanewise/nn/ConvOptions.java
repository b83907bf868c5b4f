package dev.lanewise.nn;

import dev.lanewise.DType;

/**
 * How a convolution layer is made; immutable, each method gives a changed copy. Begin with {@link #DEFAULT}.
 *
 * <p>Lists have one number for each dimension, or one for all.
 *
 * @param stride from one window to the next
 * @param padding places added on both sides of each dimension
 * @param samePadding true for as many windows as places, whatever {@code padding} says
 * @param outputPadding places added at the end of a transposed convolution's result
 * @param dilation from one place of a window to the next
 * @param groups number of groups that channels are cut into
 * @param bias true to add a learned bias
 * @param paddingMode what is put around the input; {@link PadMode#CONSTANT} for zeros
 * @param dtype floating-point dtype of the parameters
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ConvOptions(
        long[] stride,
        long[] padding,
        boolean samePadding,
        long[] outputPadding,
        long[] dilation,
        long groups,
        boolean bias,
        PadMode paddingMode,
        DType dtype) {
    /** Stride 1, no padding, dilation 1, one group, with bias, FLOAT32. */
    public static final ConvOptions DEFAULT = new ConvOptions(
            new long[] {1},
            new long[] {0},
            false,
            new long[] {0},
            new long[] {1},
            1,
            true,
            PadMode.CONSTANT,
            DType.FLOAT32);

    /** These options with another stride. */
    public ConvOptions stride(long... value) {
        return new ConvOptions(value, padding, samePadding, outputPadding, dilation, groups, bias, paddingMode, dtype);
    }

    /** These options with another padding. */
    public ConvOptions padding(long... value) {
        return new ConvOptions(stride, value, false, outputPadding, dilation, groups, bias, paddingMode, dtype);
    }

    /** These options with padding {@code "same"}: as many windows as places, with stride 1. */
    public ConvOptions same() {
        return new ConvOptions(stride, padding, true, outputPadding, dilation, groups, bias, paddingMode, dtype);
    }

    /** These options with places added at the end of the result; for transposed convolutions. */
    public ConvOptions outputPadding(long... value) {
        return new ConvOptions(stride, padding, samePadding, value, dilation, groups, bias, paddingMode, dtype);
    }

    /** These options with another dilation. */
    public ConvOptions dilation(long... value) {
        return new ConvOptions(stride, padding, samePadding, outputPadding, value, groups, bias, paddingMode, dtype);
    }

    /** These options with another number of groups. */
    public ConvOptions groups(long value) {
        return new ConvOptions(stride, padding, samePadding, outputPadding, dilation, value, bias, paddingMode, dtype);
    }

    /** These options with or without bias. */
    public ConvOptions bias(boolean value) {
        return new ConvOptions(
                stride, padding, samePadding, outputPadding, dilation, groups, value, paddingMode, dtype);
    }

    /** These options with something else around the input. */
    public ConvOptions paddingMode(PadMode value) {
        return new ConvOptions(stride, padding, samePadding, outputPadding, dilation, groups, bias, value, dtype);
    }

    /** These options with another dtype. */
    public ConvOptions dtype(DType value) {
        return new ConvOptions(stride, padding, samePadding, outputPadding, dilation, groups, bias, paddingMode, value);
    }
}
