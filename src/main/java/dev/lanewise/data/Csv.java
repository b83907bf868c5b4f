package dev.lanewise.data;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A table of numbers read from a text file, one row a line, values separated by a comma or another character.
 *
 * <p>Text in UTF-8, plain or compressed with gzip, which is recognised by its first bytes. Empty lines and spaces
 * around a value are skipped; {@code nan} and {@code inf} are numbers. There is no quoting. Whatever is wrong gives
 * one line that names the file, the line and the column.
 */
public final class Csv {
    private final List<String> header;
    private final double[] values;
    private final int columns;

    /**
     * How a file is read; immutable, each method gives a changed copy.
     *
     * @param separator the character between two values
     * @param header true if the first line holds names, or anything else that is not a row
     */
    public record Options(char separator, boolean header) {
        /** These options with another separator. */
        public Options separator(char value) {
            return new Options(value, header);
        }

        /** These options with or without a header line. */
        public Options header(boolean value) {
            return new Options(separator, value);
        }
    }

    Csv(List<String> header, double[] values, int columns) {
        this.header = List.copyOf(header);
        this.values = values;
        this.columns = columns;
    }

    /** Options for a file whose first line is a header. */
    public static Options header() {
        return new Options(',', true);
    }

    /** Options for a file without header and with another separator than the comma. */
    public static Options separator(char separator) {
        return new Options(separator, false);
    }

    /** Reads a file of comma-separated numbers without header. */
    public static Csv read(Path file) {
        return read(file, separator(','));
    }

    /** Reads a file; IllegalArgumentException where it is missing or not a table of numbers. */
    public static Csv read(Path file, Options options) {
        try (InputStream in = Files.newInputStream(file)) {
            return new CsvReader(file.toString(), options).read(in);
        } catch (NoSuchFileException e) {
            throw Check.argument("Csv.read", "file must exist").got(file).error();
        } catch (IOException e) {
            throw failure(file.toString(), e);
        }
    }

    /** Reads a stream to its end and leaves it open; {@code name} stands for it in messages. */
    public static Csv read(InputStream in, String name, Options options) {
        try {
            return new CsvReader(name, options).read(in);
        } catch (IOException e) {
            throw failure(name, e);
        }
    }

    /** The header's names, in order; empty if the file was read without. */
    public List<String> names() {
        return header;
    }

    /** Number of rows. */
    public int rows() {
        return values.length / columns;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** The value in a row and a column, both counted from 0. */
    public double get(int row, int column) {
        if (row < 0 || row >= rows() || column < 0 || column >= columns) {
            throw Check.index("Csv.get", "row and column must lie in the table")
                    .expected(rows() + " rows, " + columns + " columns")
                    .got("row " + row + ", column " + column)
                    .error();
        }
        return values[row * columns + column];
    }

    /** All values, one array a row; new arrays. */
    public double[][] toArray() {
        double[][] out = new double[rows()][];
        for (int r = 0; r < out.length; r++) {
            out[r] = Arrays.copyOfRange(values, r * columns, (r + 1) * columns);
        }
        return out;
    }

    /** All values as a new tensor, float64 [rows, columns]. */
    public Tensor toTensor() {
        return Tensor.fromArray(values).reshape(rows(), columns);
    }

    private static UncheckedIOException failure(String name, IOException e) {
        return new UncheckedIOException("Csv.read: cannot read " + name + ": " + e.getMessage() + ".", e);
    }
}
