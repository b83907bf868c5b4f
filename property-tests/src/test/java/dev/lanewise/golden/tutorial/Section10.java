package dev.lanewise.golden.tutorial;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Regression;
import dev.lanewise.data.RegressionOptions;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MSELoss;
import dev.lanewise.optim.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Linear regression; the training goes on with the data of the snippet before. */
final class Section10 {
    private static final int EPOCHS = 100;
    private static final double BIAS = 14.5;

    private Regression data;

    private Section10() {}

    static Map<String, Consumer<Steps>> snippets() {
        Section10 section = new Section10();
        return Map.of("10a", section::regression, "10b", section::training);
    }

    private void regression(Steps s) {
        data = Datasets.makeRegression(RegressionOptions.of(100, 1).noise(10).bias(BIAS), 0);
        Tensor x = s.assign("x", data.x());
        Tensor y = s.assign("y", data.y());
        s.print(x);
        s.print(y);
        double coef = data.coef().item();
        s.print(data.coef().dtype().shortName(), new long[0], coef);
    }

    private void training(Steps s) {
        var loader = new DataLoader(
                new TensorDataset(data.x(), data.y()), DataLoader.batchSize(16).shuffle(true));
        var model = new Linear(1, 1);
        var criterion = new MSELoss();
        s.print(model);
        s.print("w和b-->", model.parameters());
        s.print("w-->", model.weight());
        s.print("b-->", model.bias());
        var optimizer = new SGD(model.parameters(), 1e-2);
        s.print(optimizer.toString());
        List<Object> epochLoss = new ArrayList<>();
        double total = 0;
        double samples = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (Tensor[] batch : loader) {
                Tensor prediction = model.forward(batch[0].to(DType.FLOAT32));
                Tensor loss =
                        criterion.forward(prediction, batch[1].reshape(-1, 1).to(DType.FLOAT32));
                total += loss.item();
                samples++;
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
            }
            epochLoss.add(total / samples);
        }
        s.print(model.weight());
        s.print(model.bias());
        s.printAbout(1e-6, epochLoss);
        lines(s, model);
    }

    private void lines(Steps s, Linear model) {
        Tensor x = data.x();
        Tensor lx = s.assign("lx", Tensor.linspace(x.min().item(), x.max().item(), 1000));
        Tensor y1 = s.assign(
                "y1",
                GradMode.noGrad(() -> lx.mul(model.weight()).add(model.bias()).reshape(1000)));
        // Python took the numbers out of the tensor one by one, and so computed in double precision.
        Tensor y2 = s.assign("y2", lx.to(DType.FLOAT64).mul(data.coef().item()).add(BIAS));
        s.print(lx.dtype(), y1.dtype(), y2.dtype(), y2.shape());
        s.print(lx);
        s.print(y1);
        s.print(y2);
    }
}
