package dev.lanewise;

import dev.lanewise.internal.shape.Shapes;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes a tensor as PyTorch does, for example {@code tensor([1.0000, 2.5000], requires_grad=True)}.
 *
 * <p>Values are read by their row-major position, and only those that are shown: a summary of a huge tensor reads its
 * edges alone.
 */
final class TensorPrinter {
    private static final String PREFIX = "tensor(";

    private final PrintOptions options;
    private final DType defaultFloat;

    /**
     * A printer.
     *
     * @param defaultFloat the default floating-point dtype, which is not named in the text, nor are INT64 and BOOL
     */
    TensorPrinter(PrintOptions options, DType defaultFloat) {
        this.options = options;
        this.defaultFloat = defaultFloat;
    }

    /**
     * The text of a floating-point tensor.
     *
     * @param values the value at a row-major position
     * @param suffix what is printed last, for example {@code requires_grad=True}; empty for nothing
     */
    String floats(DType dtype, long[] shape, LongToDoubleFunction values, String suffix) {
        Body body = new Body(shape);
        FloatFormat format = new FloatFormat(options);
        body.forShown(position -> format.see(values.applyAsDouble(position)));
        format.choose();
        body.cells = position -> format.text(values.applyAsDouble(position));
        body.width = format.width();
        return finish(dtype, shape, body, suffix);
    }

    /** The text of an integer or boolean tensor; parameters as in {@link #floats}. */
    String integers(DType dtype, long[] shape, LongUnaryOperator values, String suffix) {
        Body body = new Body(shape);
        int[] width = {1};
        body.cells = position -> integer(dtype, values.applyAsLong(position));
        body.forShown(position ->
                width[0] = Math.max(width[0], body.cells.text(position).length()));
        body.width = width[0];
        return finish(dtype, shape, body, suffix);
    }

    private static String integer(DType dtype, long value) {
        return dtype != DType.BOOL ? Long.toString(value) : value != 0 ? "True" : "False";
    }

    private String finish(DType dtype, long[] shape, Body body, String suffix) {
        StringBuilder out = new StringBuilder(PREFIX);
        boolean empty = Shapes.numel(shape) == 0;
        if (empty) {
            out.append("[]");
        } else {
            body.write(out);
        }
        int lastLine = out.length() - out.lastIndexOf("\n") + 1;
        if (empty && shape.length != 1) {
            String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
            lastLine = append(out, "size=" + sizes, lastLine);
        }
        // without elements nothing tells integers and booleans from the default
        if (dtype != defaultFloat && (empty || (dtype != DType.INT64 && dtype != DType.BOOL))) {
            lastLine = append(out, "dtype=" + dtype, lastLine);
        }
        if (!suffix.isEmpty()) {
            append(out, suffix, lastLine);
        }
        return out.append(')').toString();
    }

    /** Appends a suffix, on a new line if the last would get too long, and returns the length of the last line. */
    private int append(StringBuilder out, String suffix, int lastLine) {
        if (lastLine + suffix.length() + 2 > options.lineWidth()) {
            out.append(",\n").repeat(" ", PREFIX.length()).append(suffix);
            return PREFIX.length() + suffix.length();
        }
        out.append(", ").append(suffix);
        return lastLine + suffix.length() + 2;
    }

    /** The text of the element at a row-major position, not padded. */
    private interface Cells {
        String text(long position);
    }

    /** The nested brackets. */
    private final class Body {
        private final long[] shape;
        private final long[] strides;
        private final boolean summary;
        private Cells cells;
        private int width;

        Body(long[] shape) {
            this.shape = shape;
            this.strides = Shapes.contiguousStrides(shape);
            this.summary = Shapes.numel(shape) > options.threshold();
        }

        /** True if a dimension is shown by its edges only. */
        private boolean isCut(int dim) {
            return summary && shape[dim] > 2L * options.edgeItems();
        }

        /** The index that follows {@code i} in what is shown of a dimension. */
        private long next(int dim, long i) {
            return isCut(dim) && i == options.edgeItems() - 1 ? shape[dim] - options.edgeItems() : i + 1;
        }

