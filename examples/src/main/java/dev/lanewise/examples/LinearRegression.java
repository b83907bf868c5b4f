package dev.lanewise.examples;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.data.Csv;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Regression;
import dev.lanewise.data.RegressionOptions;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MSELoss;
import dev.lanewise.optim.SGD;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fits a line to 100 noisy points, step by step as the same program in PyTorch and scikit-learn, and compares.
 *
 * <p>All random numbers follow from the seeds, so data, order of the batches, initial parameters and losses are those of
 * PyTorch; the losses and parameters after each epoch that it had are in {@code linear_regression_recorded.csv}.
 */
final class LinearRegression {
    private static final int EPOCHS = 100;
    private static final double BIAS = 14.5;
    private static final double NOISE = 10;
    private static final double TOLERANCE = 1e-5;
    private static final String RECORDED = "linear_regression_recorded.csv";

    /**
     * What came out.
     *
     * @param losses mean loss of all steps so far, after each epoch
     * @param deviation largest relative difference from the recorded losses and parameters
     */
    record Result(List<Double> losses, double weight, double bias, double deviation) {}

    private LinearRegression() {}

    static Result run(PrintStream out, Pictures pictures) {
        Regression data = Datasets.makeRegression(
                RegressionOptions.of(100, 1).noise(NOISE).bias(BIAS), 0);
        Lanewise.manualSeed(0);
        var dataset = new TensorDataset(data.x(), data.y());
        var loader = new DataLoader(dataset, DataLoader.batchSize(16).shuffle(true));
        var model = new Linear(1, 1);
        var criterion = new MSELoss();
        var optimizer = new SGD(model.parameters(), 1e-2);
        out.println(model);

        Csv recorded = recorded();
        List<Double> losses = new ArrayList<>();
        double deviation = 0;
        double totalLoss = 0;
        int steps = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (Tensor[] batch : loader) {
                Tensor prediction = model.forward(batch[0].to(DType.FLOAT32));
                Tensor target = batch[1].reshape(-1, 1).to(DType.FLOAT32);
                Tensor loss = criterion.forward(prediction, target);
                totalLoss += loss.item();
                steps++;
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
            }
            losses.add(totalLoss / steps);
            double[] now = {
                totalLoss / steps, model.weight().item(), model.bias().item()
            };
            for (int i = 0; i < now.length; i++) {
                deviation = Math.max(deviation, Math.abs(now[i] / recorded.get(epoch, i) - 1));
            }
            if ((epoch + 1) % 10 == 0) {
                out.printf(Locale.ROOT, "epoch %3d/%d  mean loss so far %9.4f%n", epoch + 1, EPOCHS, now[0]);
            }
        }
        Result result = new Result(losses, model.weight().item(), model.bias().item(), deviation);
        report(out, result, data.coef().item());
        pictures.draw(() -> draw(pictures, data, result));
        return result;
    }

    private static void report(PrintStream out, Result result, double coefficient) {
        out.printf(
                Locale.ROOT,
                "fitted line: y = %.4f x + %.4f  (the data were made with y = %.4f x + %.4f + noise)%n",
                result.weight(),
                result.bias(),
                coefficient,
                BIAS);
        out.printf(
                Locale.ROOT,
                "losses and parameters after each epoch %s those recorded from PyTorch: largest relative"
                        + " difference %.1e, %.0e allowed%n",
                result.deviation() <= TOLERANCE ? "equal" : "DIFFER FROM",
                result.deviation(),
                TOLERANCE);
    }

    private static void draw(Pictures pictures, Regression data, Result result) throws IOException {
        pictures.save("linear-regression-loss", Charts.loss(result.losses(), NOISE));
        pictures.save(
                "linear-regression-fit",
                Charts.fit(
                        data.xValues(),
                        data.yValues(),
                        result.weight(),
                        result.bias(),
                        data.coef().item(),
                        BIAS));
    }

    private static Csv recorded() {
        try (InputStream in = LinearRegression.class.getResourceAsStream(RECORDED)) {
            return Csv.read(in, RECORDED, Csv.header());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
