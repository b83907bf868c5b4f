package dev.lanewise.examples;

import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Utils;
import dev.lanewise.optim.AdamW;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A small GPT that learns to write like Shakespeare's sonnets, letter by letter. */
public final class CharGpt {
    private static final int STEPS = 1500;
    private static final int CONTEXT = 64;
    private static final int BATCH = 16;
    private static final int SHOWN = 250;
    private static final int SAMPLE_LENGTH = 200;

    private final String text;
    private final String letters;
    private final Tensor windows;
    private final Gpt model;

    /** A model for a text, with so many numbers per place and so many blocks. */
    CharGpt(String text, long width, int layers) {
        this.text = text;
        letters = text.chars()
                .distinct()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        windows = encode(text).unfold(0, CONTEXT + 1, 1);
        model = new Gpt(new Gpt.Sizes(letters.length(), CONTEXT, width, 4, layers, 0.1));
    }

    /** The sonnets that come with this program. */
    static String sonnets() {
        try (InputStream in = CharGpt.class.getResourceAsStream("sonnets.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many different letters the text has. */
    int letters() {
        return letters.length();
    }

    private Tensor encode(String part) {
        return Tensor.of(part.chars().mapToLong(letters::indexOf).toArray());
    }

    private String decode(Tensor tokens) {
        StringBuilder out = new StringBuilder();
        for (long token : tokens.flatten().toLongArray()) {
            out.append(letters.charAt((int) token));
        }
        return out.toString();
    }

    /** A beginning, and as many letters as the model adds to it. */
    String sample(String beginning, int count) {
        return decode(model.generate(encode(beginning).unsqueeze(0), count, 0.8));
    }

    /** Trains the model, prints the loss and a sample every so many steps, and returns the mean loss of the last 50. */
    double train(int steps, int every, PrintStream out) {
        var optimizer =
                new AdamW(model.parameters(), AdamW.lr(3e-3).betas(0.9, 0.95).weightDecay(0.1));
        out.printf(Locale.ROOT, "%,d letters, %d different; %,d parameters%n", text.length(), letters(), size());
        double mean = 0;
        long begun = System.nanoTime();
        model.train();
        for (int step = 1; step <= steps; step++) {
            try (Scope scope = Scope.open("training step")) {
                Tensor batch = windows.indexSelect(0, Tensor.randint(windows.size(0), new long[] {BATCH}));
                Tensor scores = model.forward(batch.narrow(1, 0, CONTEXT));
                Tensor loss = Functional.crossEntropy(
                        scores.flatten(0, 1), batch.narrow(1, 1, CONTEXT).flatten());
                optimizer.zeroGrad();
                loss.backward();
                Utils.clipGradNorm_(model.parameters(), 1);
                optimizer.step();
                mean += (loss.item() - mean) / Math.min(step, 50);
            }
            if (step % every == 0) {
                double seconds = (System.nanoTime() - begun) / 1e9;
                out.printf(Locale.ROOT, "%nstep %d  loss %.3f  %.0f s%n", step, mean, seconds);
                out.println(sample("\n", SAMPLE_LENGTH).strip());
            }
        }
        return mean;
    }

    private long size() {
        return model.parameters().stream().mapToLong(Tensor::numel).sum();
    }

    /** Trains on the sonnets; arguments: how many steps, and the seed. */
    public static void main(String[] args) {
        Lanewise.manualSeed(args.length > 1 ? Long.parseLong(args[1]) : 0);
        new CharGpt(sonnets(), 96, 3).train(args.length > 0 ? Integer.parseInt(args[0]) : STEPS, SHOWN, System.out);
    }
}
