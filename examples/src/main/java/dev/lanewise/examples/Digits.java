package dev.lanewise.examples;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.data.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Handwritten digits: images of 8 by 8 pixels, FLOAT32 {@code [n, 64]} from 0 to 1, and which digit each is, INT64
 * {@code [n]}.
 *
 * <p>A file has one line per image: 64 values from 0 to 16, row by row, then the digit.
 */
record Digits(Tensor images, Tensor labels) {
    static final int SIDE = 8;
    static final int CLASSES = 10;
    private static final int PIXELS = SIDE * SIDE;
    private static final int MOST = 16;
    private static final String RESOURCE = "digits.csv.gz";

    /** Reads a file, or the digits that come with this program if it is null. */
    static Digits read(Path file) {
        try {
            return file == null ? shipped() : of(Csv.read(file), file.toString());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new BadInputException(e);
        }
    }

    private static Digits shipped() {
        try (InputStream in = Digits.class.getResourceAsStream(RESOURCE)) {
            return of(Csv.read(in, RESOURCE, Csv.separator(',')), RESOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Digits of(Csv table, String name) {
        if (table.columns() != PIXELS + 1) {
            throw new BadInputException("digits: every line must have 64 pixels and a digit, expected " + (PIXELS + 1)
                    + " columns, got " + table.columns() + " [file: " + name + "].");
        }
        float[] pixels = new float[table.rows() * PIXELS];
        long[] labels = new long[table.rows()];
        for (int row = 0; row < labels.length; row++) {
            for (int column = 0; column < PIXELS; column++) {
                pixels[row * PIXELS + column] = (float) (whole(table, row, column, MOST, name) / MOST);
            }
            labels[row] = (long) whole(table, row, PIXELS, CLASSES - 1, name);
        }
        if (labels.length < 2 * CLASSES) {
            throw new BadInputException("digits: there must be enough images to learn from, expected at least "
                    + 2 * CLASSES + ", got " + labels.length + " [file: " + name + "].");
        }
        return new Digits(Tensor.of(DType.FLOAT32, pixels).reshape(labels.length, PIXELS), Tensor.of(labels));
    }

    private static double whole(Csv table, int row, int column, int most, String name) {
        double value = table.get(row, column);
        if (value >= 0 && value <= most && value == Math.rint(value)) {
            return value;
        }
        throw new BadInputException("digits: every " + (column == PIXELS ? "label" : "pixel")
                + " must be a whole number, expected 0 to " + most + ", got " + value + " [file: " + name + " row "
                + (row + 1) + " column " + (column + 1) + "].");
    }
}
