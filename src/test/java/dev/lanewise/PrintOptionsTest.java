package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PrintOptionsTest {
    @Test
    void withersChangeOneOptionEach() {
        PrintOptions changed = PrintOptions.DEFAULT
                .withPrecision(8)
                .withThreshold(5)
                .withEdgeItems(1)
                .withLineWidth(40)
                .withSciMode(PrintOptions.SciMode.OFF);
        assertEquals(new PrintOptions(8, 5, 1, 40, PrintOptions.SciMode.OFF), changed);
        assertEquals(new PrintOptions(4, 1000, 3, 80, PrintOptions.SciMode.AUTO), PrintOptions.DEFAULT);
    }

    @Test
    void currentIsTheDefaultUntilSet() {
        assertSame(PrintOptions.DEFAULT, PrintOptions.current());
        try {
            PrintOptions.setCurrent(PrintOptions.SHORT);
            assertSame(PrintOptions.SHORT, PrintOptions.current());
        } finally {
            PrintOptions.setCurrent(PrintOptions.DEFAULT);
        }
    }

    @Test
    void refusesWhatCannotBePrinted() {
        assertMessage(
                "PrintOptions: precision must be 0 or more, got -1.", () -> PrintOptions.DEFAULT.withPrecision(-1));
        assertMessage(
                "PrintOptions: threshold must be 0 or more, got -1.", () -> PrintOptions.DEFAULT.withThreshold(-1));
        assertMessage("PrintOptions: edgeItems must be 1 or more, got 0.", () -> PrintOptions.DEFAULT.withEdgeItems(0));
        assertMessage("PrintOptions: lineWidth must be 1 or more, got 0.", () -> PrintOptions.DEFAULT.withLineWidth(0));
        assertMessage(
                "PrintOptions: sciMode must not be null, expected AUTO, ON or OFF, got null.",
                () -> PrintOptions.DEFAULT.withSciMode(null));
        assertMessage(
                "PrintOptions: options must not be null. Use PrintOptions.DEFAULT to go back.",
                () -> PrintOptions.setCurrent(null));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
