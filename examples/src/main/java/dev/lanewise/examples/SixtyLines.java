package dev.lanewise.examples;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Regression;
import dev.lanewise.data.RegressionOptions;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MSELoss;
import dev.lanewise.optim.SGD;
import java.util.Locale;

/** A PyTorch program of sixty lines in Java; docs/port.md has both side by side. */
public final class SixtyLines {
    private SixtyLines() {}

    private static void train(Linear model, DataLoader loader, int epochs) {
        var criterion = new MSELoss();
        var optimizer = new SGD(model.parameters(), 1e-2);
        double total = 0;
        int steps = 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            for (Tensor[] batch : loader) {
                Tensor prediction = model.forward(batch[0].to(DType.FLOAT32));
                Tensor loss =
                        criterion.forward(prediction, batch[1].reshape(-1, 1).to(DType.FLOAT32));
                total += loss.item();
                steps++;
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
            }
            if (epoch % 20 == 0) {
                System.out.println(
                        String.format(Locale.ROOT, "epoch %3d  mean loss so far %.2f", epoch, total / steps));
            }
        }
    }

    private static Tensor errors(Linear model, Tensor x, Tensor y) {
        model.eval();
        return GradMode.noGrad(
                () -> model.forward(x.to(DType.FLOAT32)).squeeze(1).sub(y.to(DType.FLOAT32)));
    }

    /** Fits a line to a hundred points and prints the losses, the line, and how far the points lie from it. */
    public static void main(String[] args) {
        Regression data =
                Datasets.makeRegression(RegressionOptions.of(100, 1).noise(10).bias(14.5), 0);
        Lanewise.manualSeed(0);
        var dataset = new TensorDataset(data.x(), data.y());
        var loader = new DataLoader(dataset, DataLoader.batchSize(16).shuffle(true));
        var model = new Linear(1, 1);
        System.out.println(model);
        train(model, loader, 100);
        System.out.println(model.weight());
        System.out.println(model.bias());
        Tensor errors = errors(model, data.x(), data.y());
        System.out.println(String.format(
                Locale.ROOT,
                "mean squared error %.2f, largest error %.2f",
                errors.pow(2).mean().item(),
                errors.abs().max().item()));
    }
}
