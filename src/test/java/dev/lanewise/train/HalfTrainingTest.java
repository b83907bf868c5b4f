package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.LayerNorm;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parameters and activations of 16 bits: models learn nearly as those of 32 bits do. */
class HalfTrainingTest {
    private static final int STEPS = 30;

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void halvesLearn(DType type) {
        double[] exact = losses(DType.FLOAT32);
        double[] rounded = losses(type);
        assertEquals(exact[0], rounded[0], 0.02 * exact[0], "the loss before training");
        assertTrue(exact[STEPS - 1] < exact[0] / 4, () -> "float32 ended at " + exact[STEPS - 1]);
        assertTrue(rounded[STEPS - 1] < exact[0] / 4, () -> type + " ended at " + rounded[STEPS - 1]);
    }

    private static double[] losses(DType type) {
        Lanewise.manualSeed(4);
        Module model = new Sequential(
                        new Conv2d(1, 4, 3),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new LayerNorm(36),
                        new Linear(36, 64),
                        new ReLU(),
                        new Linear(64, 3))
                .to(type);
        Tensor x = Tensor.randn(48, 1, 8, 8).to(type);
        Tensor y = Tensor.randint(0, 3, 48);
        Adam optimizer = new Adam(model.parameters(), Adam.lr(1e-2).eps(1e-4));
        double[] losses = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            Tensor loss = new CrossEntropyLoss().forward(model.forward(x), y);
            assertEquals(type, loss.dtype());
            losses[step] = loss.item();
            optimizer.zeroGrad();
            loss.backward();
            optimizer.step();
        }
        for (Parameter p : model.parameters()) {
            assertEquals(type, p.dtype());
            assertEquals(type, p.grad().dtype());
        }
        return losses;
    }
}
