package dev.lanewise.examples;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** A white picture with text that is placed by its middle. */
final class Canvas {
    private final BufferedImage image;
    private final Graphics2D graphics;

    Canvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        fill(Color.WHITE, 0, 0, width, height);
    }

    void fill(Color color, int x, int y, int width, int height) {
        graphics.setColor(color);
        graphics.fillRect(x, y, width, height);
    }

    void frame(Color color, int x, int y, int width, int height) {
        graphics.setColor(color);
        graphics.drawRect(x, y, width, height);
    }

    /** Writes a line with its middle at a point. */
    void text(String text, int middleX, int middleY, int size, boolean bold, Color color) {
        graphics.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size));
        graphics.setColor(color);
        FontMetrics metrics = graphics.getFontMetrics();
        int baseline = middleY + (metrics.getAscent() - metrics.getDescent()) / 2;
        graphics.drawString(text, middleX - metrics.stringWidth(text) / 2, baseline);
    }

    /** Writes a line from bottom to top with its middle at a point. */
    void upright(String text, int middleX, int middleY, int size, Color color) {
        AffineTransform before = graphics.getTransform();
        graphics.rotate(-Math.PI / 2, middleX, middleY);
        text(text, middleX, middleY, size, false, color);
        graphics.setTransform(before);
    }

    /** The picture, which is then finished. */
    BufferedImage image() {
        graphics.dispose();
        return image;
    }
}
