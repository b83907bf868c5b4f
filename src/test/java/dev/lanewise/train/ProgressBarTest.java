package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsOneLineWhereThereIsNoTerminal() {
        var bar = new ProgressBar(out, false, "epoch 1/2", 40, "loss", "accuracy");
        bar.add(30, 2, 0.5);
        bar.add(10, 4, 0.25);
        assertEquals("", text());
        bar.finish("  end");
        assertTrue(
                text().matches("epoch 1/2 \\[={24}] loss 2\\.5000  accuracy 0\\.4375 +[\\d,]+ samples/s  end\\R"),
                text());
        assertFalse(text().contains("\r["));
    }

    @Test
    void redrawsOneLineOnATerminal() throws InterruptedException {
        var bar = new ProgressBar(out, true, "epoch 1/2", 40, "loss", "accuracy");
        // Redrawn at most every 50 ms.
        Thread.sleep(60);
        bar.add(10, 1, 1);
        assertTrue(text().startsWith("\repoch 1/2 [======>                 ] loss 1.0000  accuracy 1.0000 "), text());
        assertTrue(text().matches("(?s).* samples/s  \\d+:\\d\\d left"), text());
        bar.add(30, 1, 1);
        bar.finish("");
        assertTrue(text().endsWith(System.lineSeparator()), text());
        assertEquals(
                1,
                text().lines()
                        .filter(line -> line.contains("[========================]"))
                        .count());
    }

    @Test
    void anEmptyEpochIsNoError() {
        new ProgressBar(out, false, "epoch", 0, "loss").finish("");
        assertTrue(text().contains("loss 0.0000"), text());
    }
}
