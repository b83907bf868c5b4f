package dev.lanewise.data;

import dev.lanewise.internal.error.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the lines of one file into a {@link Csv}. */
final class CsvReader {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final String name;
    private final Csv.Options options;
    private List<String> header = List.of();
    private double[] values = new double[1024];
    private int count;
    private int columns;

    CsvReader(String name, Csv.Options options) {
        this.name = name;
        this.options = options;
    }

    Csv read(InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(Gzip.open(in), StandardCharsets.UTF_8));
        boolean headerDue = options.header();
        int number = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine(), number++) {
            String text = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
            if (text.isBlank()) {
                continue;
            }
            if (headerDue) {
                header = split(text);
                headerDue = false;
            } else {
                row(split(text), number);
            }
        }
        if (count == 0) {
            throw Check.argument("Csv.read", "file must have at least one row")
                    .operand("file", name)
                    .error();
        }
        return new Csv(header, Arrays.copyOf(values, count), columns);
    }

    private void row(List<String> cells, int line) {
        if (columns == 0) {
            columns = cells.size();
        }
        if (cells.size() != columns) {
            throw Check.argument("Csv.read", "every row must have as many columns as the first")
                    .expected(columns)
                    .got(cells.size())
                    .operand("file", name + " line " + line)
                    .error();
        }
        if (columns > values.length - count) {
            values = Arrays.copyOf(values, Math.addExact(Math.multiplyExact(2, count), columns));
        }
        for (int c = 0; c < columns; c++) {
            values[count++] = number(cells.get(c), line, c + 1);
        }
    }

    private double number(String cell, int line, int column) {
        String text = cell.toLowerCase(Locale.ROOT);
        // Double.parseDouble also takes Java's suffixes and hexadecimal digits.
        if (text.matches("[-+.0-9e]+")) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw notANumber(cell, line, column);
            }
        }
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw notANumber(cell, line, column);
        };
    }

    private IllegalArgumentException notANumber(String cell, int line, int column) {
        Check<IllegalArgumentException> check = Check.argument("Csv.read", "every value must be a number")
                .got('"' + cell + '"')
                .operand("file", name + " line " + line + " column " + column);
        return line == 1
                ? check.hint("Read a file with a header line with Csv.header().")
                        .error()
                : check.error();
    }

    private List<String> split(String line) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        for (int end = line.indexOf(options.separator()); end >= 0; end = line.indexOf(options.separator(), start)) {
            cells.add(line.substring(start, end).strip());
            start = end + 1;
        }
        cells.add(line.substring(start).strip());
        return cells;
    }
}
