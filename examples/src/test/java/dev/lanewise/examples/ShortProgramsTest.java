package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The short programs do what they say. */
class ShortProgramsTest {
    private static String printed(Consumer<String[]> main) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            main.accept(new String[0]);
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
}
