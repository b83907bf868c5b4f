package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CharGptTest {
    @Test
    void theSonnetsAreWhole() {
        String text = CharGpt.sonnets();
        List<String> poems = Arrays.asList(text.strip().split("\n\n"));
        assertEquals(34, poems.size());
        poems.forEach(poem -> assertEquals(14, poem.lines().count(), poem));
        assertTrue(text.chars().allMatch(letter -> letter == '\n' || letter >= ' ' && letter <= '~'));
    }

    @Test
    void aSmallModelLearnsWhichLettersAreFrequent() {
        Lanewise.manualSeed(0);
        CharGpt gpt = new CharGpt(CharGpt.sonnets(), 32, 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        double loss = gpt.train(12, 12, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        double guessing = Math.log(gpt.letters());
        assertTrue(loss < guessing - 0.2, loss + " is not clearly less than " + guessing);
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(
                1,
                printed.lines()
                        .filter(line -> line.matches("step \\d+  loss \\d\\.\\d{3}  \\d+ s"))
                        .count(),
                printed);
        String sample = gpt.sample("Shall I compare", 50);
        assertEquals(65, sample.length());
        assertTrue(sample.startsWith("Shall I compare"), sample);
    }

    @Test
    void aPlaceSeesNothingOfWhatComesAfterIt() {
        Lanewise.manualSeed(1);
        Gpt model = new Gpt(new Gpt.Sizes(7, 8, 16, 4, 2, 0.5));
        model.eval();
        Tensor tokens = Tensor.randint(7, new long[] {2, 8});
        Tensor other = tokens.clone();
        other.narrow(1, 5, 3).copy_(tokens.narrow(1, 5, 3).add(1).remainder(7));
        Tensor expected = model.forward(tokens);
        Tensor got = model.forward(other);
        assertEquals(List.of(2L, 8L, 7L), Arrays.stream(got.sizes()).boxed().toList());
        assertTrue(expected.narrow(1, 0, 5).equal(got.narrow(1, 0, 5)));
        assertNotEquals(
                expected.narrow(1, 5, 3).sum().item(), got.narrow(1, 5, 3).sum().item());
    }
}
