package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.IndexException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @TempDir
    private Path folder;

    private static Csv read(String text, Csv.Options options) {
        return Csv.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "x.csv", options);
    }

    private static Csv read(String text) {
        return read(text, Csv.separator(','));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void readsNumbersOfEveryForm() {
        Csv csv = read("\ufeff1,-2.5, 3e-2 \r\n\r\n+4,.5,-0\r\nnan,inf,-Infinity");
        assertEquals(3, csv.rows());
        assertEquals(3, csv.columns());
        double[][] expected = {
            {1, -2.5, 0.03}, {4, 0.5, -0.0}, {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}
        };
        assertTrue(Arrays.deepEquals(expected, csv.toArray()));
        assertEquals(-2.5, csv.get(0, 1));
        assertEquals(List.of(), csv.names());
    }

    @Test
    void readsAHeaderOfAnyWidthAndOtherSeparators() {
        Csv csv = read("a; b\n1;2\n3;4\n", Csv.header().separator(';'));
        assertEquals(List.of("a", "b"), csv.names());
        assertEquals(4, csv.get(1, 1));
        assertEquals(1, read("150,4,setosa\n5.1,3.5\n", Csv.header()).rows());
        assertEquals(2, read("1\t2", Csv.separator('\t')).columns());
        assertEquals(1, read("a\n1", Csv.separator(',').header(true)).rows());
    }

    @Test
    void makesATensor() {
        assertArrayEquals(
                new long[] {2, 3}, read("1,2,3\n4,5,6").toTensor().shape().toArray());
        assertArrayEquals(
                new double[] {1, 2, 3, 4, 5, 6}, read("1,2,3\n4,5,6").toTensor().toDoubleArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000, 5000})
    void readsFilesPlainAndCompressed(int rows) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows; r++) {
            text.append(r).append(',').append(-r).append('\n');
        }
        Path plain = Files.writeString(folder.resolve("a.csv"), text);
        Path compressed = Files.write(folder.resolve("a.csv.gz"), gzip(text.toString()));
        for (Csv csv : List.of(Csv.read(plain), Csv.read(compressed))) {
            assertEquals(rows, csv.rows());
            assertEquals(1 - rows, csv.get(rows - 1, 1));
        }
    }

    @Test
    void whatIsWrongIsNamedInOneLine() {
        assertMessage(
                "Csv.read: every row must have as many columns as the first, expected 2, got 3 [file: x.csv line 3].",
                "1,2\n\n3,4,5\n");
        assertMessage(
                "Csv.read: every row must have as many columns as the first, expected 2, got 1 [file: x.csv line 2].",
                "1,2\n3\n");
        assertMessage("Csv.read: every value must be a number, got \"b\" [file: x.csv line 2 column 2].", "1,2\n3,b\n");
        assertMessage("Csv.read: every value must be a number, got \"\" [file: x.csv line 2 column 1].", "1,2\n,4\n");
        assertMessage(
                "Csv.read: every value must be a number, got \"a\" [file: x.csv line 1 column 1]."
                        + " Read a file with a header line with Csv.header().",
                "a,b\n1,2\n");
        assertMessage("Csv.read: file must have at least one row [file: x.csv].", "\n \n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "0x1p3", "1f", "1e", "--1", "1 2", "in"})
    void refusesWhatOnlyJavaOrNobodyTakesForANumber(String cell) {
        assertThrows(IllegalArgumentException.class, () -> read("0\n" + cell));
    }

    private static void assertMessage(String expected, String text) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> read(text)).getMessage());
    }

    @Test
    void missingAndBrokenFilesAreNamedInOneLine() throws IOException {
        Path missing = folder.resolve("missing.csv");
        String message = assertThrows(IllegalArgumentException.class, () -> Csv.read(missing))
                .getMessage();
        assertEquals("Csv.read: file must exist, got " + missing + ".", message);
        byte[] whole = gzip("1,2\n".repeat(1000));
        Path broken = Files.write(folder.resolve("broken.gz"), Arrays.copyOf(whole, whole.length - 12));
        message =
                assertThrows(UncheckedIOException.class, () -> Csv.read(broken)).getMessage();
        assertTrue(message.startsWith("Csv.read: cannot read " + broken + ": "), message);
    }

    @Test
    void placesOutsideTheTableAreRefused() {
        Csv csv = read("1,2");
        assertThrows(IndexException.class, () -> csv.get(1, 0));
        assertThrows(IndexException.class, () -> csv.get(0, -1));
    }
}
