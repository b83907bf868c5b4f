package dev.lanewise.examples;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;

/** The picture of how often each digit was read as each digit. */
final class ConfusionMatrix {
    private static final int CELL = 58;
    private static final int LEFT = 100;
    private static final int TOP = 100;
    private static final int BOTTOM = 90;
    private static final int RIGHT = 130;
    private static final Color RIGHT_COLOR = new Color(0x08, 0x51, 0x9c);
    private static final Color WRONG_COLOR = new Color(0xcb, 0x18, 0x1d);
    private static final Color LINES = new Color(0xd0, 0xd0, 0xd0);

    private ConfusionMatrix() {}

    static BufferedImage draw(int[][] counts, double accuracy) {
        int n = counts.length;
        int side = n * CELL;
        Canvas canvas = new Canvas(LEFT + side + RIGHT, TOP + side + BOTTOM);
        int total = Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
        int middle = LEFT + side / 2;
        canvas.text("Handwritten digits: confusion matrix", middle, 34, 22, true, Color.BLACK);
        String about = String.format(
                Locale.ROOT, "%d test images, accuracy %.2f %%, numbers are images", total, 100 * accuracy);
        canvas.text(about, middle, 66, 15, false, Color.DARK_GRAY);
        for (int actual = 0; actual < n; actual++) {
            int y = TOP + actual * CELL;
            canvas.text(Integer.toString(actual), LEFT - 22, y + CELL / 2, 18, false, Color.BLACK);
            canvas.text(
                    Integer.toString(actual), LEFT + actual * CELL + CELL / 2, TOP + side + 22, 18, false, Color.BLACK);
            for (int read = 0; read < n; read++) {
                cell(canvas, counts[actual], actual, read);
            }
        }
        canvas.upright("digit in the image", 34, TOP + side / 2, 17, Color.BLACK);
        canvas.text("digit that the model read", middle, TOP + side + 58, 17, false, Color.BLACK);
        legend(canvas, LEFT + side + 30, TOP + 30, side - 60);
        return canvas.image();
    }

    private static void cell(Canvas canvas, int[] row, int actual, int read) {
        int x = LEFT + read * CELL;
        int y = TOP + actual * CELL;
        double share = (double) row[read] / Math.max(1, Arrays.stream(row).sum());
        Color color = color(share, actual == read);
        canvas.fill(color, x, y, CELL, CELL);
        canvas.frame(LINES, x, y, CELL, CELL);
        if (row[read] > 0) {
            Color ink = share > 0.5 ? Color.WHITE : Color.BLACK;
            canvas.text(Integer.toString(row[read]), x + CELL / 2, y + CELL / 2, 18, actual == read, ink);
        }
    }

    // Square roots: one wrong image in fifty should be seen.
    private static Color color(double share, boolean right) {
        Color full = right ? RIGHT_COLOR : WRONG_COLOR;
        double strength = Math.sqrt(share);
        return new Color(
                mixed(full.getRed(), strength), mixed(full.getGreen(), strength), mixed(full.getBlue(), strength));
    }

    private static int mixed(int channel, double strength) {
        return (int) Math.round(255 + (channel - 255) * strength);
    }

    private static void legend(Canvas canvas, int x, int y, int height) {
        int width = 18;
        canvas.text("share of row", x + 32, y - 22, 13, false, Color.DARK_GRAY);
        for (int i = 0; i < height; i++) {
            double share = 1 - (double) i / height;
            canvas.fill(color(share, true), x, y + i, width, 1);
            canvas.fill(color(share, false), x + width + 4, y + i, width, 1);
        }
        canvas.frame(LINES, x, y, width, height);
        canvas.frame(LINES, x + width + 4, y, width, height);
        for (int percent = 0; percent <= 100; percent += 25) {
            canvas.text(percent + " %", x + 66, y + height - height * percent / 100, 13, false, Color.DARK_GRAY);
        }
        canvas.upright("right", x + width / 2, y + height + 26, 13, Color.DARK_GRAY);
        canvas.upright("wrong", x + width + 4 + width / 2, y + height + 26, 13, Color.DARK_GRAY);
    }
}
