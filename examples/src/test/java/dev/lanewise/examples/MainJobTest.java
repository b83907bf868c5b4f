package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as its user sees it: what it prints, and its exit status. */
class MainJobTest {
    @TempDir
    private Path temp;

    private record Outcome(int status, String out, String err) {}

    private static Outcome run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = MainJob.run(args, stream(out), stream(err));
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private void refuses(String message, String... args) {
        Outcome outcome = run(args);
        assertEquals(message + System.lineSeparator(), outcome.err());
        assertEquals(2, outcome.status());
        assertEquals("", outcome.out());
    }

    private void refusesData(String message, List<String> lines) throws IOException {
        Path file = temp.resolve("data.csv");
        Files.write(file, lines);
        refuses(
                message.replace("FILE", file.toString()),
                "digits",
                "--data",
                file.toString(),
                "--out",
                temp.resolve("out").toString());
    }

    private static String line(Object pixel, Object label) {
        String pixels = IntStream.range(0, 63).mapToObj(i -> "0").collect(Collectors.joining(","));
        return pixels + "," + pixel + "," + label;
    }

    @Test
    void aFileThatIsNotThereIsToldInOneLine() {
        refuses(
                "Csv.read: file must exist, got " + temp.resolve("none.csv") + ".",
                "--data",
                temp.resolve("none.csv").toString(),
                "--out",
                temp.toString());
    }

    @Test
    void aFileThatIsNoTableOfDigitsIsToldInOneLine() throws IOException {
        refusesData(
                "Csv.read: every row must have as many columns as the first, expected 65, got 64 [file: FILE line 3].",
                List.of(line(0, 1), line(16, 2), line(0, 3).substring(2)));
        refusesData(
                "Csv.read: every value must be a number, got \"x\" [file: FILE line 2 column 64].",
                List.of(line(0, 1), line("x", 2)));
        refusesData(
                "digits: every label must be a whole number, expected 0 to 9, got 10.0 [file: FILE row 2 column 65].",
                List.of(line(0, 1), line(0, 10)));
        refusesData(
                "digits: every pixel must be a whole number, expected 0 to 16, got -1.0 [file: FILE row 1 column 64].",
                List.of(line(-1, 1)));
        refusesData(
                "digits: every pixel must be a whole number, expected 0 to 16, got NaN [file: FILE row 1 column 64].",
                List.of(line("nan", 1)));
        refusesData(
                "digits: every line must have 64 pixels and a digit, expected 65 columns, got 2 [file: FILE].",
                List.of("1,2"));
        refusesData(
                "digits: there must be enough images to learn from, expected at least 20, got 1 [file: FILE].",
                List.of(line(0, 1)));
        refusesData("Csv.read: file must have at least one row [file: FILE].", List.of());
    }

    @Test
    void wrongArgumentsAreToldInOneLine() throws IOException {
        refuses(
                "main job: arguments must be linear-regression, digits, --out DIR or --data FILE, got \"iris\".",
                "iris");
        refuses("main job: --out must be followed by a path, got nothing.", "digits", "--out");
        Path file = Files.createFile(temp.resolve("file"));
        Outcome outcome = run("linear-regression", "--out", file.toString());
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().startsWith("pictures: the directory must be one that can be made, got " + file));
        assertEquals(1, outcome.err().lines().count());
    }

    @Test
    void theLinearRegressionEqualsTheRecordedOne() throws IOException {
        Outcome outcome = run("linear-regression", "--out", temp.toString());
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(outcome.out().contains("Linear(in_features=1, out_features=1, bias=True)"), outcome.out());
        assertTrue(outcome.out().contains("fitted line: y = 42.7985 x + 13.8032"), outcome.out());
        assertTrue(
                outcome.out().contains("losses and parameters after each epoch equal those recorded"), outcome.out());
        assertEquals(
                10,
                outcome.out().lines().filter(line -> line.startsWith("epoch ")).count());
        Images.check(temp, "linear-regression-loss", 960, 640);
        Images.check(temp, "linear-regression-fit", 960, 640);
    }

    @Test
    void theClassifierReadsDigitsAndShowsItsErrors() throws IOException {
        Outcome outcome = run("digits", "--out", temp.toString());
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(outcome.out().contains("1437 images to learn from, 360 to test"), outcome.out());
        String bar = "epoch [ \\d]\\d/40 \\[={24}] loss \\d\\.\\d{4}  accuracy [01]\\.\\d{4} +[\\d,]+ samples/s"
                + "  test [01]\\.\\d{4}";
        assertEquals(40, outcome.out().lines().filter(line -> line.matches(bar)).count(), outcome.out());
        String last = outcome.out()
                .lines()
                .filter(line -> line.startsWith("test accuracy "))
                .findFirst()
                .orElseThrow();
        double accuracy = Double.parseDouble(last.replaceAll("test accuracy ([0-9.]+) .*", "$1"));
        assertTrue(accuracy >= 97, last);
        Images.check(temp, "digits-confusion", 810, 770);
        Images.check(temp, "digits-misread", 0, 0);
    }
}
