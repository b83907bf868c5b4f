package dev.lanewise;

import static dev.lanewise.Index.all;
import static dev.lanewise.Index.at;
import static dev.lanewise.Index.ellipsis;
import static dev.lanewise.Index.newAxis;
import static dev.lanewise.Index.range;
import static dev.lanewise.Index.to;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IndexTest {
    private static void parses(String text, Index... expected) {
        assertArrayEquals(expected, Index.parse(text), text);
    }

    private static void refuses(String text, String message) {
        assertEquals(
                message,
                assertThrows(IndexException.class, () -> Index.parse(text)).getMessage());
    }

    @Test
    void parsesWhatPythonWrites() {
        parses("1:3, -1, ..., None, ::2", range(1, 3), at(-1), ellipsis(), newAxis(), range(0, Index.OPEN, 2));
        parses("0", at(0));
        parses(" 7 ", at(7));
        parses(":", all());
        parses("::", all());
        parses("2:", Index.from(2));
        parses(":-1", to(-1));
        parses("-3::", Index.from(-3));
        parses("1 : 5 : 2", range(1, 5, 2));
        parses(":5:1", to(5));
        parses("...", ellipsis());
        parses("[0, 2], [ -1 ]", at(0, 2), at(new long[] {-1}));
        parses("[]", at(new long[0]));
        parses("9223372036854775807,-9223372036854775808", at(Long.MAX_VALUE), at(Long.MIN_VALUE));
    }

    @Test
    void printsAsPythonWrites() {
        for (String text :
                new String[] {"1:3", ":", "2:", ":-1", "::2", "1:5:2", "None", "...", "-1", "[0, 2]", "[]"}) {
            assertEquals(text, Index.parse(text)[0].toString());
        }
    }

    @Test
    void aListOfOneIsNotAPosition() {
        assertInstanceOf(Index.At.class, at(3));
        assertInstanceOf(Index.Positions.class, at(new long[] {3}));
        assertNotEquals(at(3), at(new long[] {3}));
        assertEquals(at(1, 2).hashCode(), at(1, 2).hashCode());
    }

    @Test
    void positionsAreCopied() {
        long[] given = {1, 2};
        Index.Positions list = assertInstanceOf(Index.Positions.class, at(given));
        given[0] = 9;
        list.toArray()[1] = 9;
        assertArrayEquals(new long[] {1, 2}, list.toArray());
        assertEquals(2, list.size());
    }

    @Test
    void errorsShowTheTextAndThePosition() {
        String part =
                "index: each part must be an index, expected an integer, a range, ..., None or a list such as [0, 2],";
        refuses("", part + " got the end at position 0 [text: \"\"].");
        refuses("1:3, x", part + " got 'x' at position 5 [text: \"1:3, x\"].");
        refuses("1,", part + " got the end at position 2 [text: \"1,\"].");
        refuses(", 1", part + " got ',' at position 0 [text: \", 1\"].");
        refuses("..", part + " got '.' at position 0 [text: \"..\"].");
        refuses("1\n,\n?", part + " got '?' at position 4 [text: \"1 , ?\"].");
        refuses(
                "1 2",
                "index: parts must be separated by commas, expected a comma, got '2' at position 2 [text: \"1 2\"].");
        refuses(
                "1:2:3:4",
                "index: parts must be separated by commas, expected a comma, got ':' at position 5 [text:"
                        + " \"1:2:3:4\"].");
        refuses(
                "1, ::-1",
                "index: step must be positive, expected 1 or more, got '-' at position 5 [text: \"1, ::-1\"].");
        refuses("::0", "index: step must be positive, expected 1 or more, got '0' at position 2 [text: \"::0\"].");
        refuses("..., ...", "index: ... may come once, expected one ..., got '.' at position 5 [text: \"..., ...\"].");
        refuses(
                "[1, a]",
                "index: a list must hold integers, expected an integer, got 'a' at position 4 [text: \"[1, a]\"].");
        refuses("[1", "index: a list must be closed, expected a comma or ], got the end at position 2 [text: \"[1\"].");
        refuses(
                "9223372036854775808",
                "index: integers must be digits that fit into 64 bits, expected an integer, got '9' at position 0"
                        + " [text: \"9223372036854775808\"].");
        refuses(
                "- 1",
                "index: integers must be digits that fit into 64 bits, expected an integer, got '-' at position 0"
                        + " [text: \"- 1\"].");
    }

    @Test
    void rangesRefuseStepsThatAreNotPositive() {
        IndexException error = assertThrows(IndexException.class, () -> range(0, 5, -1));
        assertEquals("range: step must be positive, got -1. Use flip for the reverse order.", error.getMessage());
    }
}
