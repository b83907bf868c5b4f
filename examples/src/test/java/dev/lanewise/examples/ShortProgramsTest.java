package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short programs do what they say. */
class ShortProgramsTest {
    @TempDir
    private Path directory;

    private static String printed(Consumer<String[]> main, String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            main.accept(args);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theQuickStartFindsTheLine() {
        String text = printed(QuickStart::main);
        assertTrue(text.contains("2.0000") || text.contains("[[2.]]"), text);
        assertTrue(text.contains("1.0000") || text.contains("[1.]"), text);
    }

    @Test
    void theSpiralsAreToldApart() {
        String text = printed(Spirals::main);
        String last = text.strip().lines().reduce((a, b) -> b).orElseThrow();
        double accuracy = Double.parseDouble(last.substring(last.lastIndexOf(' ')));
        assertTrue(accuracy > 0.95, last);
    }

    @Test
    void theMoonsAreToldApartAndDrawn() throws IOException {
        String text = printed(TwoMoons::main, directory.toString());
        assertTrue(text.matches("(?s).*told right: 9[789]\\.\\d %.*"), text);
        Images.check(directory, "two-moons", 900, 660);
    }

    @Test
    void theConvolutionalNetworkReadsDigitsAfterTwoEpochs() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        var history = DigitCnn.run(Digits.read(null), 2, nowhere);
        double accuracy = history.get(1).values().get("val_accuracy");
        assertTrue(accuracy > 0.95, "accuracy " + accuracy);
    }
}
