package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorPrinterTest {
    private static final TensorPrinter PRINTER = new TensorPrinter(PrintOptions.DEFAULT, DType.FLOAT32);

    /**
     * What PyTorch printed. {@code values} are listed, or {@code fill v}, or {@code count d}: position over d, divided
     * in the dtype.
     */
    record Case(String code, DType dtype, String sizes, String values, String suffix, String options, String text) {
        static Case read(String block) {
            String[] lines = block.split("\n", 7);
            DType dtype = DType.valueOf(rest(lines[1]).toUpperCase(Locale.ROOT));
            return new Case(
                    rest(lines[0]),
                    dtype,
                    rest(lines[2]),
                    rest(lines[3]),
                    rest(lines[4]),
                    rest(lines[5]),
                    lines[6].substring(0, lines[6].length() - 1));
        }

        private static String rest(String line) {
            int space = line.indexOf(' ');
            return space < 0 ? "" : line.substring(space + 1);
        }

        long[] shape() {
            return Arrays.stream(sizes.split(" "))
                    .filter(size -> !size.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        }

        PrintOptions printOptions() {
            PrintOptions result = PrintOptions.DEFAULT;
            for (String option : options.isEmpty() ? new String[0] : options.split(" ")) {
                String value = option.substring(option.indexOf('=') + 1);
                result = switch (option.substring(0, option.indexOf('='))) {
                    case "precision" -> result.withPrecision(Integer.parseInt(value));
                    case "threshold" -> result.withThreshold(Long.parseLong(value));
                    case "edgeitems" -> result.withEdgeItems(Integer.parseInt(value));
                    case "linewidth" -> result.withLineWidth(Integer.parseInt(value));
                    case "sci_mode" ->
                        result.withSciMode(value.equals("True") ? PrintOptions.SciMode.ON : PrintOptions.SciMode.OFF);
                    default -> throw new AssertionError(option);
                };
            }
            return result;
        }

        String print() {
            TensorPrinter printer = new TensorPrinter(printOptions(), DType.FLOAT32);
            String[] words = values.split(" ");
            return dtype.isFloatingPoint()
                    ? printer.floats(dtype, shape(), floats(words), suffix)
                    : printer.integers(dtype, shape(), integers(words), suffix);
        }

        private LongToDoubleFunction floats(String[] words) {
            double value = words.length > 1 ? Double.parseDouble(words[1]) : 0;
            return switch (words[0]) {
                case "fill" -> i -> value;
                case "count" -> i -> dtype == DType.FLOAT32 ? (float) i / (float) value : i / value;
                default -> i -> Double.parseDouble(words[(int) i + 1]);
            };
        }

        private LongUnaryOperator integers(String[] words) {
            return switch (words[0]) {
                case "fill" -> i -> integer(words[1]);
                case "count" -> i -> i / integer(words[1]);
                default -> i -> integer(words[(int) i + 1]);
            };
        }

        private static long integer(String word) {
            return word.equals("true") ? 1 : word.equals("false") ? 0 : Long.parseLong(word);
        }

        @Override
        public String toString() {
            return code + " " + options;
        }
    }

    static Stream<Case> recorded() {
        try (InputStream in = TensorPrinterTest.class.getResourceAsStream("printed.txt")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("~~~\n")).map(Case::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void printsWhatPyTorchPrinted(Case recorded) {
        assertEquals(recorded.text(), recorded.print());
    }

    @Test
    void theRecordedCasesCoverAllForms() {
        List<Case> cases = recorded().toList();
        assertTrue(cases.size() > 150, cases.size() + " cases");
        for (DType dtype : DType.values()) {
            assertTrue(cases.stream().anyMatch(c -> c.dtype() == dtype), "no case of " + dtype);
        }
        assertTrue(cases.stream().anyMatch(c -> c.shape().length == 4));
        assertTrue(cases.stream().anyMatch(c -> c.text().contains("...,\n")));
        assertTrue(cases.stream().anyMatch(c -> c.text().contains(",\n       dtype")));
    }

    private static String floats(double... values) {
        return PRINTER.floats(DType.FLOAT32, new long[] {values.length}, i -> values[(int) i], "");
    }

    @Test
    void widthsOfBothSignsAndLongExponents() {
        assertEquals("tensor([1.0000e-300,  1.0000e+00])", floats(1e-300, 1));
        assertEquals("tensor([-1.0000e+00, 1.0000e-300])", floats(-1, 1e-300));
        assertEquals("tensor([-100.,    1.,    0.])", floats(-100, 1, 0));
        assertEquals("tensor([-1.5000, 10.0000,     nan])", floats(-1.5, 10, Double.NaN));
        assertEquals("tensor([9.9999e-01, 1.0000e-05])", floats(0.99999, 1e-5));
        assertEquals("tensor([ 9.9999, 10.0000])", floats(9.9999, 9.99999));
    }

    @Test
    void theLargestFixedValueAndTheSmallest() {
        assertEquals("tensor([100000000.])", floats(1e8));
        assertEquals("tensor([1.0000e+08])", floats(100000008));
        assertEquals("tensor([1.0000e-04])", floats(Math.nextDown(1e-4)));
        assertEquals("tensor([0.0001])", floats(1e-4));
        assertEquals("tensor([1000.,    1.])", floats(1000, 1));
        assertEquals("tensor([1.0010e+03, 1.0000e+00])", floats(1001, 1));
    }

    @Test
    void aSuffixBreaksTheLineTwoColumnsEarly() {
        String plain = floats(1, 2, 3);
        // the closing parenthesis, the comma and the space, and two columns more
        int room = 80 - (plain.length() - 1) - 4;
        long[] shape = {3};
        String fits = PRINTER.floats(DType.FLOAT32, shape, i -> i + 1, "x".repeat(room));
        assertEquals("tensor([1., 2., 3.], " + "x".repeat(room) + ")", fits);
        String breaks = PRINTER.floats(DType.FLOAT32, shape, i -> i + 1, "x".repeat(room + 1));
        assertEquals("tensor([1., 2., 3.],\n       " + "x".repeat(room + 1) + ")", breaks);
        String rows = PRINTER.floats(DType.FLOAT32, new long[] {2, 1}, i -> i, "x".repeat(80 - 13 - 4));
        assertEquals("tensor([[0.],\n        [1.]], " + "x".repeat(80 - 13 - 4) + ")", rows);
    }

    @Test
    void theDefaultDtypeIsNotNamed() {
        TensorPrinter doubles = new TensorPrinter(PrintOptions.DEFAULT, DType.FLOAT64);
        assertEquals("tensor(1.)", doubles.floats(DType.FLOAT64, new long[0], i -> 1, ""));
        assertEquals("tensor(1., dtype=torch.float32)", doubles.floats(DType.FLOAT32, new long[0], i -> 1, ""));
        assertEquals(
                "tensor([], size=(0, 2), dtype=torch.bool)",
                PRINTER.integers(DType.BOOL, new long[] {0, 2}, i -> 0, ""));
        assertEquals(
                "tensor([], requires_grad=True)",
                PRINTER.floats(DType.FLOAT32, new long[] {0}, i -> 0, "requires_grad=True"));
    }

    @Test
    void aHugeTensorIsReadAtItsEdgesOnly() {
        long[] shape = {1L << 20, 3, 1L << 30};
        long[] reads = new long[1];
        String text = PRINTER.integers(
                DType.INT64,
                shape,
                i -> {
                    reads[0]++;
                    return i;
                },
                "");
        assertTrue(reads[0] <= 2 * 6 * 3 * 6, reads[0] + " reads");
        long last = (3L << 50) - 1;
        assertTrue(text.endsWith(last + "]]])"), text);
        assertTrue(text.startsWith("tensor([[["), text);
    }

    @Test
    void onlyTheFullProfilePrintsEverything() {
        long[] shape = {1200};
        TensorPrinter full = new TensorPrinter(PrintOptions.FULL, DType.FLOAT32);
        assertEquals(1200, full.integers(DType.INT64, shape, i -> i, "").split(",").length);
        TensorPrinter brief = new TensorPrinter(PrintOptions.SHORT, DType.FLOAT32);
        assertEquals(
                "tensor([0.00, 0.10,  ..., 0.20, 0.30])", brief.floats(DType.FLOAT32, shape, i -> (i % 4) * 0.1, ""));
    }
}
