package dev.lanewise.examples;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Labelled;
import dev.lanewise.data.MoonsOptions;
import dev.lanewise.nn.BCEWithLogitsLoss;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tanh;
import dev.lanewise.optim.Adam;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;

/** Tells two interleaved half circles apart, and draws where the model sees the boundary between them. */
public final class TwoMoons {
    private static final int STEPS = 800;
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;
    private static final int TOP = 60;
    private static final double LEFT = -1.6;
    private static final double BOTTOM = -1.1;
    private static final double UNIT = 210; // pixels

    private TwoMoons() {}

    static Module model() {
        return new Sequential(new Linear(2, 32), new Tanh(), new Linear(32, 32), new Tanh(), new Linear(32, 1));
    }

    /** Trains on all points at once and returns the share that is told right. */
    static double train(Module model, Tensor x, Tensor y) {
        var criterion = new BCEWithLogitsLoss();
        var optimizer = new Adam(model.parameters(), 0.01);
        for (int step = 1; step <= STEPS; step++) {
            try (Scope scope = Scope.open("training step")) {
                Tensor loss = criterion.forward(model.forward(x), y);
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
                if (step % 100 == 0) {
                    System.out.printf(Locale.ROOT, "step %3d  loss %.4f%n", step, loss.item());
                }
            }
        }
        try (var mode = GradMode.off()) {
            return model.forward(x).gt(0).eq(y).to(DType.FLOAT32).mean().item();
        }
    }

    /** The probability of the second moon at every pixel as colour, from blue to red; white is the boundary. */
    static BufferedImage draw(Module model, Labelled moons, double accuracy) {
        Canvas canvas = new Canvas(WIDTH, TOP + HEIGHT);
        float[] at = new float[2 * WIDTH * HEIGHT];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            at[2 * i] = (float) (LEFT + i % WIDTH / UNIT);
            at[2 * i + 1] = (float) (BOTTOM + (HEIGHT - 1 - i / WIDTH) / UNIT);
        }
        float[] p;
        try (var mode = GradMode.off();
                Scope scope = Scope.open("picture")) {
            p = model.forward(Tensor.fromArray(at).view(-1, 2))
                    .sigmoid()
                    .flatten()
                    .toFloatArray();
        }
        for (int i = 0; i < p.length; i++) {
            canvas.fill(colour(p[i]), i % WIDTH, TOP + i / WIDTH, 1, 1);
        }
        double[] points = moons.xValues();
        long[] labels = moons.yValues();
        for (int i = 0; i < labels.length; i++) {
            int x = (int) Math.round((points[2 * i] - LEFT) * UNIT);
            int y = TOP + HEIGHT - 1 - (int) Math.round((points[2 * i + 1] - BOTTOM) * UNIT);
            canvas.fill(Color.WHITE, x - 4, y - 4, 9, 9);
            canvas.fill(labels[i] == 0 ? new Color(0x1f4e9c) : new Color(0xa32a1c), x - 3, y - 3, 7, 7);
        }
        String title = String.format(Locale.ROOT, "Two moons: %.1f %% told right", 100 * accuracy);
        canvas.text(title, WIDTH / 2, TOP / 2, 22, true, Color.BLACK);
        return canvas.image();
    }

    private static Color colour(float p) {
        float away = Math.abs(2 * p - 1);
        float faint = 1 - 0.65f * away;
        return p < 0.5f ? new Color(faint, faint, 1 - 0.1f * away) : new Color(1 - 0.1f * away, faint, faint);
    }

    /** Trains, and saves the picture in a directory: {@code target/pictures}, or the one that is named. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        Lanewise.manualSeed(0);
        Labelled moons = Datasets.makeMoons(MoonsOptions.of(400).noise(0.15), 0);
        Tensor x = moons.x().to(DType.FLOAT32);
        Tensor y = moons.y().to(DType.FLOAT32).unsqueeze(1);
        var model = model();
        double accuracy = train(model, x, y);
        System.out.printf(Locale.ROOT, "told right: %.1f %%%n", 100 * accuracy);
        var pictures = new Pictures(Path.of(args.length == 0 ? "target/pictures" : args[0]), System.out);
        pictures.draw(() -> pictures.save("two-moons", draw(model, moons, accuracy)));
    }
}
