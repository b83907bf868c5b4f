package dev.lanewise.golden;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares texts whose numbers may differ in their last digits, because a long training went before. */
final class PrintedNumbers {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d*)?(e[+-]\\d+)?");

    private PrintedNumbers() {}

    /** The first difference between two texts, or null: all but the numbers is equal, and those nearly so. */
    static String difference(String expected, String got, double tolerance) {
        String shape = NUMBER.matcher(expected).replaceAll("#");
        if (!shape.equals(NUMBER.matcher(got).replaceAll("#"))) {
            return "expected " + expected + ", got " + got;
        }
        Matcher wanted = NUMBER.matcher(expected);
        Matcher actual = NUMBER.matcher(got);
        while (wanted.find() && actual.find()) {
            double a = Double.parseDouble(wanted.group());
            double b = Double.parseDouble(actual.group());
            if (Math.abs(a - b) > tolerance * Math.abs(a) + unit(wanted.group())) {
                return "expected " + wanted.group() + ", got " + actual.group();
            }
        }
        return null;
    }

    /** One unit of the last printed digit. */
    private static double unit(String number) {
        int exponent = number.indexOf('e');
        String mantissa = exponent < 0 ? number : number.substring(0, exponent);
        int point = mantissa.indexOf('.');
        int digits = point < 0 ? 0 : mantissa.length() - point - 1;
        return Math.pow(10, (exponent < 0 ? 0 : Integer.parseInt(number.substring(exponent + 1))) - digits) * 1.001;
    }
}
