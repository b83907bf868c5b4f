package dev.lanewise.bench.peers;

import java.util.Locale;
import java.util.OptionalDouble;

/** Figures as text. */
final class Numbers {
    private static final double THOUSAND = 1000;
    private static final double HUNDRED = 100;
    private static final double TEN = 10;

    private Numbers() {}

    /** Three significant digits, thousands apart by commas. */
    static String text(double value) {
        if (value >= HUNDRED) {
            double unit = value >= THOUSAND ? Math.pow(TEN, Math.floor(Math.log10(value)) - 2) : 1;
            return String.format(Locale.ROOT, "%,.0f", Math.round(value / unit) * unit);
        }
        return String.format(Locale.ROOT, value >= TEN ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
    }

    static String text(OptionalDouble value) {
        return value.isEmpty() ? "" : text(value.getAsDouble());
    }

    /** The nearest whole number, thousands apart by commas. */
    static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    /** Two digits after the point. */
    static String ratio(double value) {
        return String.format(Locale.ROOT, value < TEN ? "%.2f" : "%.1f", value);
    }
}
