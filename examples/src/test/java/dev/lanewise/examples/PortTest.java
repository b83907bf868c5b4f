package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Csv;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Regression;
import dev.lanewise.data.RegressionOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/port.md shows the program that is run, and the numbers it prints are PyTorch's. */
class PortTest {
    private static final String COMMAND =
            "mvn -pl src,examples test -Dtest=OpTableTest,PortTest -Dlanewise.writeDocs=true";

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs").resolve("port.md"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).replace("\r\n", "\n");
    }

    private static String printed() {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            SixtyLines.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** The page with another text in its first block of a language. */
    private static String with(String page, String language, String text) {
        String open = "```" + language + "\n";
        int start = page.indexOf(open) + open.length();
        return page.substring(0, start) + text + page.substring(page.indexOf("```\n", start));
    }

    @Test
    void thePageShowsTheProgramAndWhatItPrints() throws IOException {
        Path file = root().resolve("docs").resolve("port.md");
        Path source = root().resolve("examples/src/main/java/dev/lanewise/examples/SixtyLines.java");
        String expected = with(with(read(file), "java", read(source)), "text", printed());
        if (Boolean.getBoolean("lanewise.writeDocs")) {
            Files.writeString(file, expected);
        }
        assertEquals(expected, read(file), "docs/port.md is stale. Write it anew with: " + COMMAND);
    }

    @Test
    void lossesAndParametersAreThoseRecordedFromPyTorch() throws IOException {
        List<String> lines = printed().lines().toList();
        try (InputStream in = SixtyLines.class.getResourceAsStream("linear_regression_recorded.csv")) {
            Csv recorded = Csv.read(in, "recorded", Csv.header());
            for (int i = 1; i <= 5; i++) {
                String loss = number(recorded.get(20 * i - 1, 0));
                assertEquals(String.format(Locale.ROOT, "epoch %3d  mean loss so far %s", 20 * i, loss), lines.get(i));
            }
            double weight = recorded.get(99, 1);
            double bias = recorded.get(99, 2);
            assertTrue(lines.get(7).contains(String.format(Locale.ROOT, "[[%.4f]]", weight)), lines.get(7));
            assertTrue(lines.get(9).contains(String.format(Locale.ROOT, "[%.4f]", bias)), lines.get(9));
            assertEquals(evaluation(weight, bias), lines.get(10));
        }
    }

    /** The errors of the recorded line, computed here. */
    private static String evaluation(double weight, double bias) {
        Regression data =
                Datasets.makeRegression(RegressionOptions.of(100, 1).noise(10).bias(14.5), 0);
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < 100; i++) {
            double error = weight * data.xValues()[i] + bias - data.yValues()[i];
            squares += error * error;
            largest = Math.max(largest, Math.abs(error));
        }
        return "mean squared error " + number(squares / 100) + ", largest error " + number(largest);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
