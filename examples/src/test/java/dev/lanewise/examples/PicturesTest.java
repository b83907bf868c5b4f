package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    @TempDir
    private Path temp;

    @Test
    void aJavaWithoutFontsIsToldAndTheJobGoesOn() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Pictures(temp, out).draw(() -> {
            throw new UnsatisfiedLinkError("no freetype");
        });
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("No pictures: this Java cannot draw text; install fontconfig"), text);
        assertEquals(1, text.lines().count());
    }

    @Test
    void theSheetTakesAnyNumberOfDigits() {
        var digit = new DigitClassifier.Misread(new float[64], 3, 9, 0.5);
        Images.checkDrawn(DigitSheet.draw(List.of(), 10), "empty sheet");
        Images.checkDrawn(DigitSheet.draw(List.of(digit), 10), "one digit");
        var full = DigitSheet.draw(Collections.nCopies(36, digit), 100);
        var more = DigitSheet.draw(Collections.nCopies(100, digit), 100);
        assertEquals(full.getHeight(), more.getHeight());
    }

    @Test
    void theMatrixTakesClassesThatDoNotOccur() {
        Images.checkDrawn(ConfusionMatrix.draw(new int[10][10], 0), "empty matrix");
    }
}
