package dev.lanewise;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Decimal text of doubles, rounded from their exact value, ties to even, as Python and C print them. */
final class NumberText {
    private NumberText() {}

    /** Python's {@code '{:.<digits>f}'}: for example {@code 3.1416}, {@code -0.0000}, {@code inf}, {@code nan}. */
    static String fixed(double value, int digits) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        BigDecimal exact = new BigDecimal(Math.abs(value));
        return sign(value) + exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Python's {@code '{:.<digits>e}'}: for example {@code 1.0000e-05}, with two digits of exponent or more. */
    static String scientific(double value, int digits) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        BigDecimal rounded = new BigDecimal(Math.abs(value)).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        StringBuilder text = new StringBuilder(rounded.unscaledValue().toString());
        int exponent = rounded.signum() == 0 ? 0 : text.length() - 1 - rounded.scale();
        while (text.length() <= digits) {
            text.append('0');
        }
        if (digits > 0) {
            text.insert(1, '.');
        }
        int magnitude = Math.abs(exponent);
        text.append(exponent < 0 ? "e-" : "e+")
                .append(magnitude < 10 ? "0" : "")
                .append(magnitude);
        return sign(value) + text;
    }

    private static String sign(double value) {
        return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
}
