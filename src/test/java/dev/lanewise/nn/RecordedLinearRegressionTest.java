package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Regression;
import dev.lanewise.data.RegressionOptions;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.optim.SGD;
import dev.lanewise.testing.Golden;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linear regression from data to fitted line, against the runs recorded from PyTorch and scikit-learn. */
class RecordedLinearRegressionTest {
    private static final int EPOCHS = 100;

    @ParameterizedTest
    @CsvSource({"linear_regression_seed0, 1e-5", "linear_regression_seed100, 1e-5", "linear_regression_seed0_f64, 1e-10"
    })
    void trainsAsRecorded(String run, double tolerance) {
        Map<String, Object> recorded = Golden.json("train/" + run + ".json");
        DType dtype = run.endsWith("f64") ? DType.FLOAT64 : DType.FLOAT32;
        Regression data =
                Datasets.makeRegression(RegressionOptions.of(100, 1).noise(10).bias(14.5), 0);
        var arrays = Golden.npz("train/" + run + ".npz");
        assertArrayEquals(arrays.get("x").toDoubles(), data.xValues());
        assertArrayEquals(arrays.get("y").toDoubles(), data.yValues());

        Lanewise.manualSeed(((Number) recorded.get("seed")).longValue());
        var samples = new TensorDataset(data.x(), data.y(), Tensor.arange(100));
        var loader = new DataLoader(samples, DataLoader.batchSize(16).shuffle(true));
        Linear model = new Linear(1, 1, Linear.dtype(dtype));
        assertEquals(Golden.number(recorded.get("w0")), model.weight().item());
        assertEquals(Golden.number(recorded.get("b0")), model.bias().item());

        train(recorded, loader, model, tolerance);
        close(recorded.get("final_w"), model.weight().item(), tolerance, "final weight");
        close(recorded.get("final_b"), model.bias().item(), tolerance, "final bias");
    }

    private static void train(Map<String, Object> recorded, DataLoader loader, Linear model, double tolerance) {
        var criterion = new MSELoss();
        var optimizer = new SGD(model.parameters(), 1e-2);
        Iterator<Object> stepLoss = Golden.list(recorded.get("step_loss")).iterator();
        List<Object> passes = Golden.list(recorded.get("batches"));
        double total = 0;
        int steps = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Iterator<Object> batches = Golden.list(passes.get(epoch)).iterator();
            for (Tensor[] batch : loader) {
                assertArrayEquals(Golden.longs(batches.next()), batch[2].toLongArray(), "batches of epoch " + epoch);
                Tensor prediction = model.forward(batch[0].to(model.weight().dtype()));
                Tensor target = batch[1].reshape(-1, 1).to(model.weight().dtype());
                Tensor loss = criterion.forward(prediction, target);
                close(stepLoss.next(), loss.item(), tolerance, "loss of step " + steps);
                total += loss.item();
                steps++;
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
            }
            assertEquals(false, batches.hasNext());
            at(recorded, "epoch_loss", epoch, total / steps, tolerance);
            at(recorded, "w_after_epoch", epoch, model.weight().item(), tolerance);
            at(recorded, "b_after_epoch", epoch, model.bias().item(), tolerance);
        }
        assertEquals(EPOCHS * loader.size(), steps);
    }

    private static void at(Map<String, Object> recorded, String what, int epoch, double actual, double tolerance) {
        close(Golden.list(recorded.get(what)).get(epoch), actual, tolerance, what + " " + epoch);
    }

    private static void close(Object expected, double actual, double tolerance, String what) {
        double value = Golden.number(expected);
        assertEquals(value, actual, tolerance * Math.abs(value), what);
    }
}