        void forShown(LongConsumer action) {
            forShown(0, 0, action);
        }

        private void forShown(int dim, long position, LongConsumer action) {
            if (dim == shape.length) {
                action.accept(position);
                return;
            }
            for (long i = 0; i < shape[dim]; i = next(dim, i)) {
                forShown(dim + 1, position + i * strides[dim], action);
            }
        }

        void write(StringBuilder out) {
            if (shape.length == 0) {
                cell(out, 0);
            } else {
                write(out, 0, 0);
            }
        }

        private void cell(StringBuilder out, long position) {
            String text = cells.text(position);
            out.repeat(" ", Math.max(width - text.length(), 0)).append(text);
        }

        private void write(StringBuilder out, int dim, long position) {
            if (dim == shape.length - 1) {
                line(out, position);
                return;
            }
            String separator = "," + "\n".repeat(shape.length - 1 - dim) + " ".repeat(PREFIX.length() + dim + 1);
            out.append('[');
            for (long i = 0; i < shape[dim]; i = next(dim, i)) {
                out.append(i == 0 ? "" : separator);
                write(out, dim + 1, position + i * strides[dim]);
                if (next(dim, i) != i + 1) {
                    out.append(separator).append("...");
                }
            }
            out.append(']');
        }

        /** The last dimension, broken into lines; the dots of a summary take the place of one element. */
        private void line(StringBuilder out, long position) {
            int last = shape.length - 1;
            int indent = PREFIX.length() + last;
            int perLine = Math.max(1, (options.lineWidth() - indent) / (width + 2));
            String newLine = ",\n" + " ".repeat(indent + 1);
            int written = 0;
            out.append('[');
            for (long i = 0; i < shape[last]; i = next(last, i)) {
                out.append(written == 0 ? "" : written % perLine == 0 ? newLine : ", ");
                cell(out, position + i * strides[last]);
                written++;
                if (next(last, i) != i + 1) {
                    out.append(written % perLine == 0 ? newLine : ", ").append(" ...");
                    written++;
                }
            }
            out.append(']');
        }
    }

    /** Chooses among the forms {@code 12.}, {@code 12.5000} and {@code 1.2500e+01} for all values at once. */
    private static final class FloatFormat {
        private final PrintOptions options;
        private final int digits;
        private boolean integral = true;
        private boolean scientific;
        private int width = 1;
        private double smallestPositive = Double.POSITIVE_INFINITY;
        private double largestPositive;
        private double smallestNegative = Double.NEGATIVE_INFINITY;
        private double largestNegative;

        FloatFormat(PrintOptions options) {
            this.options = options;
            this.digits = options.precision();
        }

        /** Takes a value into account; zeros and non-finite values have no say. */
        void see(double value) {
            if (value == 0 || !Double.isFinite(value)) {
                return;
            }
            integral &= value == Math.rint(value);
            if (value > 0) {
                smallestPositive = Math.min(smallestPositive, value);
                largestPositive = Math.max(largestPositive, value);
            } else {
                smallestNegative = Math.max(smallestNegative, value);
                largestNegative = Math.min(largestNegative, value);
            }
        }

        void choose() {
            double largest = Math.max(largestPositive, -largestNegative);
            if (largest == 0) {
                return;
            }
            double smallest = Math.min(smallestPositive, -smallestNegative);
            scientific = largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4;
            // the longest text is at one of the ends: fixed forms grow with the value, exponents towards both ends
            for (double end : new double[] {smallestPositive, largestPositive, smallestNegative, largestNegative}) {
                if (end != 0 && Double.isFinite(end)) {
                    width = Math.max(width, text(end).length());
                }
            }
            // PyTorch keeps the width of the form it would have chosen
            scientific = switch (options.sciMode()) {
                case AUTO -> scientific;
                case ON -> true;
                case OFF -> false;
            };
        }

        int width() {
            return width;
        }

        String text(double value) {
            if (scientific) {
                return NumberText.scientific(value, digits);
            }
            if (integral) {
                return NumberText.fixed(value, 0) + (Double.isFinite(value) ? "." : "");
            }
            return NumberText.fixed(value, digits);
        }
    }
}
