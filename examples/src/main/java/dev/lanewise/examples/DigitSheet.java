package dev.lanewise.examples;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** The picture of the digits that were misread. */
final class DigitSheet {
    private static final int PIXEL = 14;
    private static final int IMAGE = PIXEL * Digits.SIDE;
    private static final int GAP = 24;
    private static final int CAPTION = 46;
    private static final int TOP = 96;
    private static final int COLUMNS = 6;
    private static final int MOST = 36;

    private DigitSheet() {}

    static BufferedImage draw(List<DigitClassifier.Misread> misread, long tested) {
        int shown = Math.min(MOST, misread.size());
        int rows = Math.max(1, (shown + COLUMNS - 1) / COLUMNS);
        Canvas canvas = new Canvas(GAP + COLUMNS * (IMAGE + GAP), TOP + rows * (IMAGE + CAPTION + GAP));
        int middle = (GAP + COLUMNS * (IMAGE + GAP)) / 2;
        String title = misread.size() + " of " + tested + " test digits misread"
                + (shown < misread.size() ? ", the first " + shown : "");
        canvas.text(title, middle, 32, 22, true, Color.BLACK);
        String about = shown == 0 ? "none to show" : "below each: what it is → what the model read, how sure it was";
        canvas.text(about, middle, 64, 15, false, Color.DARK_GRAY);
        for (int i = 0; i < shown; i++) {
            int x = GAP + i % COLUMNS * (IMAGE + GAP);
            int y = TOP + i / COLUMNS * (IMAGE + CAPTION + GAP);
            digit(canvas, misread.get(i), x, y);
        }
        return canvas.image();
    }

    private static void digit(Canvas canvas, DigitClassifier.Misread digit, int x, int y) {
        for (int i = 0; i < Digits.SIDE * Digits.SIDE; i++) {
            int grey = Math.round(255 * (1 - digit.pixels()[i]));
            canvas.fill(
                    new Color(grey, grey, grey),
                    x + i % Digits.SIDE * PIXEL,
                    y + i / Digits.SIDE * PIXEL,
                    PIXEL,
                    PIXEL);
        }
        canvas.frame(Color.GRAY, x, y, IMAGE, IMAGE);
        String caption = String.format(
                Locale.ROOT, "%d → %d  (%.0f %%)", digit.actual(), digit.read(), 100 * digit.probability());
        canvas.text(caption, x + IMAGE / 2, y + IMAGE + 20, 17, false, Color.BLACK);
    }
}
