package dev.lanewise;

import dev.lanewise.internal.error.Check;

/**
 * How tensors are printed; immutable, with the meaning of PyTorch's {@code torch.set_printoptions}.
 *
 * @param precision digits after the point of floating-point numbers
 * @param threshold the largest number of elements that is printed in full; larger tensors are summarised
 * @param edgeItems how many items a summary shows at both ends of each dimension
 * @param lineWidth columns after which lines break
 * @param sciMode whether floating-point numbers are printed with an exponent
 */
public record PrintOptions(int precision, long threshold, int edgeItems, int lineWidth, SciMode sciMode) {
    /** When to print an exponent. */
    public enum SciMode {
        /** If the largest is over 1,000 times the smallest, or values are over 1e8 or under 1e-4; zeros are ignored. */
        AUTO,
        /** Always. */
        ON,
        /** Never. */
        OFF
    }

    /** Four digits, a summary above 1,000 elements with 3 at each end, 80 columns. */
    public static final PrintOptions DEFAULT = new PrintOptions(4, 1000, 3, 80, SciMode.AUTO);

    /** Two digits, and 2 items at each end of a summary. */
    public static final PrintOptions SHORT = new PrintOptions(2, 1000, 2, 80, SciMode.AUTO);

    /** As {@link #DEFAULT}, but never summarised. */
    public static final PrintOptions FULL = new PrintOptions(4, Long.MAX_VALUE, 3, 80, SciMode.AUTO);

    private static volatile PrintOptions current = DEFAULT;

    /** Refuses a negative precision or threshold, and fewer than 1 edge item or column. */
    public PrintOptions {
        atLeast("precision", 0, precision);
        atLeast("threshold", 0, threshold);
        atLeast("edgeItems", 1, edgeItems);
        atLeast("lineWidth", 1, lineWidth);
        if (sciMode == null) {
            throw Check.argument("PrintOptions", "sciMode must not be null")
                    .expected("AUTO, ON or OFF")
                    .got(null)
                    .error();
        }
    }

    private static void atLeast(String name, long least, long value) {
        if (value < least) {
            throw Check.argument("PrintOptions", name + " must be " + least + " or more")
                    .got(value)
                    .error();
        }
    }

    /** The options that {@code toString} of a tensor uses, in all threads. */
    public static PrintOptions current() {
        return current;
    }

    /** Makes the options those that {@code toString} of a tensor uses from now on, in all threads. */
    public static void setCurrent(PrintOptions options) {
        if (options == null) {
            throw Check.argument("PrintOptions", "options must not be null")
                    .hint("Use PrintOptions.DEFAULT to go back.")
                    .error();
        }
        current = options;
    }

    /** These options with another number of digits. */
    public PrintOptions withPrecision(int digits) {
        return new PrintOptions(digits, threshold, edgeItems, lineWidth, sciMode);
    }

    /** These options with another largest number of elements printed in full. */
    public PrintOptions withThreshold(long elements) {
        return new PrintOptions(precision, elements, edgeItems, lineWidth, sciMode);
    }

    /** These options with another number of items at the ends of a summary. */
    public PrintOptions withEdgeItems(int items) {
        return new PrintOptions(precision, threshold, items, lineWidth, sciMode);
    }

    /** These options with another line width. */
    public PrintOptions withLineWidth(int columns) {
        return new PrintOptions(precision, threshold, edgeItems, columns, sciMode);
    }

    /** These options with another choice about exponents. */
    public PrintOptions withSciMode(SciMode mode) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth, mode);
    }
}
