package dev.lanewise.examples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of the linear regression. */
final class Charts {
    private static final Color BLUE = new Color(0x1f, 0x77, 0xb4);
    private static final Color ORANGE = new Color(0xd9, 0x5f, 0x02);
    private static final Color GREY = new Color(0x80, 0x80, 0x80);

    private static final BasicStroke DASHED =
            new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {10, 6}, 0);

    private Charts() {}

    static BufferedImage loss(List<Double> losses, double noise) {
        XYChart chart = chart("Linear regression: loss", "epoch", "mean squared error, mean of all steps so far");
        double[] epochs =
                IntStream.rangeClosed(1, losses.size()).asDoubleStream().toArray();
        double[] values = losses.stream().mapToDouble(Double::doubleValue).toArray();
        line(chart, "training loss", epochs, values, BLUE, new BasicStroke(2.5f));
        // Not a whole number: XChart writes a tick at every third value of a chart that has whole numbers only.
        double[] ends = {0.5, losses.size()};
        line(
                chart,
                "variance of the noise in the data",
                ends,
                new double[] {noise * noise, noise * noise},
                ORANGE,
                DASHED);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) losses.size()).setYAxisMin(0.0);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        return BitmapEncoder.getBufferedImage(chart);
    }

    static BufferedImage fit(double[] x, double[] y, double weight, double bias, double coefficient, double intercept) {
        XYChart chart = chart("Linear regression: fitted and true line", "x", "y");
        XYSeries points = chart.addSeries("data", x, y);
        points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        points.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(GREY);
        double[] ends = {
            Arrays.stream(x).min().orElseThrow(), Arrays.stream(x).max().orElseThrow()
        };
        line(chart, label("fitted", weight, bias), ends, on(ends, weight, bias), BLUE, new BasicStroke(2.5f));
        line(chart, label("true", coefficient, intercept), ends, on(ends, coefficient, intercept), ORANGE, DASHED);
        return BitmapEncoder.getBufferedImage(chart);
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(960)
                .height(640)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.InsideNW)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 20))
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15))
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler()
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        chart.getStyler().setMarkerSize(7);
        return chart;
    }

    private static void line(XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
        chart.addSeries(name, x, y)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(color)
                .setLineStyle(stroke);
    }

    private static double[] on(double[] x, double weight, double bias) {
        return Arrays.stream(x).map(v -> weight * v + bias).toArray();
    }

    private static String label(String name, double weight, double bias) {
        return String.format(Locale.ROOT, "%s: y = %.2f x + %.2f", name, weight, bias);
    }
}
