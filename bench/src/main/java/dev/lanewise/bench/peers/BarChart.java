package dev.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A chart of horizontal bars in groups, as SVG: for each label one bar of each series. */
final class BarChart {
    private static final int WIDTH = 960;
    private static final int LABELS = 350;
    private static final int FIGURES = 90;
    private static final int BAR = 14;
    private static final int GAP = 12;
    private static final int TOP = 70;
    private static final int BOTTOM = 16;
    private static final int MARGIN = 12;
    private static final int LEGEND_STEP = 185;
    /** Told apart also by those who see no red or green, and in grey. */
    private static final List<String> COLOURS =
            List.of("#0b4f9e", "#e08214", "#8c6bb1", "#5aae61", "#878787", "#b35806", "#35978f", "#c51b7d", "#444444");

    private final String title;
    private final List<String> series;
    private final List<Group> groups = new ArrayList<>();
    private final double cap;
    private final double mark;

    /** The bars of a label, NaN where there is none. */
    private record Group(String label, double[] values) {}

    /**
     * An empty chart.
     *
     * @param title with the unit
     * @param series what the bars of a group stand for, ours first
     * @param cap where longer bars are cut, their figures are not
     * @param mark where a line shows what the bars are compared with, or NaN
     */
    BarChart(String title, List<String> series, double cap, double mark) {
        this.title = title;
        this.series = series;
        this.cap = cap;
        this.mark = mark;
    }

    /** A group of bars, NaN where there is none. */
    void add(String label, double... values) {
        groups.add(new Group(label, values));
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    String svg() {
        int rows = groups.stream().mapToInt(BarChart::bars).sum();
        int height = TOP + rows * BAR + groups.size() * GAP + BOTTOM;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append(String.format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", WIDTH, height));
        text(svg, MARGIN, 24, "font-size=\"16\" font-weight=\"bold\"", title);
        legend(svg);
        double longest = groups.stream().mapToDouble(BarChart::most).max().orElse(1);
        double most = Math.min(cap, Double.isNaN(mark) ? longest : Math.max(longest, mark));
        double scale = (WIDTH - LABELS - FIGURES) / most;
        int y = TOP;
        for (Group group : groups) {
            y = draw(svg, group, y, scale) + GAP;
        }
        if (!Double.isNaN(mark)) {
            line(svg, LABELS + mark * scale, y - GAP);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void line(StringBuilder svg, double x, int bottom) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#222222\" stroke-dasharray=\"4 3\"/>%n",
                x,
                TOP - GAP,
                x,
                bottom));
    }

    private void legend(StringBuilder svg) {
        int x = MARGIN;
        for (int i = 0; i < series.size(); i++) {
            svg.append(String.format(
                    "<rect x=\"%d\" y=\"38\" width=\"12\" height=\"12\" fill=\"%s\"/>%n", x, COLOURS.get(i)));
            text(svg, x + 18, 48, "", series.get(i));
            x += LEGEND_STEP;
        }
    }

    private int draw(StringBuilder svg, Group group, int top, double scale) {
        int y = top;
        int middle = top + bars(group) * BAR / 2 + 4;
        text(svg, LABELS - MARGIN, middle, "text-anchor=\"end\"", group.label());
        for (int i = 0; i < group.values().length; i++) {
            double value = group.values()[i];
            if (Double.isNaN(value)) {
                continue;
            }
            double length = Math.max(1, Math.min(value, cap) * scale);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    LABELS,
                    y,
                    length,
                    BAR - 2,
                    COLOURS.get(i)));
            String figure = Numbers.text(value) + (value > cap ? " →" : "");
            text(svg, LABELS + length + 4, y + BAR - 4, i == 0 ? "font-weight=\"bold\"" : "", figure);
            y += BAR;
        }
        return y;
    }

    private static int bars(Group group) {
        return (int) Arrays.stream(group.values()).filter(v -> !Double.isNaN(v)).count();
    }

    private static double most(Group group) {
        return Arrays.stream(group.values()).filter(v -> !Double.isNaN(v)).max().orElse(0);
    }

    private static void text(StringBuilder svg, double x, double y, String style, String text) {
        String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\"%s>%s</text>%n",
                x,
                y,
                style.isEmpty() ? "" : " " + style,
                safe));
    }
}
