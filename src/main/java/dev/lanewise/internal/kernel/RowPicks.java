package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One element of each row of a matrix, in the column that a vector of INT64 says; one row after the other. */
public final class RowPicks {
    private RowPicks() {}

    /** True if all columns are from 0 to {@code cols} - 1. */
    public static boolean areInside(long rows, long cols, Operand columns) {
        for (long row = 0; row < rows; row++) {
            long column = column(columns, row);
            if (column < 0 || column >= cols) {
                return false;
            }
        }
        return true;
    }

    /** Writes the sum of the elements, formed in double, divided by {@code divisor}, to the only element of {@code out}. */
    public static void sum(long rows, Operand x, Operand columns, double divisor, Operand out) {
        DType type = x.dtype();
        MemorySegment from = x.segment();
        double sum = 0;
        for (long row = 0; row < rows; row++) {
            sum += Elements.getDouble(type, from, offset(x, row, column(columns, row)));
        }
        Elements.setDouble(out.dtype(), out.segment(), out.byteOffset(), sum / divisor);
    }

    /** Sets the elements to the only one of {@code value} divided by {@code divisor}. */
    public static void fill(long rows, Operand out, Operand columns, Operand value, double divisor) {
        double quotient = Elements.getDouble(value.dtype(), value.segment(), value.byteOffset()) / divisor;
        for (long row = 0; row < rows; row++) {
            Elements.setDouble(out.dtype(), out.segment(), offset(out, row, column(columns, row)), quotient);
        }
    }

    private static long column(Operand columns, long row) {
        long at = columns.byteOffset() + row * columns.strides()[0] * Long.BYTES;
        return columns.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, at);
    }

    private static long offset(Operand x, long row, long column) {
        return x.byteOffset()
                + (row * x.strides()[0] + column * x.strides()[1] << x.dtype().shift());
    }
}
