package dev.lanewise.examples;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.data.DataLoader;
import dev.lanewise.data.TensorDataset;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Module;
import dev.lanewise.optim.Adam;
import java.util.Locale;

/** A program as one writes it in PyTorch: a module of one's own, a training loop and a test loop, on three spirals. */
public final class Spirals {
    private static final int ARMS = 3;

    private Spirals() {}

    /** The model: two hidden layers. */
    static final class Net extends Module {
        private final Linear hidden1 = register("hidden1", new Linear(2, 64));
        private final Linear hidden2 = register("hidden2", new Linear(64, 64));
        private final Linear output = register("output", new Linear(64, ARMS));

        @Override
        public Tensor forward(Tensor x) {
            Tensor h = hidden2.forward(hidden1.forward(x).relu()).relu();
            return output.forward(h);
        }
    }

    /** Points on the arms with some noise, FLOAT32 [n, 2], and which arm each is on, INT64 [n]. */
    static TensorDataset points(long perArm) {
        Tensor arm = Tensor.arange(ARMS).unsqueeze(1).expand(ARMS, perArm).flatten();
        Tensor radius = Tensor.rand(ARMS * perArm);
        Tensor noise = Tensor.randn(ARMS * perArm).mul(0.1);
        double[] r = radius.toDoubleArray();
        double[] angle =
                radius.mul(5).add(arm.mul(2 * Math.PI / ARMS)).add(noise).toDoubleArray();
        float[][] xy = new float[r.length][];
        for (int i = 0; i < r.length; i++) {
            xy[i] = new float[] {(float) (r[i] * Math.cos(angle[i])), (float) (r[i] * Math.sin(angle[i]))};
        }
        return new TensorDataset(Tensor.fromArray(xy), arm);
    }

    static double train(Net model, DataLoader loader, CrossEntropyLoss criterion, Adam optimizer) {
        model.train();
        double total = 0;
        for (Tensor[] batch : loader) {
            Tensor loss = criterion.forward(model.forward(batch[0]), batch[1]);
            optimizer.zeroGrad();
            loss.backward();
            optimizer.step();
            total += loss.item();
        }
        return total / loader.size();
    }

    static double test(Net model, TensorDataset data) {
        model.eval();
        try (var mode = GradMode.off()) {
            Tensor[] all = data.tensors();
            return model.forward(all[0])
                    .argmax(1)
                    .eq(all[1])
                    .to(DType.FLOAT32)
                    .mean()
                    .item();
        }
    }

    /** Trains for 20 epochs and prints loss and test accuracy. */
    public static void main(String[] args) {
        Lanewise.manualSeed(0);
        var loader = new DataLoader(points(500), DataLoader.batchSize(32).shuffle(true));
        var test = points(200);
        var model = new Net();
        var optimizer = new Adam(model.parameters(), 5e-3);
        System.out.println(model);
        for (int epoch = 1; epoch <= 20; epoch++) {
            double loss = train(model, loader, new CrossEntropyLoss(), optimizer);
            System.out.printf(
                    Locale.ROOT, "epoch %2d  loss %.4f  test accuracy %.3f%n", epoch, loss, test(model, test));
        }
    }
}
