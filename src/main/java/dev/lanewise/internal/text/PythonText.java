package dev.lanewise.internal.text;

import java.math.BigDecimal;

/** How Python prints values. */
public final class PythonText {
    // Python writes an exponent below 1e-4 and from 1e16 on.
    private static final int LEAST_PLAIN = -4;
    private static final int MOST_PLAIN = 16;

    private PythonText() {}

    /** Python's {@code repr} of a float: the shortest digits that read back to it, such as {@code 0.1} or {@code 1e-08}. */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return Double.toString(value);
        }
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String text = exponent < LEAST_PLAIN || exponent >= MOST_PLAIN
                ? scientific(digits, exponent)
                : plain(shortest.toPlainString());
        return value < 0 ? "-" + text : text;
    }

    /** Python's {@code repr} of a truth value. */
    public static String of(boolean value) {
        return value ? "True" : "False";
    }

    private static String plain(String text) {
        return text.indexOf('.') < 0 ? text + ".0" : text;
    }

    private static String scientific(String digits, int exponent) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        int magnitude = Math.abs(exponent);
        return mantissa + (exponent < 0 ? "e-" : "e+") + (magnitude < 10 ? "0" : "") + magnitude;
    }
}
